using SnpLive.Grains.Notifications;
using SnpLive.Grains.People;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Notifications;

/// <summary>A notice as shown. No patient in it.</summary>
internal sealed record NoticeView(
    string Id, string Kind, string AgendaId, string TerritoryId, string Stream, DateTimeOffset Start, DateTimeOffset End, string Place, string? Phone,
    string? Practitioner, string? BookingId, DateTimeOffset At, DateTimeOffset? SeenAt, string? SeenBy, bool Escalated, IReadOnlyList<DeliveryView>? Deliveries);

/// <summary>A delivery as shown to its recipients' practice.</summary>
internal sealed record DeliveryView(string Channel, string To, string Status, int Attempts, string? Problem);

/// <summary>Somebody's notices.</summary>
internal sealed record NoticeListView(IReadOnlyList<NoticeView> Notices, int Unseen);

/// <summary>Whether the practice has seen what was booked, for who booked it.</summary>
internal sealed record BookingNoticeView(string BookingId, DateTimeOffset? SeenAt, bool Told);

/// <summary>Writes them.</summary>
internal static class NoticeViews
{
    internal static readonly CodeList<NoticeKind> Kinds = new([("booked", NoticeKind.Booked), ("cancelled", NoticeKind.Cancelled), ("toReplace", NoticeKind.ToReplace), ("weekly", NoticeKind.Weekly), ("glassBroken", NoticeKind.GlassBroken)]);
    internal static readonly CodeList<NewsKind> News = new([("queued", NewsKind.Queued), ("seen", NewsKind.Seen), ("unseen", NewsKind.Unseen)]);
    private static readonly CodeList<NoticeChannel> Channels = new([("email", NoticeChannel.Email), ("push", NoticeChannel.Push), ("sms", NoticeChannel.Sms)]);
    private static readonly CodeList<DeliveryStatus> Statuses = new([("pending", DeliveryStatus.Pending), ("sent", DeliveryStatus.Sent), ("failed", DeliveryStatus.Failed)]);

    /// <summary>An entry; deliveries only for the practice itself.</summary>
    internal static NoticeView Of(NoticeEntry entry, TerritorySetView territories, bool deliveries) => Of(entry.Notice, territories) with
    {
        SeenAt = entry.SeenAt,
        SeenBy = entry.SeenBy is { } by && by != Actor.System.Id ? territories.Professional(by)?.Name ?? by : null,
        Escalated = entry.Escalated,
        Deliveries = deliveries
            ? [.. entry.Deliveries.Select(d => new DeliveryView(
                Channels.Write(d.Route.Channel), territories.Professional(d.Route.PersonId)?.Name ?? d.Route.PersonId, Statuses.Write(d.Status), d.Attempt, d.Problem))]
            : null,
    };

    /// <summary>A notice by itself.</summary>
    internal static NoticeView Of(Notice notice, TerritorySetView territories)
    {
        var place = territories.Place(notice.PlaceId);
        return new(notice.NoticeId, Kinds.Write(notice.Kind), notice.AgendaId, notice.TerritoryId, notice.CareStream, notice.Start, notice.End,
            place?.Name ?? notice.PlaceId, place?.Phone, territories.Professional(notice.PractitionerId)?.Name, notice.BookingId, notice.At, null, null, false, null);
    }
}
