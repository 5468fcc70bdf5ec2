using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Requests;

/// <summary>The life of a request: opened, taken, given back, served, unserved, called off. Its deadline ends it to the millisecond, wake-up or not.</summary>
public static partial class CareRequestDecider
{
    /// <summary>Decides a command.</summary>
    /// <param name="state">What is known.</param>
    /// <param name="careRequestId">Key.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="now">UTC.</param>
    /// <param name="booking">The booking that <see cref="ServeRequest.BookingId"/> names; null: none, or not found.</param>
    public static CareRequestDecision Decide(CareRequestState state, string careRequestId, CareRequestCommand command, DateTimeOffset now, Booking? booking = null)
    {
        now = Later(CivilTime.Milliseconds(now), state.LastAt);
        var fingerprint = FingerprintOf(command);
        CareRequestDecision Decision(CareRequestAnswer answer, params ImmutableArray<CareRequestEvent> events) =>
            new(events, answer, now, command.Actor.Id, command.RequestId, fingerprint, command.Actor.Role);

        if (Repeated(state, command, fingerprint) is { } first) return Decision(first);
        if (command.NotAfter < now) return Decision(new CareRequestRefused(Refusal.CommandExpired));
        if (command is OpenRequest open)
        {
            if (WhyNotOpened(open, now) is { } no) return Decision(new CareRequestRefused(no));
            var request = Opened(open, careRequestId, now);
            return Decision(new CareRequestChanged(request), new RequestOpened(request, open.Settings.TimeZone, OpeningsOf(open.Settings, request, now)));
        }
        if (state.Request is not { OpenedAt: not null } before || !RequestRights.MaySee(command.Actor, before))
            return Decision(new CareRequestRefused(Refusal.CareRequestUnknown)); // a stranger learns nothing more
        if (WhyNotChanged(before, command, now, booking) is { } refused) return Decision(refused);
        return EventOf(before, command) is { } e ? Decision(new CareRequestChanged(CareRequestFold.Next(before, e, now)), e) : Decision(new CareRequestChanged(before));
    }

    /// <summary>A wake-up that the request set for itself; served twice, or too late, it changes nothing more.</summary>
    /// <returns>Without events when there is nothing to do; null when it came before its time and must come again.</returns>
    public static CareRequestDecision? Woken(CareRequestState state, string careRequestId, string cause, DateTimeOffset now)
    {
        now = Later(CivilTime.Milliseconds(now), state.LastAt);
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{careRequestId}/{cause}")));
        CareRequestDecision Decision(CareRequestAnswer? answer, params ImmutableArray<CareRequestEvent> events) =>
            new(events, answer, now, Actor.System.Id, new Guid(Convert.FromHexString(fingerprint).AsSpan(0, 16)), fingerprint, Role.System);

        var opening = RequestWakes.OpeningOf(cause);
        if (opening is null && cause != RequestWakes.Deadline) throw new ArgumentException($"A care request is not woken for '{cause}'.", nameof(cause));
        if (state.Request is not { Status: CareRequestStatus.Open } request) return Decision(null);
        if (now < (opening ?? request.Deadline)) return null;
        CareRequestEvent? e = !request.IsOpen(now) ? (opening is null ? new RequestUnserved(UnservedReason.DeadlinePassed) : null)
            : request.ReturnedAt >= opening ? null
            : new RequestReturned(opening!.Value);
        return e is null ? Decision(null) : Decision(new CareRequestChanged(CareRequestFold.Next(request, e, now)), e);
    }

    private static Refusal? WhyNotOpened(OpenRequest command, DateTimeOffset now)
    {
        if (command.Surrogate is not { Length: > 0 }) throw new ArgumentException("The shell sets the surrogate before it asks for a decision.", nameof(command));
        if (!RequestRights.MayOpen(command.Actor, command.Settings.TerritoryId, command.Settings.SasId)) return Refusal.NotAllowed;
        if (ReasonRules.Check(command.CareStream, command.Reason, command.Actor.Role, command.VitalSignsExcluded) is { } reason) return reason;
        if (command.RegisteredGp is null && command.Eligibility != Eligibility.NoRegisteredGp) return Refusal.RegisteredGpNotStated;
        return Windows.IsOpen(CivilTime.Milliseconds(command.DecidedAt ?? now), command.Settings.WindowHours, now) ? null : Refusal.InvalidDecisionTime;
    }

    private static CareRequest Opened(OpenRequest command, string careRequestId, DateTimeOffset now)
    {
        var decidedAt = CivilTime.Milliseconds(command.DecidedAt ?? now);
        return new(
            careRequestId, command.Settings.TerritoryId, command.CareStream, command.Actor.Id, command.Actor.Role, command.Actor.OrganizationId, command.Eligibility,
            command.Reason, decidedAt, Windows.Deadline(decidedAt, command.Settings.WindowHours), CareRequestStatus.Open, UnservedReason.None, null,
            command.Eligibility == Eligibility.NoRegisteredGp ? null : command.RegisteredGp, command.Surrogate, now, command.OnBehalfOf);
    }

    private static ImmutableArray<DateTimeOffset> OpeningsOf(RequestSettings settings, CareRequest request, DateTimeOffset now) =>
        [.. Daytime.Openings(settings.Daytime, now, request.Deadline, settings.TimeZone)];

    private static CareRequestRefused? WhyNotChanged(CareRequest request, CareRequestCommand command, DateTimeOffset now, Booking? booking)
    {
        var actor = command.Actor;
        var others = request.Owner is { } owner && owner != actor.Id;
        CareRequestRefused InOtherHands() => new(Refusal.CareRequestTaken, request.OwnerOrganizationId);
        if (!request.IsOpen(now)) return new(Refusal.CareRequestEnded);
        switch (command)
        {
            case TakeRequest take:
                if (!RequestRights.MayTake(actor, request)) return new(Refusal.NotAllowed);
                return others && take.From != request.Owner ? InOtherHands() : null;
            case ReleaseRequest:
                return others ? InOtherHands() : null;
            case CancelRequest:
                return RequestRights.MayCancel(actor, request) ? null : others ? InOtherHands() : new(Refusal.NotAllowed);
            default:
                if (!RequestRights.MayEnd(actor, request)) return others ? InOtherHands() : new(Refusal.NotAllowed);
                return command switch
                {
                    EndUnserved { Reason: UnservedReason.DeadlinePassed } => new(Refusal.NotAllowed),
                    ServeRequest { By: ServedBy.Booking } when !Serves(booking, request) => new(Refusal.BookingUnknown),
                    _ => null,
                };
        }
    }

    /// <summary>A booking of the same patient that stands.</summary>
    private static bool Serves(Booking? booking, CareRequest request) =>
        booking is { Status: AppointmentStatus.Booked or AppointmentStatus.Fulfilled } && booking.Surrogate == request.Surrogate;

    /// <summary>Null: it is so already.</summary>
    private static CareRequestEvent? EventOf(CareRequest request, CareRequestCommand command) => command switch
    {
        TakeRequest => request.Owner == command.Actor.Id ? null : new RequestTaken(command.Actor.Id, command.Actor.OrganizationId),
        ReleaseRequest => request.Owner is null ? null : new RequestReleased(),
        ServeRequest { By: ServedBy.Booking, BookingId: { } booking } => new NeedServed(booking),
        ServeRequest serve => new RequestSettled(serve.By),
        EndUnserved end => new RequestUnserved(end.Reason),
        CancelRequest cancel => new RequestCancelled(cancel.Reason),
        _ => throw new ArgumentException($"Unknown command {command.GetType().Name}.", nameof(command)),
    };

    /// <summary>The first answer to a repeat; a refusal for an id that was another command's, or for a stream that is already in use; else null.</summary>
    private static CareRequestAnswer? Repeated(CareRequestState state, CareRequestCommand command, string fingerprint)
    {
        if (state.RecordedBy is not { } recorded) return null;
        foreach (var known in state.Accepted.Insert(0, recorded))
            if (known.ActorId == command.Actor.Id && known.RequestId == command.RequestId)
                return known.Fingerprint == fingerprint ? known.Answer : new CareRequestRefused(Refusal.RequestIdReused);
        return command is OpenRequest ? new CareRequestRefused(Refusal.RequestIdReused) : null;
    }

    /// <summary>The territory's settings may have changed before an honest repeat; sealing is randomised, the content's hash stands for the patient.</summary>
    private static string FingerprintOf(CareRequestCommand command)
    {
        var json = JsonSerializer.SerializeToNode(command, command.GetType(), SnpJson.Options)!.AsObject();
        foreach (var name in (ReadOnlySpan<string>)["notAfter", "settings", "surrogate"]) json.Remove(name);
        json["actor"] = command.Actor.Id;
        json["type"] = command.GetType().Name;
        if (command is OpenRequest open)
        {
            json["patient"] = open.Patient.ContentHash;
            json["territoryId"] = open.Settings.TerritoryId;
        }
        return Fingerprint.Digest(json);
    }
}
