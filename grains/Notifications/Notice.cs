using System.Collections.Immutable;
using SnpLive.Grains.Agendas;

namespace SnpLive.Grains.Notifications;

/// <summary>What a practitioner is told.</summary>
public enum NoticeKind
{
    /// <summary>A slot was booked.</summary>
    Booked = 0,
    /// <summary>A booking was cancelled.</summary>
    Cancelled = 1,
    /// <summary>A booking must be placed elsewhere.</summary>
    ToReplace = 2,
    /// <summary>The weekly message with its signed links.</summary>
    Weekly = 3,
    /// <summary>Break-glass: a regulator read a patient whom no grant shows. For those who watch over the territory's data, through their channels only.</summary>
    GlassBroken = 4,
}

/// <summary>How a notice travels besides the screen.</summary>
public enum NoticeChannel
{
    /// <summary>E-mail.</summary>
    Email = 0,
    /// <summary>Web push (RFC 8030).</summary>
    Push = 1,
    /// <summary>SMS, through the operator's webhook.</summary>
    Sms = 2,
}

/// <summary>One thing to tell about one agenda. Nothing in it tells who the patient is, nor why they come.</summary>
/// <param name="NoticeId"><c>{agendaId}.n{n}</c>.</param>
/// <param name="Kind">What happened.</param>
/// <param name="AgendaId">The agenda.</param>
/// <param name="TerritoryId">Tenant.</param>
/// <param name="TimeZone">IANA zone of the territory, in which times are written.</param>
/// <param name="CareStream">Stream.</param>
/// <param name="PractitionerId">Whose agenda it is.</param>
/// <param name="PlaceId">Where.</param>
/// <param name="Start">Start of the slot, or of the week; UTC.</param>
/// <param name="End">End of the slot, or of the week; UTC.</param>
/// <param name="BookingId">The booking; null for the weekly message.</param>
/// <param name="BookedBy">The person who booked; null for the weekly message. They hear of “vu”.</param>
/// <param name="Sequence">Grows with each notice of one booking: <c>SEQUENCE</c> of RFC 5545.</param>
/// <param name="At">When it was queued, UTC.</param>
/// <param name="BookedByOrganization">The organisation that booked: told when the booking is to replace; null for the weekly message, and in old notices.</param>
[GenerateSerializer, Immutable, Alias("snp.Notice")]
public sealed record Notice(
    [property: Id(0)] string NoticeId,
    [property: Id(1)] NoticeKind Kind,
    [property: Id(2)] string AgendaId,
    [property: Id(3)] string TerritoryId,
    [property: Id(4)] string TimeZone,
    [property: Id(5)] string CareStream,
    [property: Id(6)] string PractitionerId,
    [property: Id(7)] string PlaceId,
    [property: Id(8)] DateTimeOffset Start,
    [property: Id(9)] DateTimeOffset End,
    [property: Id(10)] string? BookingId,
    [property: Id(11)] string? BookedBy,
    [property: Id(12)] int Sequence,
    [property: Id(13)] DateTimeOffset At,
    [property: Id(14)] string? BookedByOrganization = null);

/// <summary>Where a notice goes. Addresses stay in the person's settings: the log keeps none.</summary>
/// <param name="PersonId">To whom.</param>
/// <param name="Channel">How.</param>
/// <param name="Target">For web push the subscription's id; otherwise null.</param>
[GenerateSerializer, Immutable, Alias("snp.NoticeRoute")]
public sealed record NoticeRoute([property: Id(0)] string PersonId, [property: Id(1)] NoticeChannel Channel, [property: Id(2)] string? Target);

/// <summary>Where a delivery stands.</summary>
public enum DeliveryStatus
{
    /// <summary>Under way, or waiting for its next attempt.</summary>
    Pending = 0,
    /// <summary>The receiver took it.</summary>
    Sent = 1,
    /// <summary>Given up.</summary>
    Failed = 2,
}

/// <summary>One notice on its way to one person through one channel.</summary>
/// <param name="DeliveryId"><c>{noticeId}-{n}</c>: the message's id, the same in every attempt, so that a receiver can drop repeats.</param>
/// <param name="Route">Where to.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Attempt">Attempts begun.</param>
/// <param name="NextAt">While pending: when the next attempt begins unless this one is answered before; UTC.</param>
/// <param name="Problem">Code of the last failure; null when none.</param>
[GenerateSerializer, Immutable, Alias("snp.Delivery")]
public sealed record Delivery(
    [property: Id(0)] string DeliveryId, [property: Id(1)] NoticeRoute Route, [property: Id(2)] DeliveryStatus Status, [property: Id(3)] int Attempt,
    [property: Id(4)] DateTimeOffset NextAt, [property: Id(5)] string? Problem);

/// <summary>A notice with what became of it.</summary>
/// <param name="Notice">The notice.</param>
/// <param name="Deliveries">Its deliveries; empty when it is shown on screen only.</param>
/// <param name="SeenAt">“Vu”: when, UTC; null when not yet.</param>
/// <param name="SeenBy">Who marked it.</param>
/// <param name="Escalated">On the telesecretariat's list: unseen shortly before the start.</param>
[GenerateSerializer, Immutable, Alias("snp.NoticeEntry")]
public sealed record NoticeEntry(
    [property: Id(0)] Notice Notice, [property: Id(1)] ImmutableArray<Delivery> Deliveries, [property: Id(2)] DateTimeOffset? SeenAt,
    [property: Id(3)] string? SeenBy, [property: Id(4)] bool Escalated);

/// <summary>What somebody answered to the weekly message.</summary>
public enum WeeklyAnswer
{
    /// <summary>“Comme d'habitude”.</summary>
    AsUsual = 0,
    /// <summary>“Absent”.</summary>
    Absent = 1,
    /// <summary>“+1 créneau”.</summary>
    OneMore = 2,
}

/// <summary>How a delivery's attempt ended.</summary>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Sent">Whether the receiver took it.</param>
/// <param name="Problem">A short code when not.</param>
/// <param name="Final">When not: repeating it would not help.</param>
[GenerateSerializer, Immutable, Alias("snp.DeliveryReport")]
public sealed record DeliveryReport(
    [property: Id(0)] string DeliveryId, [property: Id(1)] int Attempt, [property: Id(2)] bool Sent, [property: Id(3)] string? Problem, [property: Id(4)] bool Final);

/// <summary>Marks notices as seen.</summary>
/// <param name="RequestId">The caller's id.</param>
/// <param name="PersonId">Who, proven; owns or manages the agenda.</param>
/// <param name="NoticeIds">Which; empty: all of the agenda.</param>
[GenerateSerializer, Immutable, Alias("snp.SeeNotices")]
public sealed record SeeNotices([property: Id(0)] Guid RequestId, [property: Id(1)] string PersonId, [property: Id(2)] ImmutableArray<string> NoticeIds);

/// <summary>The answer to a command about notices: null when accepted.</summary>
/// <param name="Code">Why it was refused.</param>
[GenerateSerializer, Immutable, Alias("snp.NoticeAnswer")]
public sealed record NoticeAnswer([property: Id(0)] Refusal? Code)
{
    /// <summary>Accepted.</summary>
    public static NoticeAnswer Done { get; } = new((Refusal?)null);
}
