using System.Collections.Immutable;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Calls;

public static partial class CallDecider
{
    private static readonly ImmutableArray<CallExit> Clinical = [CallExit.Advice, CallExit.Prescription, CallExit.Appointment];

    private static Outcome Take(Asked asked)
    {
        var call = asked.Call;
        switch (call.Status)
        {
            case CallStatus.Emergency: return Refuse(CallRefusal.CallInEmergency);
            case CallStatus.Closed or CallStatus.Joined: return Refuse(CallRefusal.CallClosed);
            case CallStatus.InHand when call.Holder!.Person.Id == asked.Actor.Id: return Accept();
            case CallStatus.InHand: return new([], new(CallRefusal.CallTaken, call.Holder!.Person.Id));
        }
        return call.LevelNow().Roles.Contains(asked.Actor.Role) ? Accept(new CallTaken(CallPerson.Of(asked.Actor), asked.Now)) : Refuse(CallRefusal.NotAllowed);
    }

    private static Outcome Qualify(Asked asked, QualifyCall c)
    {
        if (WhenHeld(asked) is { } no) return no;
        var before = asked.Call.Qualification;
        var after = new CallQualification(
            c.Priority ?? before.Priority, c.CareLevel ?? before.CareLevel, c.Stream ?? before.Stream, c.Reason ?? before.Reason, c.Communication ?? before.Communication,
            c.CommuneCode ?? before.CommuneCode, c.CallerKind ?? before.CallerKind, c.CaresFor ?? before.CaresFor, c.ExternalNumber ?? before.ExternalNumber);
        return after == before ? Accept() : Accept(new CallQualified(after));
    }

    /// <summary>Once with the AMU, everybody of the centre may still write down what they learn.</summary>
    private static Outcome Note(Asked asked)
    {
        if (asked.Call.Status != CallStatus.Emergency && WhenHeld(asked) is { } no) return no;
        return Accept(new CallNoted(NoteId(asked.Call.CallId, asked.Call.Notes.Length), CallPerson.Of(asked.Actor)));
    }

    private static Outcome Transfer(Asked asked, TransferCall c)
    {
        if (WhenHeld(asked) is { } no) return no;
        return asked.Call.LevelNow().TransferTo.Contains(c.To) && asked.Call.Rules.Level(c.To) is { } level
            ? Accept(new CallTransferred(asked.Worked(level)))
            : Refuse(CallRefusal.LevelUnknown);
    }

    private static Outcome Decide(Asked asked, DecideCall c)
    {
        if (WhenHeld(asked) is { } no) return no;
        if (WhyNotDecided(asked, c) is { } refusal) return Refuse(refusal);
        var (decision, destination) = UsualCodes(c.Exit);
        var decided = new CallDecided(new(c.Exit, c.Decision ?? decision, c.Destination ?? destination, c.Protocol, CallPerson.Of(asked.Actor), asked.Now));
        return c.Exit switch
        {
            CallExit.Appointment => Accept(decided), // open until it is booked, by the holder or down the line
            CallExit.CallBack => Accept(decided, new CallReleased(asked.Worked(asked.Call.LevelNow()))),
            _ => Accept(decided, new CallClosed()),
        };
    }

    /// <summary>
    /// What is clinical is decided by a regulating doctor; OSNP and ARM execute it, or act alone in the cases of a protocol in force
    /// (decree 2024-541, art. D6311-35). The emergency exit is never a decision among others: it has its own action.
    /// </summary>
    private static CallRefusal? WhyNotDecided(Asked asked, DecideCall c)
    {
        var (call, role) = (asked.Call, asked.Actor.Role);
        if (c.Exit == CallExit.Emergency || !call.LevelNow().Exits.Contains(c.Exit)) return CallRefusal.ExitNotAllowed;
        if (call.Qualification.Reason is { } reason && ReasonCodes.Find(reason) is { VitalSign: true } && c.Exit is not (CallExit.CallBack or CallExit.Abandoned))
            return CallRefusal.VitalSign;
        if (c.Protocol is { } named)
            return call.Rules.Protocols.Any(p => p.Id == named && Covers(p, role, call.Qualification.Reason, c.Exit)) ? null : CallRefusal.ProtocolUnknown;
        if (c.Exit == CallExit.Protocol) return CallRefusal.ProtocolUnknown;
        if (role == Role.Regulator || !Clinical.Contains(c.Exit)) return null;
        return c.Exit == CallExit.Appointment ? CallRefusal.AppointmentNeedsRegulator : CallRefusal.ExitNotAllowed;
    }

    /// <summary>What somebody may decide of a call that they have, protocols included; empty for who has it not.</summary>
    public static ImmutableArray<CallExit> AllowedExits(Call call, Actor actor)
    {
        if (call.Holder?.Person.Id != actor.Id) return [];
        return [.. call.LevelNow().Exits.Where(exit =>
            (exit != CallExit.Protocol && (actor.Role == Role.Regulator || !Clinical.Contains(exit)))
            || call.Rules.Protocols.Any(p => Covers(p, actor.Role, call.Qualification.Reason, exit)))];
    }

    /// <summary>Whether a protocol lets a role decide an exit for a reason.</summary>
    public static bool Covers(CallProtocol protocol, Role role, string? reason, CallExit exit) =>
        protocol.Roles.Contains(role) && protocol.Exits.Contains(exit) && reason is not null && protocol.Reasons.Contains(reason);

    /// <summary>The national codes that an exit usually has (Hub Santé, domain reference §3.4).</summary>
    private static (NationalDecision, NationalDestination?) UsualCodes(CallExit exit) => exit switch
    {
        CallExit.Advice => (NationalDecision.Advice, null),
        CallExit.Prescription => (NationalDecision.Prescription, null),
        CallExit.Appointment or CallExit.RedirectToGp => (NationalDecision.Referral, NationalDestination.Surgery),
        CallExit.Protocol => (NationalDecision.Referral, NationalDestination.HealthService),
        _ => (NationalDecision.NothingMore, null),
    };

    private static Outcome Close(Asked asked)
    {
        if (WhenHeld(asked) is { } no) return no;
        return asked.Call.Decision?.Exit == CallExit.Appointment ? Accept(new CallClosed()) : Refuse(CallRefusal.CallNotDecided);
    }

    private static Outcome CallerLeaves(Asked asked)
    {
        var call = asked.Call;
        if (call.Status is CallStatus.Closed or CallStatus.Joined) return Refuse(CallRefusal.CallClosed);
        if (!call.CallerOnLine) return Accept();
        return Accept(new CallerHungUp(asked.Now, call.Status == CallStatus.Waiting && IsShortAbandon(call, asked.Now)));
    }

    /// <summary>From every state, by everybody of the centre, whoever has the call: nobody looks for permission then (domain reference §3.5).</summary>
    private static Outcome GoToEmergency(Asked asked, TakeEmergencyExit c)
    {
        var call = asked.Call;
        if (call.Status == CallStatus.Joined) return Refuse(CallRefusal.CallClosed);
        if (call.Status == CallStatus.Emergency) return Accept();
        var pressed = CivilTime.Milliseconds(c.RaisedAt);
        return Accept(new CallWentToEmergency(new(
            CallPerson.Of(asked.Actor), pressed < asked.Now ? pressed : asked.Now, asked.Now + CallEmergency.UndoTime, Confirmed: false, call.Status, call.Holder, call.WaitingSince)));
    }

    private static Outcome UndoEmergency(Asked asked)
    {
        if (asked.Call is not { Status: CallStatus.Emergency, Emergency: { } pressed }) return Refuse(CallRefusal.CallNotInEmergency);
        return !pressed.Confirmed && pressed.By.Id == asked.Actor.Id && asked.Now < pressed.UndoUntil ? Accept(new CallEmergencyUndone()) : Refuse(CallRefusal.UndoOver);
    }

    /// <summary>A call whose operator vanished goes back with priority; one that was booked already has nothing left to wait for.</summary>
    private static Outcome Lose(Asked asked, LoseHolder c)
    {
        var call = asked.Call;
        if (call.Holder is not { } holder || holder.Person.Id != c.Holder || holder.Since != c.Since) return Accept();
        return call.Bookings.IsEmpty ? Accept(new CallHolderLost(c.Holder, asked.Worked(call.LevelNow()))) : Accept(new CallClosed());
    }
}
