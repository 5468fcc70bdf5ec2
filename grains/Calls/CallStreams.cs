using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using SnpLive.Grains.Ledger;

namespace SnpLive.Grains.Calls;

/// <summary>Names of calls, their streams, their claims and what wakes them.</summary>
public static class CallStreams
{
    /// <summary>Prefix of the streams.</summary>
    public const string Prefix = "call/";

    /// <summary>Prefix of the keys of sealed files; nothing else in the vault begins so.</summary>
    public const string FilePrefix = "call-";

    /// <summary>To a call: time has passed. One per call, at the next instant at which something changes by itself.</summary>
    public const string Time = "time";

    /// <summary>The owner of the claim that bars bookings.</summary>
    public const string EmergencyOwner = "emergency";

    /// <summary>End of claims that end by an event only: far, and the same in every database.</summary>
    public static readonly DateTimeOffset Never = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const string Again = "again:", Booked = "booked:", File = "file:";

    /// <summary>The stream of a call.</summary>
    public static string Stream(string callId) => Prefix + callId;

    /// <summary>The key of a call that somebody tells: a repeated command reaches the same grain, and two people never the same one.</summary>
    public static string IdOf(string centreId, string actorId, Guid requestId) => Id(centreId, $"{actorId}/{requestId:D}");

    /// <summary>The key of a call that a switch tells.</summary>
    public static string IdOfPhone(string centreId, string phoneCall) => Id(centreId, "phone/" + phoneCall);

    /// <summary>The centre of a call; null when the id is none.</summary>
    public static string? CentreOf(string callId) => callId.LastIndexOf(".c-", StringComparison.Ordinal) is > 0 and var dot ? callId[..dot] : null;

    /// <summary>A short number to read aloud.</summary>
    public static string Label(string callId)
    {
        var hex = callId[(callId.LastIndexOf('-') + 1)..].ToUpperInvariant();
        return hex.Length < 8 ? hex : $"{hex[..4]}-{hex[4..8]}";
    }

    /// <summary>The holder of the claims that list a centre's calls of the day: one key per call.</summary>
    public static string Listing(string centreId) => "centre:" + centreId;

    /// <summary>The claim that a booking for a call must be able to take: an emergency exit holds it for ever.</summary>
    public static ClaimKey Booking(string callId, string owner) => new("call:" + callId, "booking", owner);

    /// <summary>Whether a claim that was refused is that of a call in emergency.</summary>
    public static bool IsBar(ClaimRow claim) => claim.Holder.StartsWith("call:", StringComparison.Ordinal);

    /// <summary>Whether a claim that was refused is that of a number with an open file.</summary>
    public static bool IsNumber(ClaimRow claim) => claim.Holder.StartsWith("number:", StringComparison.Ordinal);

    /// <summary>To the open file of a number: it rang again.</summary>
    public static string RangAgain(string by) => Again + by;

    /// <summary>To a call: a booking serves it; set in that booking's own commit.</summary>
    public static string ServedBy(string bookingId) => Booked + bookingId;

    /// <summary>To a call in emergency: a file was opened from it.</summary>
    public static string FileOpened(string callId) => File + callId;

    /// <summary>The command that a wake-up is. Its request id is made of the cause, so that two processes that serve the same wake-up write one row.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="cause">Why it is woken.</param>
    /// <param name="version">Its version: time passes more than once.</param>
    /// <param name="notAfter">UTC.</param>
    public static CallCommand CommandOf(string callId, string cause, long version, DateTimeOffset notAfter)
    {
        var requestId = GuidOf($"{callId}/{cause}/{(cause == Time ? version : 0)}");
        CallCommand command = cause switch
        {
            Time => new PassTime { RequestId = requestId, Actor = People.Actor.System, NotAfter = notAfter },
            _ when cause.StartsWith(Again, StringComparison.Ordinal) => new RingAgain(cause[Again.Length..]) { RequestId = requestId, Actor = People.Actor.System, NotAfter = notAfter },
            _ when cause.StartsWith(Booked, StringComparison.Ordinal) => new LinkBooking(cause[Booked.Length..]) { RequestId = requestId, Actor = People.Actor.System, NotAfter = notAfter },
            _ when cause.StartsWith(File, StringComparison.Ordinal) => new LinkFile(cause[File.Length..]) { RequestId = requestId, Actor = People.Actor.System, NotAfter = notAfter },
            _ => throw new ArgumentException($"A call is not woken for '{cause}'.", nameof(cause)),
        };
        return command;
    }

    /// <summary>A request id made of a text.</summary>
    public static Guid GuidOf(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private static string Id(string centreId, string text) =>
        $"{centreId}.c-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(centreId + "/" + text)))[..24]}";
}

/// <summary>What a call's state claims: exactly the rows that the ledger must hold for it.</summary>
public static class CallClaims
{
    /// <summary>All claims of a state, also ended ones.</summary>
    public static ImmutableArray<ClaimRow> Of(CallState state)
    {
        if (state.Call is not { } call) return [];
        var claims = ImmutableArray.CreateBuilder<ClaimRow>(3);
        if (call.Status != CallStatus.Joined && !call.Archived)
            claims.Add(new(CallStreams.Listing(call.Rules.CentreId), call.CallId, call.CallId, CallStreams.Never));
        if (state.NumberUntil is { } until) claims.Add(new("number:" + call.NumberHash, call.Rules.CentreId, call.CallId, until));
        if (call.Status == CallStatus.Emergency)
        {
            var bar = CallStreams.Booking(call.CallId, CallStreams.EmergencyOwner);
            claims.Add(new(bar.Holder, bar.Key, bar.Owner, CallStreams.Never));
        }
        return claims.ToImmutable();
    }
}
