namespace SnpLive.Grains.Calls;

/// <summary>
/// What the telephone said, in whatever order it arrived. As long as no operator has acted, the call is what its facts say by their own times, told anew
/// with each: so a shuffled trace with repeats comes to the same call. Once an operator has acted, a late fact adds what is missing and moves nothing back.
/// </summary>
internal static class PhoneTrace
{
    internal static Call Hear(Call call, PhoneFact fact)
    {
        foreach (var known in call.Heard)
            if (known.EventId == fact.EventId) return call;
        var heard = call with { Heard = [.. call.Heard.Append(fact).OrderBy(f => f.At).ThenBy(f => f.Kind).ThenBy(f => f.EventId, StringComparer.Ordinal)] };
        return call.Touched ? Add(heard, fact) : Retell(heard);
    }

    private static Call Retell(Call call)
    {
        var rang = call.Heard[0].At;
        var regime = Regimes.At(call.Rules.Daytime, call.Rules.TimeZone, rang);
        var level = call.Rules.Worked(call.Rules.Levels[0], regime).Id;
        var told = call with
        {
            RangAt = rang, Regime = regime, Status = CallStatus.Waiting, Level = level, WaitingSince = rang, CallerOnLine = true, HungUpAt = null, Holder = null,
            ShortAbandon = false, ClosedAt = null, Steps = [new(level, regime, rang, null, null, null)],
            EscalatedAt = level == call.Level ? call.EscalatedAt : null,
        };
        foreach (var fact in call.Heard) told = Follow(told, fact);
        return told;
    }

    private static Call Follow(Call call, PhoneFact fact)
    {
        switch (fact.Kind)
        {
            case PhoneKind.Answered when call.Status == CallStatus.Waiting:
                return Answer(call, fact);
            case PhoneKind.Transferred when call.IsOpen() && Target(call, fact) is { } level:
                return CallEventFold.Moved(call, level.Id, fact.At, fact.At);
            case PhoneKind.HungUp when call.HungUpAt is null:
                var alone = call with { CallerOnLine = false, HungUpAt = fact.At };
                return call.Status == CallStatus.Waiting && CallDecider.IsShortAbandon(call, fact.At)
                    ? CallEventFold.Ended(alone, CallStatus.Closed, fact.At) with { ShortAbandon = true }
                    : alone;
            default:
                return call;
        }
    }

    private static Call Add(Call call, PhoneFact fact)
    {
        if (fact.At < call.RangAt) call = call with { RangAt = fact.At, Steps = call.Steps.SetItem(0, call.Steps[0] with { RangAt = fact.At }) };
        return fact.Kind switch
        {
            PhoneKind.Answered when call.Status == CallStatus.Waiting && fact.At >= call.WaitingSince => Answer(call, fact),
            PhoneKind.Transferred when call.Status == CallStatus.InHand && fact.At >= call.Holder!.Since && Target(call, fact) is { } level =>
                CallEventFold.Moved(call, level.Id, fact.At, fact.At),
            PhoneKind.HungUp when call.CallerOnLine && call.Status != CallStatus.Closed && fact.At >= call.Steps[^1].RangAt =>
                call with { CallerOnLine = false, HungUpAt = fact.At },
            _ => call,
        };
    }

    // Who answered at the telephone has it, whatever their role; a switch that does not say who leaves the file in the queue, answered.
    private static Call Answer(Call call, PhoneFact fact) => fact.Agent is { } agent
        ? CallEventFold.Answered(call, agent, fact.At)
        : call.Steps[^1].AnsweredAt is null ? call with { Steps = call.Steps.SetItem(call.Steps.Length - 1, call.Steps[^1] with { AnsweredAt = fact.At }) } : call;

    private static CallLevel? Target(Call call, PhoneFact fact) =>
        fact.ToLevel is { } to && call.Rules.Level(to) is { } level ? call.Rules.Worked(level, Regimes.At(call.Rules.Daytime, call.Rules.TimeZone, fact.At)) : null;
}
