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
public static partial class CareRequestDecider
{
    /// <summary>A need that found no slot. Who may tell one: whoever could have looked for a slot in that territory.</summary>
    public static CareRequestDecision RecordUnserved(CareRequestState state, string careRequestId, RecordUnserved command, DateTimeOffset now)
    {
        now = Later(CivilTime.Milliseconds(now), state.LastAt);
        // The territory's settings are filled in by the server and may have changed before an honest repeat.
        var fingerprint = FingerprintOf(command, command.Actor, "notAfter", "timeZone", "windowHours");
        CareRequestDecision Decision(CareRequestAnswer answer, params ImmutableArray<CareRequestEvent> events) =>
            new(events, answer, now, command.Actor.Id, command.RequestId, fingerprint, command.Actor.Role);
        CareRequestDecision Refuse(Refusal code) => Decision(new CareRequestRefused(code));

        if (Known(state, command.Actor, command.RequestId, fingerprint) is { } known) return Decision(known);
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

    /// <summary>
    /// The emergency exit was taken. Whoever may know of the territory may tell it, coordinators too, and however late: the screen that showed it may have had no network.
    /// </summary>
    public static CareRequestDecision RaiseEmergency(CareRequestState state, string emergencyId, RaiseEmergency command, DateTimeOffset now)
    {
        now = Later(CivilTime.Milliseconds(now), state.LastAt);
        var fingerprint = FingerprintOf(command, command.Actor, "notAfter", "timeZone", "raisedAt");
        CareRequestDecision Decision(CareRequestAnswer answer, params ImmutableArray<CareRequestEvent> events) =>
            new(events, answer, now, command.Actor.Id, command.RequestId, fingerprint, command.Actor.Role);

        if (Known(state, command.Actor, command.RequestId, fingerprint) is { } known) return Decision(known);
        if (command.NotAfter < now) return Decision(new CareRequestRefused(Refusal.CommandExpired));
        if (!IsOf(command.Actor, command.TerritoryId)) return Decision(new CareRequestRefused(Refusal.NotAllowed));

        var raisedAt = CivilTime.Milliseconds(command.RaisedAt);
        var emergency = new Emergency(
            emergencyId, command.TerritoryId, command.Actor.Id, command.Actor.Role, command.Actor.OrganizationId, Requests.RaiseEmergency.ExitOf(command.Actor.Role),
            raisedAt > now ? now : raisedAt, now); // a clock that runs ahead is no reason to lose the record
        return Decision(new EmergencyRecorded(emergency), new EmergencyRaised(emergency, command.TimeZone));
    }

    /// <summary>A booking serves the need, or was cancelled: told by wake-ups, perhaps several times and in any order. A need that was never recorded has nothing to learn.</summary>
    /// <param name="state">What is known.</param>
    /// <param name="bookingId">The booking.</param>
    /// <param name="booking">As it stands now; null: its agenda has forgotten it.</param>
    /// <param name="now">UTC.</param>
    public static CareRequestDecision Follow(CareRequestState state, string bookingId, Booking? booking, DateTimeOffset now)
    {
        now = Later(CivilTime.Milliseconds(now), state.LastAt);
        var lost = booking is { Status: AppointmentStatus.Cancelled };
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lost ? Wakes.Lost(bookingId) : Wakes.Served(bookingId))));
        // Made of the booking, so that two processes that serve the same wake-up write one row.
        var requestId = new Guid(Convert.FromHexString(fingerprint).AsSpan(0, 16));
        CareRequestDecision Decision(CareRequestAnswer? answer, params ImmutableArray<CareRequestEvent> events) =>
            new(events, answer, now, Actor.System.Id, requestId, fingerprint, Role.System);

        if (state.Request is not { } request) return Decision(null);
        if ((request.BookingId == bookingId) != lost) return Decision(new CareRequestRecorded(request));
        if (booking is not { Status: AppointmentStatus.Cancelled, CancelReason: var reason })
        {
            var served = new NeedServed(bookingId);
            return Decision(new CareRequestRecorded(CareRequestFold.After(request, served, now)), served);
        }
        var gone = new BookingLost(bookingId, reason ?? CancelReason.Other);
        return Decision(new CareRequestRecorded(CareRequestFold.After(request, gone, now)), gone);
    }

    private static bool MayTell(Actor actor, string territoryId) =>
        Rights.DoorsOf(actor.Role) != Audience.None && IsOf(actor, territoryId);

    private static bool IsOf(Actor actor, string territoryId) =>
        actor.Memberships.Contains(territoryId) || (ReasonRules.IsRegulation(actor.Role) && actor.SasId is not null);

    // What the stream's first command answers to a repeat of it, or to another command; null when it is the first.
    private static CareRequestAnswer? Known(CareRequestState state, Actor actor, Guid requestId, string fingerprint)
    {
        if (state.RecordedBy is not { } first) return null;
        var repeated = first.ActorId == actor.Id && first.RequestId == requestId && first.Fingerprint == fingerprint;
        return repeated ? first.Answer : new CareRequestRefused(Refusal.RequestIdReused);
    }

    private static string FingerprintOf<T>(T command, Actor actor, params ReadOnlySpan<string> leftOut)
    {
        var json = JsonSerializer.SerializeToNode(command, SnpJson.Options)!.AsObject();
        foreach (var name in leftOut) json.Remove(name);
        json["actor"] = actor.Id;
        return Fingerprint.Digest(json);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
