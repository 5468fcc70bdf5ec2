using System.Collections.Immutable;
using System.Globalization;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Notifications;

/// <summary>Decides about notices: pure functions of state, question and now. An empty answer means that there is nothing to do (any more).</summary>
public static class NoticeDecider
{
    /// <summary>Queues what happened to a booking, once; nothing when a later notice of the booking was queued before it.</summary>
    public static ImmutableArray<NoticeEvent> Queue(
        NoticeState state, NoticeKind kind, BookedSlot told, ImmutableArray<NoticeRoute> routes, DateTimeOffset now, NoticeOptions options)
    {
        var before = state.Entries.Where(e => e.Notice.BookingId == told.Booking.BookingId).ToArray();
        if (before.Any(e => e.Notice.Kind == kind) || (kind == NoticeKind.Booked && before.Length > 0)) return [];
        // Settled before anybody was told: nobody's task any more, and a later calendar file would bring the appointment back.
        if (kind == NoticeKind.ToReplace && told.Booking.Status is AppointmentStatus.Cancelled or AppointmentStatus.Replaced) return [];
        var definition = told.Definition;
        var notice = new Notice(
            NextId(state, definition.AgendaId), kind, definition.AgendaId, definition.TerritoryId, definition.Rules.TimeZone, told.Slot.CareStream,
            definition.PractitionerId, told.Slot.PlaceId, told.Slot.Start, told.Slot.End, told.Booking.BookingId, told.Booking.BookedBy,
            kind == NoticeKind.Booked ? 0 : 1 + before.Count(e => e.Notice.Kind != NoticeKind.Booked), now, told.Booking.OrganizationId);
        // A booking that was cancelled meanwhile needs nobody's attention before its start.
        var asks = kind is NoticeKind.Booked or NoticeKind.ToReplace && told.Booking.Status != AppointmentStatus.Cancelled;
        var queued = new NoticeQueued(notice, routes, now + options.AttemptLease, asks ? UnseenAt(notice, now, options) : null);
        return kind == NoticeKind.Cancelled ? [queued, .. Settle(state, told.Booking.BookingId)] : [queued];
    }

    /// <summary>
    /// Closes “à replacer”: the patient has another appointment, or knows that there is none. Said also when the practice has seen it already, since
    /// the task was the telesecretariat's or the requester's: their screens count it.
    /// </summary>
    public static ImmutableArray<NoticeEvent> Settle(NoticeState state, string bookingId)
    {
        ImmutableArray<string> open = [.. state.Entries
            .Where(e => e.Notice.Kind == NoticeKind.ToReplace && e.Notice.BookingId == bookingId).Select(e => e.Notice.NoticeId)];
        return open.IsEmpty ? [] : [new NoticesSeen(open, Actor.System.Id)];
    }

    /// <summary>Queues the weekly message for the week of <paramref name="monday"/>, once, and only when somebody is to get it.</summary>
    public static ImmutableArray<NoticeEvent> Weekly(
        NoticeState state, AgendaDefinition definition, DateOnly monday, ImmutableArray<NoticeRoute> routes, DateTimeOffset now, NoticeOptions options)
    {
        if (state.LastWeek >= monday || routes.IsEmpty) return [];
        var zone = definition.Rules.TimeZone;
        var notice = new Notice(
            NextId(state, definition.AgendaId), NoticeKind.Weekly, definition.AgendaId, definition.TerritoryId, zone, definition.CareStream,
            definition.PractitionerId, definition.PlaceId, CivilTime.InstantOf(monday, default, zone), CivilTime.InstantOf(monday.AddDays(7), default, zone),
            null, null, 0, now);
        return [new NoticeQueued(notice, routes, now + options.AttemptLease, null)];
    }

    /// <summary>Queues that a glass was broken; nothing when nobody has a channel. The booking is not named: the access log names it to those who may read it.</summary>
    public static ImmutableArray<NoticeEvent> GlassBroken(
        NoticeState state, BookedSlot told, ImmutableArray<NoticeRoute> routes, DateTimeOffset now, NoticeOptions options)
    {
        if (routes.IsEmpty) return [];
        var definition = told.Definition;
        var notice = new Notice(
            NextId(state, definition.AgendaId), NoticeKind.GlassBroken, definition.AgendaId, definition.TerritoryId, definition.Rules.TimeZone, told.Slot.CareStream,
            definition.PractitionerId, told.Slot.PlaceId, told.Slot.Start, told.Slot.End, null, null, 0, now);
        return [new NoticeQueued(notice, routes, now + options.AttemptLease, null)];
    }

    /// <summary>Whether screens show it: the rest is for channels only.</summary>
    public static bool IsOnScreens(Notice notice) => notice.Kind is not (NoticeKind.Weekly or NoticeKind.GlassBroken);

    /// <summary>The Monday of a weekly message, in its territory.</summary>
    public static DateOnly WeekOf(Notice notice) => CivilTime.Day(notice.Start, notice.TimeZone);

    /// <summary>Begins the next attempt of a delivery whose time has come; gives up when there were enough.</summary>
    public static ImmutableArray<NoticeEvent> Begin(NoticeState state, string deliveryId, DateTimeOffset now, NoticeOptions options)
    {
        if (state.FindDelivery(deliveryId) is not { Delivery: { Status: DeliveryStatus.Pending } delivery } || delivery.NextAt > now) return [];
        return delivery.Attempt >= options.MaxAttempts
            ? [new DeliveryFailed(deliveryId, delivery.Attempt, delivery.Problem ?? "no-answer", null)]
            : [new DeliveryBegun(deliveryId, delivery.Attempt + 1, now + options.AttemptLease)];
    }

    /// <summary>Takes note of how an attempt ended. A late “sent” of an earlier attempt counts; a late failure does not.</summary>
    public static ImmutableArray<NoticeEvent> Resolve(NoticeState state, DeliveryReport report, DateTimeOffset now, NoticeOptions options)
    {
        if (state.FindDelivery(report.DeliveryId) is not { Delivery: { Status: DeliveryStatus.Pending } delivery }) return [];
        if (report.Sent) return [new DeliverySent(report.DeliveryId, report.Attempt)];
        if (report.Attempt != delivery.Attempt) return [];
        var over = report.Final || delivery.Attempt >= options.MaxAttempts;
        return [new DeliveryFailed(report.DeliveryId, report.Attempt, report.Problem ?? "failed", over ? null : now + options.PauseAfter(delivery.Attempt))];
    }

    /// <summary>Marks as seen what is not yet.</summary>
    public static ImmutableArray<NoticeEvent> See(NoticeState state, SeeNotices command)
    {
        ImmutableArray<string> fresh = [.. state.Entries
            .Where(e => e.SeenAt is null && (command.NoticeIds.IsEmpty || command.NoticeIds.Contains(e.Notice.NoticeId)))
            .Select(e => e.Notice.NoticeId)];
        return fresh.IsEmpty ? [] : [new NoticesSeen(fresh, command.PersonId)];
    }

    /// <summary>Hands an unseen notice to the telesecretariat, unless the booking has ended meanwhile.</summary>
    public static ImmutableArray<NoticeEvent> Escalate(NoticeState state, string noticeId) =>
        state.Find(noticeId) is { SeenAt: null, Escalated: false } entry && !IsOver(state, entry.Notice) ? [new NoticeUnseen(noticeId)] : [];

    /// <summary>Notes that somebody wants, or no longer wants, notices through channels of their own.</summary>
    public static ImmutableArray<NoticeEvent> Subscribe(NoticeState state, string personId, bool wants) =>
        state.Subscribers.Contains(personId) == wants ? [] : [new SubscriberChanged(personId, wants)];

    /// <summary>What the telesecretariat has to look after now.</summary>
    public static ImmutableArray<NoticeEntry> Unseen(NoticeState state, DateTimeOffset now) =>
        [.. state.Entries.Where(e => e is { Escalated: true, SeenAt: null } && e.Notice.End > now && !IsOver(state, e.Notice))];

    /// <summary>Whether a later notice says that the booking was cancelled, or that the practice itself gave it up.</summary>
    public static bool IsOver(NoticeState state, Notice notice) =>
        state.Entries.Any(e => e.Notice.BookingId == notice.BookingId && Ends(e.Notice.Kind, notice.Kind));

    private static bool Ends(NoticeKind later, NoticeKind kind) => kind switch
    {
        NoticeKind.Booked => later is NoticeKind.Cancelled or NoticeKind.ToReplace,
        NoticeKind.ToReplace => later is NoticeKind.Cancelled,
        _ => false,
    };

    private static DateTimeOffset? UnseenAt(Notice notice, DateTimeOffset now, NoticeOptions options)
    {
        var (wanted, earliest) = (notice.Start - options.UnseenBefore, now + options.UnseenGrace);
        var at = wanted > earliest ? wanted : earliest;
        return at < notice.End ? at : null;
    }

    private static string NextId(NoticeState state, string agendaId) => string.Create(CultureInfo.InvariantCulture, $"{agendaId}.n{state.Count + 1}");
}
