using SnpLive.Grains.Agendas;
using SnpLive.Grains.Calls;
using SnpLive.Grains.People;
using static SnpLive.Tests.Calls.CallSample;

namespace SnpLive.Tests.Calls;

/// <summary>The rules of a call, one by one (issue 4; domain reference §3).</summary>
public sealed class CallDeciderTests
{
    private static readonly DateTimeOffset Noon = Utc("2026-06-08T10:00:00Z"); // a Monday, 12:00 in Paris

    [Fact]
    public void A_call_goes_from_the_first_level_to_the_doctor_and_is_decided()
    {
        var call = new OneCall();
        Assert.Null(call.Ring(Noon));
        Assert.Equal((CallStatus.Waiting, "osnp", Noon.AddSeconds(30)), (call.Call.Status, call.Call.Level, call.Call.TargetAt()!.Value));
        Assert.Null(call.Take(Osnp(), Noon.AddSeconds(5)));
        Assert.Null(call.Transfer(Osnp(), "regulation", Noon.AddSeconds(60)));
        Assert.Null(call.Take(Doctor(), Noon.AddSeconds(90)));
        Assert.Null(call.Decide(Doctor(), CallExit.Advice, Noon.AddSeconds(200)));
        Assert.Equal(CallStatus.Closed, call.Call.Status);
        Assert.Equal((NationalDecision.Advice, Role.Regulator), (call.Call.Decision!.Decision, call.Call.Decision.By.Role));
        Assert.Equal(
            [("osnp", 0, 5, 60), ("regulation", 60, 90, 200)],
            call.Call.Steps.Select(s => (s.Level, Seconds(s.RangAt), Seconds(s.AnsweredAt!.Value), Seconds(s.LeftAt!.Value))));
        Assert.Equal(CallRefusal.CallClosed, call.Take(Doctor(), Noon.AddSeconds(300)));
    }

    [Fact]
    public void One_holder_and_only_of_the_levels_roles()
    {
        var call = new OneCall();
        call.Ring(Noon);
        Assert.Equal(CallRefusal.NotAllowed, call.Take(Doctor(), Noon));
        Assert.Null(call.Take(Osnp(1), Noon));
        Assert.Equal(CallRefusal.CallTaken, call.Take(Osnp(2), Noon));
        Assert.Equal(CallRefusal.CallNotHeld, call.Transfer(Osnp(2), "arm", Noon));
        Assert.Equal(CallRefusal.LevelUnknown, call.Transfer(Osnp(1), "nowhere", Noon));
        Assert.Equal(CallRefusal.CallUnknown, call.Take(Person("other", Role.Osnp, "sas-44"), Noon));
        Assert.Equal(CallRefusal.CallUnknown, call.Take(new("pha", Role.Pharmacist, "org", null, ["t"], [], []), Noon));
    }

    [Fact]
    public void An_appointment_is_decided_by_a_doctor_or_by_a_protocol_in_force()
    {
        var call = new OneCall();
        call.Ring(Noon, take: true);
        Assert.Equal(CallRefusal.AppointmentNeedsRegulator, call.Decide(Osnp(), CallExit.Appointment, Noon));
        Assert.Equal(CallRefusal.ExitNotAllowed, call.Decide(Osnp(), CallExit.Advice, Noon));
        Assert.Equal(CallRefusal.ExitNotAllowed, call.Decide(Osnp(), CallExit.Emergency, Noon));
        Assert.Equal(CallRefusal.ProtocolUnknown, call.Decide(Osnp(), CallExit.Appointment, Noon, "ordonnance")); // no reason yet
        call.Qualify(Osnp(), "M06.02", Noon);
        Assert.Equal(CallRefusal.ProtocolUnknown, call.Decide(Osnp(), CallExit.Appointment, Noon, "another"));
        Assert.NotNull(CallDecider.WhyNotBookable(call.Call, Osnp(), Noon));
        Assert.Null(call.Decide(Osnp(), CallExit.Appointment, Noon, "ordonnance"));
        Assert.Equal((CallStatus.InHand, "ordonnance"), (call.Call.Status, call.Call.Decision!.Protocol));
        Assert.Null(CallDecider.WhyNotBookable(call.Call, Osnp(), Noon));
        Assert.Equal(CallRefusal.CallNotHeld, CallDecider.WhyNotBookable(call.Call, Doctor(), Noon)!.Code);
    }

    [Fact]
    public void What_a_doctor_decided_others_only_execute()
    {
        var call = new OneCall();
        call.Ring(Noon, take: true);
        call.Transfer(Osnp(), "regulation", Noon);
        call.Take(Doctor(), Noon);
        Assert.Null(call.Decide(Doctor(), CallExit.Appointment, Noon));
        Assert.Null(call.Transfer(Doctor(), "osnp", Noon));
        Assert.Null(call.Take(Osnp(2), Noon));
        Assert.Null(CallDecider.WhyNotBookable(call.Call, Osnp(2), Noon));
        Assert.Null(call.Wake(CallStreams.ServedBy("slv-mg-01.b1"), Noon));
        Assert.Null(call.Wake(CallStreams.ServedBy("slv-mg-01.b1"), Noon)); // told twice
        Assert.Equal(["slv-mg-01.b1"], call.Call.Bookings);
    }

    [Fact]
    public void A_vital_sign_ends_in_the_emergency_exit_only()
    {
        var call = new OneCall();
        call.Ring(Noon, Doctor());
        call.Take(Osnp(), Noon);
        call.Transfer(Osnp(), "regulation", Noon);
        call.Take(Doctor(), Noon);
        call.Qualify(Doctor(), "M01.03", Noon);
        foreach (var exit in (CallExit[])[CallExit.Advice, CallExit.Prescription, CallExit.Appointment, CallExit.RedirectToGp, CallExit.OutOfScope])
            Assert.Equal(CallRefusal.VitalSign, call.Decide(Doctor(), exit, Noon));
        Assert.Null(call.Emergency(Doctor(), Noon));
    }

    [Theory, InlineData(4_999, null), InlineData(5_000, CallRefusal.UndoOver), InlineData(5_001, CallRefusal.UndoOver)]
    public void An_emergency_exit_is_undone_within_its_five_seconds_by_who_pressed(int after, CallRefusal? refusal)
    {
        var call = new OneCall();
        call.Ring(Noon, take: true);
        Assert.Null(call.Emergency(Arm(), Noon)); // anybody of the centre, whoever holds it
        Assert.Equal(CallRefusal.UndoOver, call.Undo(Osnp(), Noon.AddSeconds(1)));
        Assert.Equal(CallRefusal.CallInEmergency, CallDecider.WhyNotBookable(call.Call, Osnp(), Noon)!.Code);
        Assert.Equal(refusal, call.Undo(Arm(), Noon.AddMilliseconds(after)));
        Assert.Equal(refusal is null ? CallStatus.InHand : CallStatus.Emergency, call.Call.Status);
        if (refusal is null) Assert.Equal(Osnp().Id, call.Call.Holder!.Person.Id);
    }

    [Fact]
    public void The_emergency_exit_works_from_every_state_and_bars_and_ends_bookings()
    {
        foreach (var prepare in (Action<OneCall>[])
        [
            _ => { },
            c => c.Take(Osnp(), Noon),
            c => c.HangUp(Osnp(), Noon.AddSeconds(20)),
            c => { c.Take(Osnp(), Noon); c.Decide(Osnp(), CallExit.OutOfScope, Noon); },
            c => { c.Take(Osnp(), Noon); c.Qualify(Osnp(), "M06.02", Noon); c.Decide(Osnp(), CallExit.Appointment, Noon, "ordonnance"); c.Wake(CallStreams.ServedBy("a-1.b7"), Noon); },
        ])
        {
            var call = new OneCall();
            call.Ring(Noon);
            prepare(call);
            Assert.Null(call.Emergency(Arm(), Noon.AddSeconds(30)));
            Assert.Contains(CallClaims.Of(call.State), c => CallStreams.IsBar(c) && c.Owner == CallStreams.EmergencyOwner && c.Until == CallStreams.Never);
            Assert.Null(call.Wake(CallStreams.Time, Noon.AddSeconds(35)));
            Assert.True(call.Call.Emergency!.Confirmed);
            Assert.Equal(call.Call.Bookings.Select(b => ("agenda/a-1", Wakes.EndedInEmergency(b))), call.Last!.Commit.SetDue.Where(d => d.Stream.StartsWith("agenda/", StringComparison.Ordinal)).Select(d => (d.Stream, d.Cause)));
            // A booking that was made before the exit and is told after it ends, too.
            Assert.Null(call.Wake(CallStreams.ServedBy("a-2.b1"), Noon.AddSeconds(40)));
            Assert.Contains(call.Last!.Commit.SetDue, d => d == new Grains.Ledger.DueRow("agenda/a-2", Wakes.EndedInEmergency("a-2.b1"), Noon.AddSeconds(40)));
        }
    }

    [Fact]
    public void Only_a_doctor_opens_a_linked_file_for_a_patient_sent_back()
    {
        var back = new OneCall(Centre + ".c-ffffffffffffffffffffffff");
        var ring = Ring(back.Id, Osnp(), take: true) with { SentBackFrom = Centre + ".c-0123456789abcdef01234567" };
        Assert.Equal(CallRefusal.NotAllowed, back.Do(ring, Noon));
        Assert.Null(back.Do(ring with { Actor = Doctor(), RequestId = Guid.NewGuid() }, Noon));
        Assert.Equal((CallStatus.InHand, "regulation", 1), (back.Call.Status, back.Call.Level, back.Call.Notes.Length));
        Assert.Contains(back.Last!.Commit.SetDue, d => d.Stream == "call/" + ring.SentBackFrom && d.Cause == CallStreams.FileOpened(back.Id));
    }

    [Fact]
    public void A_vanished_operators_call_goes_back_with_its_wait_and_priority()
    {
        var call = new OneCall();
        call.Ring(Noon, take: true);
        var stale = call.Call.Holder!;
        Assert.Null(call.Lose(Noon.AddSeconds(70)));
        Assert.Equal((CallStatus.Waiting, true, Noon), (call.Call.Status, call.Call.Returned, call.Call.WaitingSince!.Value));
        call.Take(Osnp(2), Noon.AddSeconds(80));
        // A second word of the first loss takes nothing from the next holder.
        Assert.Null(call.Do(new LoseHolder(stale.Person.Id, stale.Since) { RequestId = Guid.NewGuid(), Actor = Actor.System, NotAfter = DateTimeOffset.MaxValue }, Noon.AddSeconds(81)));
        Assert.Equal("osnp-2", call.Call.Holder!.Person.Id);
    }

    [Theory, InlineData(14_999, CallStatus.Closed), InlineData(15_000, CallStatus.Waiting), InlineData(15_001, CallStatus.Waiting)]
    public void Who_hangs_up_before_being_answered_is_called_back_unless_at_once(int after, CallStatus status)
    {
        var call = new OneCall();
        call.Ring(Noon);
        Assert.Null(call.HangUp(Osnp(), Noon.AddMilliseconds(after)));
        Assert.Equal((status, status == CallStatus.Closed, false), (call.Call.Status, call.Call.ShortAbandon, call.Call.CallerOnLine));
        if (status == CallStatus.Waiting) Assert.Null(call.Take(Osnp(), Noon.AddSeconds(60))); // calling back
    }

    [Fact]
    public void The_same_number_again_joins_the_open_file()
    {
        var (open, again) = (new OneCall(), new OneCall(Centre + ".c-ffffffffffffffffffffffff"));
        open.Do(Ring(open.Id, Osnp(), "n"), Noon);
        var number = Assert.Single(CallClaims.Of(open.State), CallStreams.IsNumber);
        Assert.Equal((open.Id, Noon.AddMinutes(60)), (number.Owner, number.Until));
        open.HangUp(Osnp(), Noon.AddMinutes(1));
        Assert.Null(again.Do(Ring(again.Id, Osnp(), "n") with { JoinTo = open.Id }, Noon.AddMinutes(5)));
        Assert.Empty(CallClaims.Of(again.State));
        var answer = Assert.IsType<CallDone>(again.State.Answers[^1].Answer);
        Assert.Equal((open.Id, true), (answer.CallId, answer.Joined));
        var due = Assert.Single(again.Last!.Commit.SetDue, d => d.Stream == "call/" + open.Id);
        Assert.Null(open.Wake(due.Cause, Noon.AddMinutes(5)));
        Assert.Equal((1, true, CallStatus.Waiting), (open.Call.Repeats, open.Call.CallerOnLine, open.Call.Status));
        open.Take(Osnp(), Noon.AddMinutes(6));
        open.Decide(Osnp(), CallExit.OutOfScope, Noon.AddMinutes(7));
        Assert.DoesNotContain(CallClaims.Of(open.State), CallStreams.IsNumber); // a closed file is joined by nobody
    }

    [Theory, InlineData(29_999, false), InlineData(30_000, true), InlineData(30_001, true)]
    public void A_target_that_passes_is_said_once(int after, bool said)
    {
        var call = new OneCall();
        call.Ring(Noon);
        Assert.Equal(Noon.AddSeconds(30), call.Last!.Commit.SetDue.Single(d => d.Cause == CallStreams.Time).At);
        call.Wake(CallStreams.Time, Noon.AddMilliseconds(after));
        Assert.Equal(said, call.Call.EscalatedAt is not null);
        if (!said) return;
        var version = call.State.Version;
        call.Wake(CallStreams.Time, Noon.AddSeconds(40));
        Assert.Equal(version, call.State.Version);
    }

    [Fact]
    public void A_finished_call_leaves_the_lists_after_a_day()
    {
        var call = new OneCall();
        call.Ring(Noon, take: true);
        call.Decide(Osnp(), CallExit.OutOfScope, Noon);
        Assert.Single(CallClaims.Of(call.State));
        Assert.Equal(Noon.AddDays(1), call.Last!.Commit.SetDue.Single().At);
        call.Wake(CallStreams.Time, Noon.AddDays(1));
        Assert.True(call.Call.Archived);
        Assert.Empty(CallClaims.Of(call.State));
    }

    private static int Seconds(DateTimeOffset at) => (int)(at - Noon).TotalSeconds;
}
