using FsCheck;
using FsCheck.Fluent;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Requests;

namespace SnpLive.Tests.Domain;

public sealed class EmergencyTests
{
    private static readonly DateTimeOffset Now = Sample.Utc("2026-06-08T22:30:00Z");
    private static readonly RaiseEmergency Press = new(Guid.NewGuid(), Sample.PharmacistA, Now.AddSeconds(10), Sample.Cpts, Sample.Zone, Now.AddSeconds(-6));

    private static CareRequestDecision Decide(RaiseEmergency command, CareRequestState? state = null, DateTimeOffset? now = null) =>
        CareRequestDecider.RaiseEmergency(state ?? CareRequestState.Empty, "e-1", command, now ?? Now);

    private static Emergency Recorded(RaiseEmergency command) => Assert.IsType<EmergencyRecorded>(Decide(command).Answer).Emergency;

    [Fact]
    public void A_press_is_one_commit_without_any_patient()
    {
        var step = CareRequestFold.Build(CareRequestState.Empty, "e-1", Decide(Press));
        var commit = step.Commit;
        Assert.Equal(("request/e-1", "emergency-raised", "pharmacist", "", Sample.Cpts), (commit.Stream, commit.Kind, commit.Channel, commit.CareStream, commit.TerritoryId));
        Assert.Equal(new DateOnly(2026, 6, 9), commit.LocalDate); // half past midnight in Paris
        Assert.Null(commit.Person);
        Assert.Equal((Now.AddSeconds(-6), Now, EmergencyExit.Call15), (step.After.Emergency!.RaisedAt, step.After.Emergency.RecordedAt, step.After.Emergency.Exit));

        RecordedCommand[] recorded = [new(commit.Version, commit.ActorId, commit.RequestId, commit.Fingerprint, commit.Answer, commit.OccurredAt, commit.Schema, commit.Payload)];
        Assert.Equal(CareRequestFold.ToSnapshot(step.After).State, new CareRequestAudit().Fold("request/e-1", recorded, Now).State);
        Assert.Throws<EventRejectedException>(() => new CareRequestAudit().Fold("request/e-2", recorded, Now));
    }

    [Fact]
    public void The_role_says_where_the_exit_leads_and_everybody_of_the_territory_may_take_it()
    {
        Assert.Equal(EmergencyExit.TransferToAmu, Recorded(Press with { Actor = Sample.Regulator }).Exit);
        Assert.Equal(EmergencyExit.Call15, Recorded(Press with { Actor = Sample.Coordinator }).Exit);
        Assert.Equal(new CareRequestRefused(Refusal.NotAllowed), Decide(Press with { Actor = Sample.PharmacistA with { Memberships = [] } }).Answer);
        Assert.Equal(new CareRequestRefused(Refusal.CommandExpired), Decide(Press with { NotAfter = Now.AddMilliseconds(-1) }).Answer);
    }

    /// <summary>However often, however late and with whatever clock a browser repeats a press: one event, one answer.</summary>
    [Fact]
    public void Repeats_change_nothing_whatever_time_they_tell()
    {
        var state = CareRequestFold.Build(CareRequestState.Empty, "e-1", Decide(Press)).After;
        var first = state.RecordedBy!.Answer;
        Prop.ForAll(Gen.Choose(-100_000, 100_000).Two().ToArbitrary(), seconds =>
        {
            var (told, later) = seconds;
            var repeat = Decide(Press with { RaisedAt = Now.AddSeconds(told), NotAfter = Now.AddSeconds(later) }, state, Now.AddSeconds(Math.Abs(later)));
            return repeat.Events.IsEmpty && repeat.Answer == first;
        }).QuickCheckThrowOnFailure();
        Prop.ForAll(Gen.Choose(-100_000, 100_000).ToArbitrary(), told =>
        {
            var emergency = Recorded(Press with { RaisedAt = Now.AddSeconds(told) });
            return emergency.RecordedAt == Now && emergency.RaisedAt == Now.AddSeconds(Math.Min(told, 0)); // never in the future
        }).QuickCheckThrowOnFailure();
        Assert.Equal(new CareRequestRefused(Refusal.RequestIdReused), Decide(Press with { TerritoryId = "cpts-other" }, state).Answer);
        Assert.Equal(new CareRequestRefused(Refusal.RequestIdReused), Decide(Press with { Actor = Sample.PharmacistB }, state).Answer);
    }

    [Fact]
    public void An_emergency_is_not_a_need_and_a_need_is_not_an_emergency()
    {
        var emergency = CareRequestFold.Build(CareRequestState.Empty, "e-1", Decide(Press)).After;
        var need = new RecordUnserved(Press.RequestId, Press.Actor, Press.NotAfter, Sample.Cpts, Sample.Zone, 24, "gp", Eligibility.Visitor, "M03.14", null, UnservedReason.None);
        Assert.Equal(new CareRequestRefused(Refusal.RequestIdReused), CareRequestDecider.RecordUnserved(emergency, "e-1", need, Now).Answer);
        Assert.Null(CareRequestDecider.Follow(emergency, "gp-1.b1", null, Now).Answer); // an emergency never holds a booking
        var recorded = CareRequestFold.Build(CareRequestState.Empty, "e-1", CareRequestDecider.RecordUnserved(CareRequestState.Empty, "e-1", need, Now)).After;
        Assert.Equal(new CareRequestRefused(Refusal.RequestIdReused), Decide(Press, recorded).Answer);
        Assert.Throws<EventRejectedException>(() => CareRequestFold.Apply(recorded, Decide(Press).Events, 2, Now, recorded.RecordedBy!));
    }
}
