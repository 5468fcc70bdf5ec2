using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Requests;

namespace SnpLive.Tests.Domain;

public sealed class CareRequestTests
{
    private static readonly DateTimeOffset Now = Sample.Utc("2026-06-08T22:30:00Z");

    private static readonly RecordUnserved Command = new(Guid.NewGuid(), Sample.PharmacistA, Now, Sample.Cpts, Sample.Zone, 24, "gp", Eligibility.Visitor, "M03.14", null,
        UnservedReason.TooLate);

    private static CareRequestDecision Decide(RecordUnserved command, CareRequestState? state = null) =>
        CareRequestDecider.RecordUnserved(state ?? CareRequestState.Empty, "need-1", command, Now);

    private static CareRequestState Recorded(List<Commit> commits)
    {
        var step = CareRequestFold.Build(CareRequestState.Empty, "need-1", Decide(Command));
        commits.Add(step.Commit);
        return step.After;
    }

    [Fact]
    public void An_unserved_need_is_one_commit_and_a_repeat_changes_nothing()
    {
        var commits = new List<Commit>();
        var state = Recorded(commits);
        Assert.Equal(("request/need-1", "need-recorded", "pharmacist", new DateOnly(2026, 6, 9)), (commits[0].Stream, commits[0].Kind, commits[0].Channel, commits[0].LocalDate));
        Assert.Equal(Now.AddHours(24), state.Request!.Deadline);
        var repeat = Decide(Command with { NotAfter = Now.AddMinutes(1), WindowHours = 48 }, state);
        Assert.Empty(repeat.Events);
        Assert.Equal(state.Request, Assert.IsType<CareRequestRecorded>(repeat.Answer).Request);
        Assert.Equal(new CareRequestRefused(Refusal.RequestIdReused), Decide(Command with { Reason = "M03.11" }, state).Answer);
        Assert.Equal(new CareRequestRefused(Refusal.RequestIdReused), Decide(Command with { Actor = Sample.PharmacistB }, state).Answer);
    }

    [Fact]
    public void What_must_not_be_recorded_is_refused()
    {
        void Refused(Refusal code, RecordUnserved command) => Assert.Equal(new CareRequestRefused(code), Decide(command).Answer);
        Refused(Refusal.CommandExpired, Command with { NotAfter = Now.AddSeconds(-1) });
        Refused(Refusal.NotAllowed, Command with { Actor = Sample.Coordinator });
        Refused(Refusal.NotAllowed, Command with { Actor = Sample.PharmacistA with { Memberships = [] } });
        Refused(Refusal.VitalSign, Command with { Reason = "M03.06" });
        Refused(Refusal.ReasonNotAllowed, Command with { Reason = "M99.00" });
        Refused(Refusal.InvalidDecisionTime, Command with { DecidedAt = Now.AddMinutes(3) });
        Assert.Single(Decide(Command with { Actor = Sample.Regulator, DecidedAt = Now.AddDays(-2) }).Events);
    }

    [Fact]
    public void A_booking_serves_a_need_once_however_often_it_is_told()
    {
        var commits = new List<Commit>();
        var state = Recorded(commits);
        var first = CareRequestDecider.Follow(state, "gp-1.b1", null, Now);
        var step = CareRequestFold.Build(state, "need-1", first);
        Assert.Equal((CareRequestStatus.Served, "gp-1.b1"), (step.After.Request!.Status, step.After.Request.BookingId));
        Assert.Equal(first.RequestId, CareRequestDecider.Follow(state, "gp-1.b1", null, Now.AddHours(1)).RequestId);
        Assert.Empty(CareRequestDecider.Follow(step.After, "gp-1.b1", null, Now).Events);
        Assert.Single(CareRequestDecider.Follow(step.After, "gp-1.b2", null, Now).Events); // booked again after a cancel
        Assert.Null(CareRequestDecider.Follow(CareRequestState.Empty, "gp-1.b1", null, Now).Answer);

        commits.Add(step.Commit);
        var recorded = commits.Select(c => new RecordedCommand(c.Version, c.ActorId, c.RequestId, c.Fingerprint, c.Answer, c.OccurredAt, c.Schema, c.Payload)).ToArray();
        Assert.Equal(CareRequestFold.ToSnapshot(step.After).State, new CareRequestAudit().Fold("request/need-1", recorded, Now).State);
        var reloaded = CareRequestFold.Load(new(CareRequestFold.ToSnapshot(state), [.. recorded.Skip(1)]));
        Assert.Equal(CareRequestFold.ToSnapshot(step.After), CareRequestFold.ToSnapshot(reloaded));
        Assert.Throws<EventRejectedException>(() => CareRequestFold.Load(new(null, [.. recorded.Skip(1)])));
        Assert.Throws<EventRejectedException>(() => new CareRequestAudit().Fold("request/need-2", recorded, Now));
    }
}
