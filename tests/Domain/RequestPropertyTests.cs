using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Requests;

namespace SnpLive.Tests.Domain;

/// <summary>One step of a script: who does what, after how long.</summary>
public sealed record RequestOp(int Actor, int What, int Wait, int Pick);

/// <summary>Any interleaving of people, wake-ups and bookings: the core does what a naive model says, and what must always hold holds after each step.</summary>
public sealed class RequestPropertyTests(ITestOutputHelper output)
{
    private const int Scripts = 2_000;
    private static readonly Actor[] People =
    [
        Sample.PharmacistA, Sample.PharmacistA with { Id = "p1b" }, Sample.PharmacistB, Sample.Secretary, RequestLifeTests.Desk2, Sample.Coordinator, Sample.Regulator, Sample.Gp,
    ];
    private static readonly TimeSpan[] Waits =
        [TimeSpan.Zero, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(95), TimeSpan.FromHours(7.99)];
    /// <summary>What is tried how often: mostly hand to hand, and seldom what ends it all.</summary>
    private static readonly int[] Kinds = [.. Enumerable.Repeat(0, 14), .. Enumerable.Repeat(1, 14), .. Enumerable.Repeat(2, 8), 3, 4, 5, .. Enumerable.Repeat(6, 4), .. Enumerable.Repeat(7, 6), 8, 8, 9, 9];
    private static readonly DateTimeOffset OpeningAt = Sample.Utc("2026-06-09T06:00:00Z");
    private int steps, accepted;
    private readonly Dictionary<string, int> answered = [];
    private readonly Dictionary<string, CancelReason> cancelled = [];

    [Fact]
    public void Any_interleaving_ends_a_request_once_and_loses_none()
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("SNP_SEED"), CultureInfo.InvariantCulture, out var given) ? given : (ulong)Random.Shared.NextInt64();
        var op = Gen.Choose(0, 999_999).Select(n => new RequestOp(n % People.Length, Kinds[n / 8 % Kinds.Length], n / 400 % Waits.Length, n / 2_800));
        var config = Config.QuickThrowOnFailure.WithMaxTest(Scripts).WithReplay(new Replay(new Rnd(seed), null)).WithQuietOnSuccess(true);
        try { Prop.ForAll(op.ArrayOf().Resize(60).ToArbitrary(), Run).Check(config); }
        catch (Exception failure) { throw new Xunit.Sdk.XunitException($"SNP_SEED={seed} replays this.\n{failure.Message}"); }
        output.WriteLine($"SNP_SEED={seed}: {steps} steps, {accepted} accepted. {string.Join(", ", answered.OrderByDescending(a => a.Value).Select(a => $"{a.Key} {a.Value}"))}");
        Assert.True(steps > Scripts * 10, $"Only {steps} steps.");
        Assert.True(accepted > steps / 20, $"Only {accepted} of {steps} steps were accepted: the scripts have become senseless.");
        foreach (var wanted in (string[])["accepted", "CareRequestTaken", "CareRequestEnded", "CareRequestUnknown", "early", "served", "deadline", "returned", "reopened", "called off", "emergency"])
            Assert.True(answered.ContainsKey(wanted), $"No script came to '{wanted}'.");
    }

    private void Run(RequestOp[] ops)
    {
        var one = new OneRequest(RequestLifeTests.Now);
        var open = RequestLifeTests.Open();
        one.Do(open);
        var model = new NaiveRequest(one.State.Request!.Deadline);
        cancelled.Clear();
        var kept = new List<(CareRequestCommand Command, CareRequestAnswer Answer)> { (open, new CareRequestChanged(one.State.Request)) };
        foreach (var op in ops)
        {
            one.Now += Waits[op.Wait];
            steps++;
            Step(one, model, op, kept);
            Invariants(one, model);
            var again = kept[op.Pick % kept.Count]; // a repeat, at any later time
            var before = one.Commits.Count;
            Assert.Equal(again.Answer, one.Do(again.Command));
            Assert.Equal(before, one.Commits.Count);
        }
        var recorded = one.Commits.Select(c => new RecordedCommand(c.Version, c.ActorId, c.RequestId, c.Fingerprint, c.Answer, c.OccurredAt, c.Schema, c.Payload)).ToArray();
        Assert.Equal(CareRequestFold.ToSnapshot(one.State).State, new CareRequestAudit().Fold("request/need-1", recorded, one.Now).State);
        // At the end of time it has ended, whatever happened: no need is lost.
        one.Now += TimeSpan.FromDays(3);
        one.Wake(RequestWakes.Deadline);
        Assert.NotEqual(CareRequestStatus.Open, one.State.Request!.Status);
    }

    private void Step(OneRequest one, NaiveRequest model, RequestOp op, List<(CareRequestCommand, CareRequestAnswer)> kept)
    {
        var actor = People[op.Actor];
        switch (op.What)
        {
            case 6:
                model.Deadline(one.Now);
                Assert.Equal(model.Said == "early", one.Wake(RequestWakes.Deadline) is null);
                Count(model.Said);
                return;
            case 7:
                one.Wake(RequestWakes.OpeningAt(OpeningAt));
                if (model.Return(OpeningAt, one.Now)) Count("returned");
                return;
            case 8:
                var told = $"gp-1.b{op.Pick % 5}"; // told late, it may be cancelled by now
                one.Told(RequestLifeTests.BookingOf(told, cancelled.TryGetValue(told, out var why) ? why : null));
                if (cancelled.ContainsKey(told)) return;
                model.Serve(told);
                Count("served");
                return;
            case 9:
                var lost = $"gp-1.b{op.Pick % 5}";
                cancelled.TryAdd(lost, (CancelReason)(op.Pick % 5));
                one.Told(RequestLifeTests.BookingOf(lost, cancelled[lost]));
                if (model.Lose(lost, cancelled[lost]) is { } became) Count(became);
                return;
        }
        CareRequestCommand command = op.What switch
        {
            0 => RequestLifeTests.Take(actor),
            1 => RequestLifeTests.Take(actor, People[op.Pick % People.Length].Id),
            2 => RequestLifeTests.Release(actor),
            3 => RequestLifeTests.Serve(actor),
            4 => RequestLifeTests.Unserved(actor),
            _ => RequestLifeTests.Cancel(actor),
        };
        var expected = model.Do(command, one.Now);
        var answer = one.Do(command);
        var actual = answer is CareRequestRefused refused ? refused.Code.ToString() : "accepted";
        Assert.Equal(expected, actual);
        Count(actual);
        if (actual != "accepted") return;
        accepted++;
        if (one.Commits[^1].RequestId == command.RequestId) kept.Add((command, answer)); // what changed nothing is not remembered
    }

    private void Count(string what) => answered[what] = answered.GetValueOrDefault(what) + 1;

    private static void Invariants(OneRequest one, NaiveRequest model)
    {
        var request = one.State.Request!;
        Assert.Equal((model.Status, model.Status == CareRequestStatus.Open ? model.Owner : null), (request.Status, request.Status == CareRequestStatus.Open ? request.Owner : null));
        Assert.Equal(request.Owner is null, request.TakenAt is null);
        Assert.Equal(request.Owner is null, request.OwnerOrganizationId is null);
        Assert.Equal(request.Status == CareRequestStatus.Open, request.EndedAt is null);
        Assert.True(request.Unserved != UnservedReason.DeadlinePassed || request.EndedAt >= request.Deadline || request.Status == CareRequestStatus.Served);
        Assert.Equal(request.Status == CareRequestStatus.Open && one.Now < request.Deadline, request.IsOpen(one.Now));
        Assert.Equal(one.Commits.Count, one.State.Version);
        // Wake-ups are called off in the very commit that ends it, and set again in the one that reopens it.
        var due = new HashSet<string>();
        foreach (var commit in one.Commits)
        {
            due.ExceptWith(commit.ClearDue.Select(row => row.Cause));
            due.UnionWith(commit.SetDue.Select(row => row.Cause));
        }
        Assert.Equal(request.Status == CareRequestStatus.Open, due.Contains(RequestWakes.Deadline));
        Assert.True(request.Status == CareRequestStatus.Open || due.Count == 0);
    }

    /// <summary>The rules once more, in the plainest words: the pharmacy that asked is "pharm-a"; the desk is tele, tele-2 and coord.</summary>
    private sealed class NaiveRequest(DateTimeOffset deadline)
    {
        private DateTimeOffset? takenAt, returnedAt;
        private string? booking;
        public CareRequestStatus Status { get; private set; } = CareRequestStatus.Open;
        public string? Owner { get; private set; }
        public string Said { get; private set; } = "";

        public string Do(CareRequestCommand command, DateTimeOffset now)
        {
            var me = command.Actor.Id;
            var party = me is "p1" or "p1b";
            var desk = me is "tele" or "tele-2" or "coord";
            if (!party && !desk) return "CareRequestUnknown";
            if (Status != CareRequestStatus.Open || now >= deadline) return "CareRequestEnded";
            var others = Owner is not null && Owner != me;
            switch (command)
            {
                case TakeRequest take when others && take.From != Owner: return "CareRequestTaken";
                case TakeRequest:
                    if (Owner != me) (Owner, takenAt) = (me, now);
                    return "accepted";
                case ReleaseRequest when others: return "CareRequestTaken";
                case ReleaseRequest: (Owner, takenAt) = (null, null); return "accepted";
                case CancelRequest when party || !others: Status = CareRequestStatus.Cancelled; return "accepted";
                case not null when others: return "CareRequestTaken";
                case ServeRequest: Status = CareRequestStatus.Served; return "accepted";
                default: Status = CareRequestStatus.Unserved; return "accepted";
            }
        }

        public void Deadline(DateTimeOffset now)
        {
            Said = Status != CareRequestStatus.Open ? "over" : now < deadline ? "early" : "deadline";
            if (Said == "deadline") Status = CareRequestStatus.Unserved;
        }

        public bool Return(DateTimeOffset opening, DateTimeOffset now)
        {
            if (Status != CareRequestStatus.Open || now < opening || now >= deadline || returnedAt >= opening) return false;
            if (!(takenAt >= opening)) (Owner, takenAt) = (null, null);
            returnedAt = opening;
            return true;
        }

        public void Serve(string by) => (Status, booking) = (CareRequestStatus.Served, by);

        public string? Lose(string lost, CancelReason why)
        {
            if (booking != lost) return null;
            (booking, Owner, takenAt) = (null, null, null);
            (Status, var said) = why switch
            {
                CancelReason.PatientRequest => (CareRequestStatus.Cancelled, "called off"),
                CancelReason.Emergency => (CareRequestStatus.Served, "emergency"),
                _ => (CareRequestStatus.Open, "reopened"),
            };
            return said;
        }
    }
}
