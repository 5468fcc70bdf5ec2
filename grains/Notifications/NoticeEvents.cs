using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SnpLive.Grains.Notifications;

/// <summary>What happened to the notices of an agenda. Kept for ever; no patient, no address.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(NoticeQueued), "notice-queued")]
[JsonDerivedType(typeof(DeliveryBegun), "delivery-begun")]
[JsonDerivedType(typeof(DeliverySent), "delivery-sent")]
[JsonDerivedType(typeof(DeliveryFailed), "delivery-failed")]
[JsonDerivedType(typeof(NoticesSeen), "notices-seen")]
[JsonDerivedType(typeof(NoticeUnseen), "notice-unseen")]
[JsonDerivedType(typeof(SubscriberChanged), "subscriber-changed")]
[JsonDerivedType(typeof(WeeklyAnswered), "weekly-answered")]
public abstract record NoticeEvent;

/// <summary>A notice is to be told; its first attempts begin.</summary>
/// <param name="Notice">The notice.</param>
/// <param name="Routes">Where it goes besides the screen.</param>
/// <param name="LeaseUntil">When the second attempts begin unless the first are answered; UTC.</param>
/// <param name="UnseenAt">When it goes to the telesecretariat unless it was seen; UTC; null: never.</param>
public sealed record NoticeQueued(Notice Notice, ImmutableArray<NoticeRoute> Routes, DateTimeOffset LeaseUntil, DateTimeOffset? UnseenAt) : NoticeEvent;

/// <summary>A further attempt began.</summary>
public sealed record DeliveryBegun(string DeliveryId, int Attempt, DateTimeOffset LeaseUntil) : NoticeEvent;

/// <summary>The receiver took it.</summary>
public sealed record DeliverySent(string DeliveryId, int Attempt) : NoticeEvent;

/// <summary>An attempt failed.</summary>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Problem">A short code.</param>
/// <param name="RetryAt">When the next begins, UTC; null: given up.</param>
public sealed record DeliveryFailed(string DeliveryId, int Attempt, string Problem, DateTimeOffset? RetryAt) : NoticeEvent;

/// <summary>“Vu”.</summary>
public sealed record NoticesSeen(ImmutableArray<string> NoticeIds, string By) : NoticeEvent;

/// <summary>Unseen shortly before the start: the telesecretariat's.</summary>
public sealed record NoticeUnseen(string NoticeId) : NoticeEvent;

/// <summary>A person wants (or no longer wants) this agenda's notices through channels of their own.</summary>
public sealed record SubscriberChanged(string PersonId, bool Wants) : NoticeEvent;

/// <summary>The weekly message was answered.</summary>
/// <param name="Week">Its Monday.</param>
/// <param name="Answer">The answer.</param>
/// <param name="By">Who was sent the link.</param>
public sealed record WeeklyAnswered(DateOnly Week, WeeklyAnswer Answer, string By) : NoticeEvent;
