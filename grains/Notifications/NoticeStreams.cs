using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Notifications;

/// <summary>Names of notice streams and of their wake-ups.</summary>
public static class NoticeStreams
{
    /// <summary>Prefix of the streams; one per agenda.</summary>
    public const string Prefix = "notify/";
    private const string SendCause = "send:";
    private const string UnseenCause = "unseen:";
    private const string SettledCause = "settled:";

    /// <summary>The stream of an agenda's notices.</summary>
    public static string Stream(string agendaId) => Prefix + agendaId;

    /// <summary>
    /// Wake-ups that an agenda's own commit sets: the outbox. What was acknowledged is told, whatever dies after the commit.
    /// </summary>
    public static IEnumerable<DueRow> DueFor(string agendaId, ImmutableArray<AgendaEvent> events, DateTimeOffset at)
    {
        foreach (var e in events)
            if (CauseOf(e) is { } cause) yield return new(Stream(agendaId), cause, at);
    }

    private static string? CauseOf(AgendaEvent e) => e switch
    {
        SlotBooked booked => Cause(NoticeKind.Booked, booked.Booking.BookingId),
        BookingCancelled cancelled => Cause(NoticeKind.Cancelled, cancelled.BookingId),
        BookingToReplace lost => Cause(NoticeKind.ToReplace, lost.BookingId),
        BookingReplaced found => Settled(found.BookingId),
        _ => null,
    };

    /// <summary>The wake-up that tells of a booking.</summary>
    public static string Cause(NoticeKind kind, string bookingId) => $"{Names.Kebab(kind)}:{bookingId}";

    /// <summary>What a wake-up tells; null when it is another.</summary>
    public static (NoticeKind Kind, string BookingId)? Told(string cause)
    {
        foreach (var kind in (ReadOnlySpan<NoticeKind>)[NoticeKind.Booked, NoticeKind.Cancelled, NoticeKind.ToReplace])
            if (cause.StartsWith(Names.Kebab(kind) + ":", StringComparison.Ordinal)) return (kind, cause[(cause.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        return null;
    }

    /// <summary>The wake-up that repeats a delivery.</summary>
    public static string Send(string deliveryId) => SendCause + deliveryId;

    /// <summary>The delivery of <see cref="Send"/>; null when it is another wake-up.</summary>
    public static string? SendOf(string cause) => cause.StartsWith(SendCause, StringComparison.Ordinal) ? cause[SendCause.Length..] : null;

    /// <summary>The wake-up at which an unseen notice goes to the telesecretariat.</summary>
    public static string Unseen(string noticeId) => UnseenCause + noticeId;

    /// <summary>The notice of <see cref="Unseen"/>; null when it is another wake-up.</summary>
    public static string? UnseenOf(string cause) => cause.StartsWith(UnseenCause, StringComparison.Ordinal) ? cause[UnseenCause.Length..] : null;

    /// <summary>The wake-up that says that a booking to replace was replaced.</summary>
    public static string Settled(string bookingId) => SettledCause + bookingId;

    /// <summary>The booking of <see cref="Settled"/>; null when it is another wake-up.</summary>
    public static string? SettledOf(string cause) => cause.StartsWith(SettledCause, StringComparison.Ordinal) ? cause[SettledCause.Length..] : null;

    /// <summary>A request id that is a function of what is asked: asked again, after any crash, it is the same.</summary>
    public static Guid RequestId(params ReadOnlySpan<string> parts)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)), digest);
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80); // version 8 of RFC 9562: made by the application
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new(digest[..16], bigEndian: true);
    }
}
