using System.Text.Json;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Calls;

/// <summary>A decision ready for the ledger.</summary>
/// <param name="Commit">To append.</param>
/// <param name="After">The state once it is appended.</param>
public sealed record CallStepForward(Commit Commit, CallState After);

/// <summary>From a decision to one row of the ledger.</summary>
public static class CallCommit
{
    /// <summary>Builds the commit. Only for a decision with events: without, there is nothing to write.</summary>
    public static CallStepForward Build(CallState before, string callId, CallCommand command, CallOutcome outcome)
    {
        if (outcome.Events.IsEmpty) throw new ArgumentException("A decision without events is not written.", nameof(outcome));
        var fingerprint = CallFingerprint.Of(callId, command);
        var answer = Answer(before, callId, command, outcome);
        var after = CallFold.Apply(before, outcome.Events, before.Version + 1, outcome.At, new(command.Actor.Id, command.RequestId, fingerprint, answer));
        var call = after.Call!;
        var (held, wanted) = (CallClaims.Of(before), CallClaims.Of(after));
        var next = CallDecider.NextChange(after);
        return new(new Commit
        {
            Stream = CallStreams.Stream(callId),
            Version = after.Version,
            ActorId = command.Actor.Id,
            RequestId = command.RequestId,
            Fingerprint = fingerprint,
            Answer = JsonSerializer.Serialize<CallAnswer>(answer, SnpJson.Options),
            OccurredAt = outcome.At,
            LocalDate = CivilTime.Day(outcome.At, call.Rules.TimeZone),
            TerritoryId = call.Rules.CentreId,
            CareStream = "",
            Kind = KindOf(outcome.Events[^1]),
            Channel = Names.Kebab(command.Actor.Role),
            Schema = CallFold.Schema,
            Payload = JsonSerializer.Serialize(outcome.Events, SnpJson.Options),
            TakeClaims = [.. wanted.Except(held)],
            DropClaims = [.. held.Where(h => !wanted.Any(w => w.Holder == h.Holder && w.Key == h.Key)).Select(h => new ClaimKey(h.Holder, h.Key, h.Owner))],
            SetDue = [.. FollowUps(call, outcome), .. next is { } at ? [new DueRow(CallStreams.Stream(callId), CallStreams.Time, at)] : Array.Empty<DueRow>()],
            ClearDue = next is null ? [new(CallStreams.Stream(callId), CallStreams.Time)] : [],
            Person = PersonOf(before.Call, call, command, outcome),
        }, after);
    }

    /// <summary>What other streams must learn; a due row guarantees each.</summary>
    private static IEnumerable<DueRow> FollowUps(Call call, CallOutcome outcome)
    {
        var at = outcome.At;
        foreach (var e in outcome.Events)
            switch (e)
            {
                case CallJoined j:
                    yield return new(CallStreams.Stream(j.To), CallStreams.RangAgain(call.CallId), at);
                    break;
                case CallRang { LinkedTo: { } from }:
                    yield return new(CallStreams.Stream(from), CallStreams.FileOpened(call.CallId), at);
                    break;
                case CallEmergencyConfirmed:
                    foreach (var booking in call.Bookings) yield return Cancel(booking, at);
                    break;
                case CallBooked b when call.Emergency is { Confirmed: true }:
                    yield return Cancel(b.BookingId, at); // made before the exit, and told after it
                    break;
            }
    }

    private static DueRow Cancel(string bookingId, DateTimeOffset at) => new(AgendaIds.Stream(AgendaIds.AgendaOf(bookingId)!), Wakes.EndedInEmergency(bookingId), at);

    private static PersonWrite? PersonOf(Call? before, Call call, CallCommand command, CallOutcome outcome)
    {
        var sealedCall = command switch
        {
            RingCall c => c.Sealed,
            // Also a number that is told after the first event; but never over what an operator wrote.
            HearPhone c when before is null || (before is { NumberHash: null, Touched: false } && c.Begin.NumberHash is not null) => c.Begin.Sealed,
            WriteFile c => c.Sealed,
            NoteCall c => c.Sealed,
            _ => null,
        };
        if (sealedCall is null) return null;
        var note = outcome.Events.OfType<CallNoted>().FirstOrDefault()?.NoteId;
        return new(call.FileKey, call.Rules.CentreId, TraitHash: null, sealedCall.SealedFile, note ?? call.CallId, note is null ? null : sealedCall.SealedNote);
    }

    private static CallDone Answer(CallState before, string callId, CallCommand command, CallOutcome outcome)
    {
        var call = before.Call;
        foreach (var e in outcome.Events) call = CallEventFold.Apply(call, e, outcome.At);
        return Done(call!, before.Version + 1);
    }

    /// <summary>What is answered of a call as it is.</summary>
    internal static CallDone Done(Call call, long version) => call.JoinedTo is { } open
        ? new(open, version, call.Status, call.Level, false, Joined: true, null)
        : new(call.CallId, version, call.Status, call.Level, call is { Status: CallStatus.Waiting, CallerOnLine: false }, false,
            call.Emergency is { Confirmed: false } pressed ? pressed.UndoUntil : null);

    private static string KindOf(CallEvent e) => JsonSerializer.SerializeToElement(e, SnpJson.Options).GetProperty("type").GetString()!;
}
