using System.Collections.Immutable;
using Orleans.Concurrency;

namespace SnpLive.Grains.Notifications;

/// <summary>The notices of one agenda; key: the agenda's id. Calls go one way, notices → agenda and people: an agenda never waits for it.</summary>
[Alias("snp.INoticeGrain")]
public interface INoticeGrain : IGrainWithStringKey
{
    /// <summary>A wake-up of the sweeper (<see cref="NoticeStreams"/>).</summary>
    [Alias("Wake")] Task Wake(string cause);

    /// <summary>Notices of slots that ended after <paramref name="endsAfter"/> (UTC), newest first.</summary>
    [Alias("List"), ReadOnly] Task<ImmutableArray<NoticeEntry>> List(DateTimeOffset endsAfter);

    /// <summary>The notices of a booking, oldest first.</summary>
    [Alias("OfBooking"), ReadOnly] Task<ImmutableArray<NoticeEntry>> OfBooking(string bookingId);

    /// <summary>Unseen notices that the telesecretariat has to look after now.</summary>
    [Alias("Unseen"), ReadOnly] Task<ImmutableArray<NoticeEntry>> Unseen();

    /// <summary>Marks as seen.</summary>
    [Alias("See")] Task<NoticeAnswer> See(SeeNotices command);

    /// <summary>How an attempt ended, from whoever made it.</summary>
    [Alias("Resolve")] Task Resolve(DeliveryReport report);

    /// <summary>A person's settings changed.</summary>
    [Alias("Subscribe")] Task Subscribe(string personId, bool wants);

    /// <summary>Queues the weekly message for the week that begins on <paramref name="monday"/>, once.</summary>
    [Alias("Weekly")] Task Weekly(DateOnly monday);

    /// <summary>Tells some people, by their own channels, that the patient of a booking was read by break-glass; once per request.</summary>
    [Alias("GlassBroken")] Task<NoticeAnswer> GlassBroken(string requestId, string bookingId, ImmutableArray<string> people);

    /// <summary>Records an answer to the weekly message, once per week and answer.</summary>
    [Alias("Answered")] Task<NoticeAnswer> Answered(Guid requestId, string personId, DateOnly monday, WeeklyAnswer answer);
}

/// <summary>An attempt to make.</summary>
/// <param name="Notice">What to tell.</param>
/// <param name="Delivery">Which delivery; its attempt is the one to make.</param>
public sealed record DeliveryJob(Notice Notice, Delivery Delivery);

/// <summary>Takes attempts off the grain's hands at once. What it does not take, or loses, begins again when the attempt's lease ends.</summary>
public interface INoticeOutbox
{
    /// <summary>Takes it; false when there is no room.</summary>
    bool Offer(DeliveryJob job);
}

/// <summary>No channels: screens only.</summary>
public sealed class NoOutbox : INoticeOutbox
{
    /// <inheritdoc/>
    public bool Offer(DeliveryJob job) => false;
}
