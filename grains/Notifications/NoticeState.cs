using System.Collections.Immutable;
using SnpLive.Grains.Agendas;

namespace SnpLive.Grains.Notifications;

/// <summary>The notices of one agenda: a fold of its events and nothing else. Its JSON is the snapshot.</summary>
/// <param name="Version">Commands folded.</param>
/// <param name="LastAt">Instant of the last one, UTC.</param>
/// <param name="Count">Notices ever queued.</param>
/// <param name="Entries">Notices, oldest first; old ones have left.</param>
/// <param name="Subscribers">People who want them through channels of their own.</param>
/// <param name="LastWeek">Monday of the last weekly message; null when none.</param>
public sealed record NoticeState(
    long Version, DateTimeOffset LastAt, int Count, ImmutableArray<NoticeEntry> Entries, ImmutableArray<string> Subscribers, DateOnly? LastWeek)
{
    /// <summary>Version of the snapshot's schema.</summary>
    public const int Schema = 1;
    /// <summary>How long after the end of its slot a notice is remembered, whatever the options say.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(14);
    /// <summary>Most notices remembered.</summary>
    public const int MostEntries = 500;

    /// <summary>Nothing was told yet.</summary>
    public static NoticeState Empty { get; } = new(0, DateTimeOffset.MinValue, 0, [], [], null);

    /// <summary>The notice, or null.</summary>
    public NoticeEntry? Find(string noticeId) => Entries.FirstOrDefault(e => e.Notice.NoticeId == noticeId);

    /// <summary>The entry of a delivery, or null.</summary>
    public (NoticeEntry Entry, Delivery Delivery)? FindDelivery(string deliveryId)
    {
        foreach (var entry in Entries)
            foreach (var delivery in entry.Deliveries)
                if (delivery.DeliveryId == deliveryId) return (entry, delivery);
        return null;
    }

    /// <summary>The state after one accepted command; throws <see cref="EventRejectedException"/> when an event contradicts the state.</summary>
    public NoticeState After(ImmutableArray<NoticeEvent> events, long version, DateTimeOffset at)
    {
        if (version != Version + 1) throw new EventRejectedException($"Version {version} does not follow {Version}.");
        if (at < LastAt) throw new EventRejectedException($"Version {version} happened before the one it follows.");
        var state = this;
        foreach (var e in events) state = state.After(e, at);
        return state.Forget(at) with { Version = version, LastAt = at };
    }

    private NoticeState After(NoticeEvent e, DateTimeOffset at) => e switch
    {
        NoticeQueued q when Find(q.Notice.NoticeId) is null => this with
        {
            Count = Count + 1,
            Entries = Entries.Add(new(q.Notice, [.. q.Routes.Select((r, i) => new Delivery($"{q.Notice.NoticeId}-{i + 1}", r, DeliveryStatus.Pending, 1, q.LeaseUntil, null))],
                null, null, false)),
            LastWeek = q.Notice.Kind == NoticeKind.Weekly ? NoticeDecider.WeekOf(q.Notice) : LastWeek,
        },
        DeliveryBegun b => With(b.DeliveryId, d => d with { Attempt = b.Attempt, NextAt = b.LeaseUntil }),
        DeliverySent s => With(s.DeliveryId, d => d with { Status = DeliveryStatus.Sent, Problem = null }),
        DeliveryFailed { RetryAt: { } retry } f => With(f.DeliveryId, d => d with { NextAt = retry, Problem = f.Problem }),
        DeliveryFailed f => With(f.DeliveryId, d => d with { Status = DeliveryStatus.Failed, Problem = f.Problem }),
        NoticesSeen s => this with
        {
            Entries = [.. Entries.Select(x => x.SeenAt is null && s.NoticeIds.Contains(x.Notice.NoticeId) ? x with { SeenAt = at, SeenBy = s.By } : x)],
        },
        NoticeUnseen u => this with { Entries = [.. Entries.Select(x => x.Notice.NoticeId == u.NoticeId ? x with { Escalated = true } : x)] },
        SubscriberChanged { Wants: true } c => this with { Subscribers = Subscribers.Contains(c.PersonId) ? Subscribers : Subscribers.Add(c.PersonId) },
        SubscriberChanged c => this with { Subscribers = Subscribers.Remove(c.PersonId) },
        WeeklyAnswered => this,
        _ => throw new EventRejectedException($"{e.GetType().Name} cannot follow version {Version}."),
    };

    private NoticeState With(string deliveryId, Func<Delivery, Delivery> change)
    {
        if (FindDelivery(deliveryId) is not { } found) throw new EventRejectedException($"Delivery {deliveryId} is not known.");
        var changed = found.Entry with { Deliveries = found.Entry.Deliveries.Replace(found.Delivery, change(found.Delivery)) };
        return this with { Entries = Entries.Replace(found.Entry, changed) };
    }

    // A function of the event's time alone, so that every replay forgets the same. What is still under way stays.
    private NoticeState Forget(DateTimeOffset at)
    {
        bool IsOld(NoticeEntry e) => e.Notice.End + Memory < at && !e.Deliveries.Any(d => d.Status == DeliveryStatus.Pending);
        if (Entries.Length == 0 || (!IsOld(Entries[0]) && Entries.Length <= MostEntries)) return this;
        var kept = Entries.Where(e => !IsOld(e)).ToList();
        for (var i = 0; kept.Count > MostEntries && i < kept.Count;)
            if (kept[i].Deliveries.Any(d => d.Status == DeliveryStatus.Pending)) i++;
            else kept.RemoveAt(i);
        return this with { Entries = [.. kept] };
    }
}
