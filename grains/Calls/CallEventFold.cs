using SnpLive.Grains.Agendas;

namespace SnpLive.Grains.Calls;

/// <summary>One event on one call: total for what the decider makes, and refusing what cannot follow.</summary>
internal static class CallEventFold
{
    internal static Call? Apply(Call? call, CallEvent e, DateTimeOffset at) => (call, e) switch
    {
        (null, CallRang r) => Begin(r),
        (null, _) or (_, CallRang) => throw Rejected(e),
        ({ } c, PhoneHeard p) => PhoneTrace.Hear(c with { NumberHash = c.NumberHash ?? p.NumberHash }, p.Fact),
        ({ } c, CallJoined j) => Ended(c, CallStatus.Joined, at) with { JoinedTo = j.To, Touched = true },
        ({ } c, CallEscalated) => c with { EscalatedAt = at },
        ({ } c, CallBooked b) => c with { Bookings = c.Bookings.Add(b.BookingId) },
        ({ } c, CallFileLinked l) => c with { LinkedFiles = c.LinkedFiles.Add(l.CallId) },
        ({ } c, CallArchived) => c with { Archived = true },
        ({ } c, CallNoted n) => c with { Notes = c.Notes.Add(new(n.NoteId, n.By, at)) },
        ({ } c, CallFileWritten) => c,
        ({ } c, _) => Handled(c, e, at) with { Touched = true },
    };

    private static Call Handled(Call call, CallEvent e, DateTimeOffset at)
    {
        switch (e)
        {
            case CallTaken t when call.Status == CallStatus.Waiting:
                return Answered(call, t.By, t.At);
            case CallQualified q:
                return call with { Qualification = q.Qualification };
            case CallTransferred t when call.Status == CallStatus.InHand:
                return Moved(call, t.To, at, at);
            case CallReleased r when call.Status == CallStatus.InHand:
                return Moved(call, r.Level, at, WaitOf(call));
            case CallHolderLost l when call.Holder?.Person.Id == l.Holder:
                return Moved(call, l.Level, at, WaitOf(call)) with { Returned = true };
            case CallHandedOver h when call.Status == CallStatus.Waiting:
                return HandedOver(call, h);
            case CallerHungUp h:
                var alone = call with { CallerOnLine = false, HungUpAt = h.At };
                return h.ShortAbandon ? Ended(alone, CallStatus.Closed, at) with { ShortAbandon = true } : alone;
            case CallRangAgain:
                return RangAgain(call, at);
            case CallDecided d when call.Status == CallStatus.InHand:
                return call with { Decision = d.Decision, CallerOnLine = call.CallerOnLine && d.Decision.Exit != CallExit.CallBack };
            case CallClosed when call.Status == CallStatus.InHand:
                return Ended(call, CallStatus.Closed, at);
            case CallWentToEmergency w when call.Status is not (CallStatus.Emergency or CallStatus.Joined):
                return call with { Status = CallStatus.Emergency, Emergency = w.Emergency, Holder = null, WaitingSince = null, ClosedAt = null, Archived = false };
            case CallEmergencyUndone when call is { Status: CallStatus.Emergency, Emergency: { Confirmed: false } was }:
                return call with
                {
                    Status = was.Before, Holder = was.HolderBefore, WaitingSince = was.WaitedSince, Emergency = null,
                    ClosedAt = was.Before == CallStatus.Closed ? at : null,
                };
            case CallEmergencyConfirmed when call is { Status: CallStatus.Emergency, Emergency: { } pressed }:
                return Left(call, pressed.At) with { Emergency = pressed with { Confirmed = true }, ClosedAt = at };
            default:
                throw Rejected(e);
        }
    }

    private static Call Begin(CallRang r) => new(
        r.CallId, r.Rules, r.Line, r.FileKey, r.NumberHash, r.RangAt, r.Regime, CallStatus.Waiting, r.Level, r.RangAt, null, false, 0, CallerOnLine: r.LinkedTo is null,
        null, null, new(CallPriority.P2, null, null, null, null, r.CommuneCode, r.CallerKind, CaresFor.NotAsked, r.ExternalNumber), null,
        [new(r.Level, r.Regime, r.RangAt, null, null, null)], [], [], null, r.LinkedTo, [], null, false, null, false, [], false);

    internal static Call Answered(Call call, CallPerson by, DateTimeOffset at)
    {
        var step = call.Steps[^1];
        // Taken again at the same level (called back, returned): one more stay, so that the first answer keeps its time.
        var steps = step.AnsweredAt is null
            ? call.Steps.SetItem(call.Steps.Length - 1, step with { AnsweredAt = at, By = by })
            : call.Steps.Add(new(call.Level, call.Regime, call.WaitingSince ?? at, at, null, by));
        return call with { Status = CallStatus.InHand, Holder = new(by, at), WaitingSince = null, Returned = false, Steps = steps };
    }

    /// <param name="call">The call.</param>
    /// <param name="level">Where it waits now.</param>
    /// <param name="at">When it left.</param>
    /// <param name="since">Since when its wait counts.</param>
    internal static Call Moved(Call call, string level, DateTimeOffset at, DateTimeOffset since)
    {
        if (call.Rules.Level(level) is null) throw new EventRejectedException($"No level {level}.");
        var regime = Regimes.At(call.Rules.Daytime, call.Rules.TimeZone, at);
        var left = Left(call, at);
        return left with
        {
            Status = CallStatus.Waiting, Level = level, Regime = regime, Holder = null, WaitingSince = since, Returned = false,
            EscalatedAt = level == call.Level ? call.EscalatedAt : null,
            Steps = left.Steps.Add(new(level, regime, since, null, null, null)),
        };
    }

    internal static Call Ended(Call call, CallStatus status, DateTimeOffset at) =>
        Left(call, at) with { Status = status, Holder = null, WaitingSince = null, ClosedAt = at, Returned = false };

    private static Call HandedOver(Call call, CallHandedOver h)
    {
        if (h.Level == call.Level) return call with { Regime = h.Regime };
        // It has waited all the same: who answers now sees since when.
        return Left(call, h.At) with
        {
            Regime = h.Regime, Level = h.Level, EscalatedAt = null, Steps = Left(call, h.At).Steps.Add(new(h.Level, h.Regime, h.At, null, null, null)),
        };
    }

    private static Call RangAgain(Call call, DateTimeOffset at)
    {
        var again = call with { Repeats = call.Repeats + 1, CallerOnLine = true, HungUpAt = null };
        if (call.Status != CallStatus.Closed) return again;
        var regime = Regimes.At(call.Rules.Daytime, call.Rules.TimeZone, at);
        var level = call.Rules.Worked(call.Rules.Levels[0], regime).Id;
        return again with
        {
            Status = CallStatus.Waiting, Level = level, Regime = regime, WaitingSince = at, EscalatedAt = null, ClosedAt = null, ShortAbandon = false, Archived = false,
            Steps = call.Steps.Add(new(level, regime, at, null, null, null)),
        };
    }

    private static Call Left(Call call, DateTimeOffset at) =>
        call.Steps[^1].LeftAt is null ? call with { Steps = call.Steps.SetItem(call.Steps.Length - 1, call.Steps[^1] with { LeftAt = at }) } : call;

    /// <summary>Since when its wait counts that goes back to where it was: the caller has waited since then.</summary>
    private static DateTimeOffset WaitOf(Call call) => call.Steps[^1].RangAt;

    private static EventRejectedException Rejected(CallEvent e) => new($"{e.GetType().Name} cannot follow.");
}
