using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using SnpLive.Grains.Notifications;
using SnpLive.Web.Notifications.Channels;

namespace SnpLive.Web.Notifications;

/// <summary>The appointment as a calendar file (RFC 5545, 5546): one UID per booking, a SEQUENCE that grows, times in UTC, no patient.</summary>
internal static class NoticeCalendar
{
    /// <summary>A calendar file and its method.</summary>
    internal sealed record File(string Text, string Method);

    /// <summary>The file; null for a notice without a booking.</summary>
    internal static File? Of(Notice notice, NoticeText text)
    {
        if (notice.BookingId is not { } booking) return null;
        var method = notice.Kind == NoticeKind.Cancelled ? "CANCEL" : "REQUEST";
        var calendar = new Calendar { Method = method, ProductId = "-//SnpLive//SnpLive//FR" };
        calendar.Events.Add(new CalendarEvent
        {
            Uid = $"{booking}@snplive",
            Sequence = notice.Sequence,
            Status = notice.Kind switch { NoticeKind.Cancelled => "CANCELLED", NoticeKind.ToReplace => "TENTATIVE", _ => "CONFIRMED" },
            DtStamp = new CalDateTime(notice.At.UtcDateTime, CalDateTime.UtcTzId),
            Start = new CalDateTime(notice.Start.UtcDateTime, CalDateTime.UtcTzId),
            End = new CalDateTime(notice.End.UtcDateTime, CalDateTime.UtcTzId),
            Summary = text.Title,
            Location = text.Place,
            Organizer = new Organizer("mailto:ne-pas-repondre@snplive.invalid"),
            Url = text.Link,
            Class = "PRIVATE",
        });
        return new(new CalendarSerializer().SerializeToString(calendar)!, method);
    }
}
