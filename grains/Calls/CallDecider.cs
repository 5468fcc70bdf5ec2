using System.Collections.Immutable;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Calls;

/// <summary>What a command comes to.</summary>
/// <param name="Events">To be made durable; empty: nothing to write.</param>
/// <param name="Refused">Why not; null when accepted.</param>
/// <param name="At">When it was decided, UTC, whole milliseconds: the events' time.</param>
public sealed record CallOutcome(ImmutableArray<CallEvent> Events, CallRefused? Refused, DateTimeOffset At);

/// <summary>
/// Decides commands to a call: a pure function of (state, command, now). The call's own stream says who has it, so that two operators never do, whatever the
/// centre believes and whatever crashes. What time does by itself (a target passes, daytime ends) is decided first, so that it holds to the second
/// whenever the wake-up comes.
/// </summary>
public static partial class CallDecider
{
    /// <summary>Decides.</summary>
    /// <param name="state">What happened so far.</param>
    /// <param name="callId">The call.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="now">UTC; taken as the state's last instant when the clock has run backwards.</param>
    public static CallOutcome Decide(CallState state, string callId, CallCommand command, DateTimeOffset now)
    {
        var clock = CivilTime.Milliseconds(now);
        now = clock < state.LastAt ? state.LastAt : clock;
        var (events, refused) = Decided(state, callId, command, now, expired: command.NotAfter < clock);
        return new(events, refused, now);
    }

    /// <summary>Whether a hang-up is so soon that the call is no lost one (domain reference §3.2).</summary>
    internal static bool IsShortAbandon(Call call, DateTimeOffset at) => !call.WasAnswered() && at - call.RangAt < TimeSpan.FromSeconds(call.Rules.ShortAbandonSeconds);

    /// <summary>Whether somebody may book for the call now; null: yes.</summary>
    public static CallRefused? WhyNotBookable(Call call, Actor actor, DateTimeOffset now)
    {
        if (!IsOfCentre(actor, call.Rules.CentreId)) return new(CallRefusal.CallUnknown);
        return call.Status switch
        {
            CallStatus.Emergency => new(CallRefusal.CallInEmergency),
            CallStatus.Closed or CallStatus.Joined => new(CallRefusal.CallClosed),
            _ when call.Holder?.Person.Id != actor.Id => NotHeld(call),
            _ when call.Decision?.Exit != CallExit.Appointment => new(CallRefusal.CallNotDecided),
            _ => null,
        };
    }

    private static Outcome Decided(CallState state, string callId, CallCommand command, DateTimeOffset now, bool expired)
    {
        if (expired) return Refuse(CallRefusal.CommandExpired);
        switch (command)
        {
            case RingCall ring:
                return state.Call is null ? Ring(callId, ring, now) : Refuse(CallRefusal.RequestIdReused);
            case HearPhone hear when state.Call is null:
                return Begin(callId, hear, now);
        }
        if (state.Call is not { } known) return Refuse(CallRefusal.CallUnknown);
        if (command.Actor.Role != Role.System && !IsOfCentre(command.Actor, known.Rules.CentreId)) return Refuse(CallRefusal.CallUnknown);

        var passed = Passed(known, state.LastAt, now);
        var call = known;
        foreach (var e in passed) call = CallEventFold.Apply(call, e, now)!;
        var asked = new Asked(call, command.Actor, now);
        var outcome = command.Actor.Role == Role.System ? BySystem(asked, command) : ByOperator(asked, command);
        // What time did is written with what was done; alone, its own wake-up writes it.
        return outcome.Refused is not null || (outcome.Events.IsEmpty && command is not PassTime) ? outcome : outcome with { Events = [.. passed, .. outcome.Events] };
    }

    private static Outcome ByOperator(Asked asked, CallCommand command) => command switch
    {
        TakeCall => Take(asked),
        QualifyCall c => Qualify(asked, c),
        WriteFile => WhenHeld(asked) ?? Accept(new CallFileWritten()),
        NoteCall => Note(asked),
        TransferCall c => Transfer(asked, c),
        ReleaseCall => WhenHeld(asked) ?? Accept(new CallReleased(asked.Worked(asked.Call.LevelNow()))),
        DecideCall c => Decide(asked, c),
        CloseCall => Close(asked),
        HangUp => CallerLeaves(asked),
        TakeEmergencyExit c => GoToEmergency(asked, c),
        UndoEmergencyExit => UndoEmergency(asked),
        _ => Refuse(CallRefusal.NotAllowed),
    };

    private static Outcome BySystem(Asked asked, CallCommand command) => command switch
    {
        PassTime => Accept(),
        HearPhone c => asked.Call.Status == CallStatus.Joined || asked.Call.Heard.Any(f => f.EventId == c.Fact.EventId) ? Accept() : Accept(new PhoneHeard(c.Fact, c.Begin.NumberHash)),
        LoseHolder c => Lose(asked, c),
        RingAgain c => asked.Call.Status == CallStatus.Joined ? Accept() : Accept(new CallRangAgain(c.CallId)),
        LinkBooking c => asked.Call.Bookings.Contains(c.BookingId) ? Accept() : Accept(new CallBooked(c.BookingId)),
        LinkFile c => asked.Call.LinkedFiles.Contains(c.CallId) ? Accept() : Accept(new CallFileLinked(c.CallId)),
        _ => Refuse(CallRefusal.NotAllowed),
    };

    private static bool IsOfCentre(Actor actor, string centreId) => ReasonRules.IsRegulation(actor.Role) && actor.SasId == centreId;

    private static Outcome? WhenHeld(Asked asked)
    {
        if (asked.Call.Status == CallStatus.Emergency) return Refuse(CallRefusal.CallInEmergency);
        if (asked.Call.Status is CallStatus.Closed or CallStatus.Joined) return Refuse(CallRefusal.CallClosed);
        return asked.Call.Holder?.Person.Id == asked.Actor.Id ? null : new([], NotHeld(asked.Call));
    }

    private static CallRefused NotHeld(Call call) => new(CallRefusal.CallNotHeld, call.Holder?.Person.Id);

    private sealed class Asked(Call call, Actor actor, DateTimeOffset now)
    {
        public Call Call => call;
        public Actor Actor => actor;
        public DateTimeOffset Now => now;
        public Regime Regime { get; } = Regimes.At(call.Rules.Daytime, call.Rules.TimeZone, now);

        /// <summary>Where a call waits now that is meant for a level.</summary>
        public string Worked(CallLevel level) => call.Rules.Worked(level, Regime).Id;
    }

    private readonly record struct Outcome(ImmutableArray<CallEvent> Events, CallRefused? Refused);

    private static Outcome Accept(params ImmutableArray<CallEvent> events) => new(events, null);

    private static Outcome Refuse(CallRefusal code) => new([], new(code));
}
