using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Requests;

/// <summary>What a command to a care request comes to.</summary>
/// <param name="Events">To be made durable; empty: nothing to write.</param>
/// <param name="Answer">For the caller; null when the request is unknown to a wake-up.</param>
/// <param name="At">When it was decided, UTC, whole milliseconds.</param>
/// <param name="ActorId">Who asked.</param>
/// <param name="RequestId">The caller's id.</param>
/// <param name="Fingerprint">Digest of the command.</param>
/// <param name="Role">The door.</param>
public sealed record CareRequestDecision(
    ImmutableArray<CareRequestEvent> Events, CareRequestAnswer? Answer, DateTimeOffset At, string ActorId, Guid RequestId, string Fingerprint, Role Role);

/// <summary>Decides commands to a care request: a pure function of (state, command, now).</summary>
public static class CareRequestDecider
{
    /// <summary>A need that found no slot. Who may tell one: whoever could have looked for a slot in that territory.</summary>
    public static CareRequestDecision RecordUnserved(CareRequestState state, string careRequestId, RecordUnserved command, DateTimeOffset now)
    {
        now = Later(CivilTime.Milliseconds(now), state.LastAt);
        var fingerprint = FingerprintOf(command);
        CareRequestDecision Decision(CareRequestAnswer answer, params ImmutableArray<CareRequestEvent> events) =>
            new(events, answer, now, command.Actor.Id, command.RequestId, fingerprint, command.Actor.Role);
        CareRequestDecision Refuse(Refusal code) => Decision(new CareRequestRefused(code));

        if (state.RecordedBy is { } first)
        {
            var repeated = first.ActorId == command.Actor.Id && first.RequestId == command.RequestId && first.Fingerprint == fingerprint;
            return repeated ? Decision(first.Answer) : Refuse(Refusal.RequestIdReused);
        }
        if (command.NotAfter < now) return Refuse(Refusal.CommandExpired);
        if (!MayTell(command.Actor, command.TerritoryId)) return Refuse(Refusal.NotAllowed);
        if (ReasonCodes.Find(command.Reason) is not { } reason) return Refuse(Refusal.ReasonNotAllowed);
        if (reason.VitalSign) return Refuse(Refusal.VitalSign); // such a file ends in the emergency exit, not among unserved needs
        var decidedAt = CivilTime.Milliseconds(command.DecidedAt ?? now);
        // A window that has ended is no obstacle: that is how a need stays unserved.
        if (decidedAt > now + Windows.DecisionSkew) return Refuse(Refusal.InvalidDecisionTime);

        var request = new CareRequest(
            careRequestId, command.TerritoryId, command.CareStream, command.Actor.Id, command.Actor.Role, command.Actor.OrganizationId,
            command.Eligibility, command.Reason, decidedAt, Windows.Deadline(decidedAt, command.WindowHours),
            CareRequestStatus.Unserved, command.Unserved, null);
        return Decision(new CareRequestRecorded(request), new NeedRecorded(request, command.TimeZone));
    }

    /// <summary>A booking serves the need: told by a wake-up, perhaps several times. A need that was never recorded has nothing to learn.</summary>
    public static CareRequestDecision Served(CareRequestState state, string bookingId, DateTimeOffset now)
    {
        now = Later(CivilTime.Milliseconds(now), state.LastAt);
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("served:" + bookingId)));
        // Made of the booking, so that two processes that serve the same wake-up write one row.
        var requestId = new Guid(Convert.FromHexString(fingerprint).AsSpan(0, 16));
        CareRequestDecision Decision(CareRequestAnswer? answer, params ImmutableArray<CareRequestEvent> events) =>
            new(events, answer, now, Actor.System.Id, requestId, fingerprint, Role.System);

        if (state.Request is not { } request) return Decision(null);
        if (request.BookingId == bookingId) return Decision(new CareRequestRecorded(request));
        var served = new NeedServed(bookingId);
        return Decision(new CareRequestRecorded(CareRequestFold.After(request, served)), served);
    }

    private static bool MayTell(Actor actor, string territoryId) =>
        Rights.DoorsOf(actor.Role) != Audience.None
        && (actor.Memberships.Contains(territoryId) || (ReasonRules.IsRegulation(actor.Role) && actor.SasId is not null));

    private static string FingerprintOf(RecordUnserved command)
    {
        var json = JsonSerializer.SerializeToNode(command, SnpJson.Options)!.AsObject();
        // The territory's settings are filled in by the server and may have changed before an honest repeat.
        foreach (var name in (ReadOnlySpan<string>)["notAfter", "timeZone", "windowHours"]) json.Remove(name);
        json["actor"] = command.Actor.Id;
        return Fingerprint.Digest(json);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
