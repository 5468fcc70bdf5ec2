using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Calls;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using static SnpLive.Tests.Calls.CallSample;

namespace SnpLive.Tests.Calls;

/// <summary>
/// Any interleaving of operators' commands, hang-ups, bookings, crashes, stale activations and time: each call is at one level, with one holder at most, never
/// lost, and has no booking after an emergency exit (issue 4). Two activations of each call write through one ledger; each may be stale.
/// </summary>
public sealed class CallPropertyTests(ITestOutputHelper output)
{
    private const int Scripts = 200, Length = 120;

    /// <param name="Kind">What is done.</param>
    /// <param name="Call">Which call, modulo those there are.</param>
    /// <param name="Who">Which operator.</param>
    /// <param name="Wait">How long before.</param>
    /// <param name="More">Activation, exit, level, repeat.</param>
    public sealed record Op(int Kind, int Call, int Who, int Wait, int More);

    [Fact]
    public void Any_interleaving_keeps_the_invariants()
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("SNP_SEED"), CultureInfo.InvariantCulture, out var given) ? given : (ulong)Random.Shared.NextInt64();
        var clock = Stopwatch.StartNew();
        var (commands, met) = (0, new Dictionary<string, int>(StringComparer.Ordinal));
        var number = Gen.Choose(0, 255);
        var op = from kind in number from call in number from who in number from wait in number from more in number select new Op(kind, call, who, wait, more);
        var config = Config.QuickThrowOnFailure.WithMaxTest(Scripts).WithReplay(new Replay(new Rnd(seed), null)).WithQuietOnSuccess(true);
        try
        {
            Prop.ForAll(Arb.From(Gen.ArrayOf(op, Length)), ops =>
            {
                var world = new CallWorld();
                foreach (var one in ops) world.Do(one);
                world.Settle();
                commands += world.Commands;
                foreach (var (what, times) in world.Met) met[what] = met.GetValueOrDefault(what) + times;
            }).Check(config);
        }
        catch (Exception failure)
        {
            throw new Xunit.Sdk.XunitException($"SNP_SEED={seed} replays this.\n{failure.Message}");
        }
        output.WriteLine($"SNP_SEED={seed}: {commands} commands, {clock.Elapsed.TotalSeconds:F1} s. {string.Join(", ", met.OrderByDescending(m => m.Value).Select(m => $"{m.Key} {m.Value}"))}");
        Assert.True(commands > Scripts * 50, $"Only {commands} commands.");
        foreach (var needed in (string[])["fenced", "joined", "booked", "booking refused by the exit", "booking ended by the exit", "holder lost", "handed over", "escalated", "taken twice: refused", "repeated"])
            Assert.True(met.ContainsKey(needed), $"No script came to: {needed}.");
    }

    /// <summary>The calls of a centre, their ledger as dictionaries, and what operators were told.</summary>
    private sealed class CallWorld
    {
        private static readonly TimeSpan[] Waits =
            [TimeSpan.Zero, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(14), TimeSpan.FromSeconds(31), TimeSpan.FromMinutes(3), TimeSpan.FromHours(2)];
        private readonly Dictionary<(string, string), ClaimRow> claims = [];
        private readonly Dictionary<(string Stream, string Cause), DueRow> due = [];
        private readonly Dictionary<string, List<RecordedCommand>> streams = [];
        private readonly Dictionary<(string, Guid), (string Fingerprint, string Answer)> answers = [];
        private readonly Dictionary<string, CallState[]> activations = []; // two of each call: either may be stale
        private readonly Dictionary<string, CallState> read = [];
        private readonly Dictionary<string, string> told = []; // call → the operator who was last told to have it
        private readonly Dictionary<string, string> bookings = []; // active ones → their call
        private readonly List<(string Call, CallCommand Command)> sent = [];
        private DateTimeOffset now = Utc("2026-06-08T17:50:00Z"); // ten minutes before the night
        private int rung, booked;

        public int Commands { get; private set; }
        public Dictionary<string, int> Met { get; } = new(StringComparer.Ordinal);

        public void Do(Op op)
        {
            now += Waits[op.Wait % Waits.Length];
            if (op.Kind % 16 == 0 || activations.Count == 0) Ring(op);
            else if (op.Kind % 16 == 1) Book(op);
            else if (op.Kind % 16 == 2) Sweep();
            else if (op.Kind % 16 == 3 && sent.Count > 0) Repeat(op);
            else Execute(CallOf(op), Command(op), op.More % 2);
            if (activations.Count > 0) Check();
        }

        /// <summary>The sweeper serves what is due, until nothing is, long after.</summary>
        public void Settle()
        {
            now += TimeSpan.FromMinutes(1);
            for (var i = 0; i < 5; i++) Sweep();
            Check();
            foreach (var (booking, call) in bookings)
                Assert.True(Fresh(call).Call!.Status != CallStatus.Emergency, $"{booking} stands in a file of the AMU.");
        }

        private void Ring(Op op)
        {
            var id = $"{Centre}.c-{rung++:x24}";
            activations[id] = [CallState.Empty, CallState.Empty];
            Execute(id, CallSample.Ring(id, Who(op), number: $"number-{op.More % 4}", take: op.Call % 3 == 0), 0);
            if (!streams.ContainsKey("call/" + id)) activations.Remove(id); // refused
        }

        private CallCommand Command(Op op)
        {
            var (by, id, limit) = (Who(op), Guid.NewGuid(), DateTimeOffset.MaxValue);
            // Mostly who has the call goes on with it; now and then somebody else tries.
            if (op.Who % 4 != 0 && Fresh(CallOf(op)).Call?.Holder is { } has) by = Person(has.Person.Id, has.Person.Role);
            var exit = op.More % 2 == 0 ? CallExit.Appointment : (CallExit)(op.More % 9);
            return (op.Kind % 16) switch
            {
                4 or 5 or 6 => new TakeCall(false) { RequestId = id, Actor = by, NotAfter = limit },
                7 => new QualifyCall((CallPriority)(op.More % 5), null, null, op.More % 2 == 0 ? "M06.02" : null, null, null, null, null, null) { RequestId = id, Actor = by, NotAfter = limit },
                8 or 9 => new TransferCall(Pilot[op.More % 3].Id) { RequestId = id, Actor = by, NotAfter = limit },
                10 => new ReleaseCall { RequestId = id, Actor = by, NotAfter = limit },
                11 or 12 => new DecideCall(exit == CallExit.Emergency ? CallExit.Appointment : exit, null, null, by.Role == Role.Osnp ? "ordonnance" : null) { RequestId = id, Actor = by, NotAfter = limit },
                13 => new HangUp { RequestId = id, Actor = by, NotAfter = limit },
                14 => op.More % 3 == 0 ? new UndoEmergencyExit { RequestId = id, Actor = Presser(CallOf(op)) ?? by, NotAfter = limit } : new TakeEmergencyExit(now) { RequestId = id, Actor = by, NotAfter = limit },
                _ => Fresh(CallOf(op)).Call?.Holder is { } holder
                    ? new LoseHolder(holder.Person.Id, holder.Since) { RequestId = id, Actor = Actor.System, NotAfter = limit }
                    : new CloseCall { RequestId = id, Actor = by, NotAfter = limit },
            };
        }

        /// <summary>As the grain's shell: decide on what this activation knows, append, and once more on what is true when it was fenced.</summary>
        private CallAnswer Execute(string id, CallCommand command, int activation)
        {
            Commands++;
            sent.Add((id, command));
            for (var attempt = 0; attempt < 4; attempt++)
            {
                var before = activations[id][activation];
                if (before.AnswerTo(command.Actor.Id, command.RequestId) is { } first) return first.Answer;
                var outcome = CallDecider.Decide(before, id, command, now);
                if ((outcome.Refused is not null || outcome.Events.IsEmpty) && before.AnswersForgotten && answers.TryGetValue((command.Actor.Id, command.RequestId), out var old))
                    return CallFold.AnswerOf(old.Answer);
                if (outcome.Refused is { } refused)
                {
                    if (refused.Code == CallRefusal.CallTaken) Count("taken twice: refused");
                    return refused;
                }
                if (outcome.Events.IsEmpty) return new CallDone(id, before.Version, before.Call!.Status, before.Call.Level, false, false, null);
                var step = CallCommit.Build(before, id, command, outcome);
                if (answers.TryGetValue((command.Actor.Id, command.RequestId), out var known)) return CallFold.AnswerOf(known.Answer);
                if ((streams.GetValueOrDefault(step.Commit.Stream)?.Count ?? 0) != step.Commit.Version - 1)
                {
                    Count("fenced");
                    activations[id][activation] = Fresh(id);
                    continue;
                }
                if (Conflict(step.Commit) is { } taken)
                {
                    Assert.True(CallStreams.IsNumber(taken), $"{taken} is in the way of {command.GetType().Name}.");
                    command = ((RingCall)command) with { JoinTo = taken.Owner };
                    continue;
                }
                Append(step.Commit);
                activations[id][activation] = step.After;
                Tell(id, command, outcome, step.After);
                return step.After.Answers[^1].Answer;
            }
            throw new InvalidOperationException("No end.");
        }

        private void Tell(string id, CallCommand command, CallOutcome outcome, CallState after)
        {
            foreach (var e in outcome.Events)
                switch (e)
                {
                    case CallTaken taken:
                        Assert.False(told.TryGetValue(id, out var other), $"{id} was given to {taken.By.Id} while {other} has it.");
                        told[id] = taken.By.Id;
                        break;
                    case CallTransferred or CallReleased or CallClosed or CallWentToEmergency:
                        told.Remove(id);
                        break;
                    case CallHolderLost:
                        Count("holder lost");
                        told.Remove(id);
                        break;
                    case CallEmergencyUndone:
                        Count("undone");
                        if (after.Call!.Holder is { } again) told[id] = again.Person.Id;
                        break;
                    case CallJoined: Count("joined"); break;
                    case CallHandedOver: Count("handed over"); break;
                    case CallEscalated: Count("escalated"); break;
                }
            Assert.NotNull(command);
        }

        /// <summary>The agenda's side of a booking for a call: asked first, then one commit with the claim that the exit bars.</summary>
        private void Book(Op op)
        {
            var id = CallOf(op);
            if (Fresh(id).Call is { Holder.Person: { Role: Role.Osnp } osnp })
            {
                var holder = Person(osnp.Id, osnp.Role);
                Execute(id, new QualifyCall(null, null, null, "M06.02", null, null, null, null, null) { RequestId = Guid.NewGuid(), Actor = holder, NotAfter = DateTimeOffset.MaxValue }, 0);
                Execute(id, new DecideCall(CallExit.Appointment, null, null, "ordonnance") { RequestId = Guid.NewGuid(), Actor = holder, NotAfter = DateTimeOffset.MaxValue }, 0);
                // Sometimes the exit is taken, at the other activation, between what the booker saw and the booking.
                if (op.More % 3 == 0) Execute(id, new TakeEmergencyExit(now) { RequestId = Guid.NewGuid(), Actor = Arm(), NotAfter = DateTimeOffset.MaxValue }, 1);
            }
            // What the booker saw may be old: the ledger is the second lock.
            if (!activations[id].Any(seen => seen.Call is { Holder: { } holder } call && CallDecider.WhyNotBookable(call, Person(holder.Person.Id, holder.Person.Role), now) is null)) return;
            var booking = $"agenda-1.b{++booked}";
            var (key, name, owner) = CallStreams.Booking(id, booking);
            if (claims.TryGetValue((key, name), out var held) && held.Until > now && held.Owner != owner)
            {
                Count("booking refused by the exit");
                return;
            }
            Assert.NotEqual(CallStatus.Emergency, Fresh(id).Call!.Status);
            claims[(key, name)] = new(key, name, owner, DateTimeOffset.UnixEpoch);
            bookings[booking] = id;
            due[("call/" + id, CallStreams.ServedBy(booking))] = new("call/" + id, CallStreams.ServedBy(booking), now);
            Count("booked");
        }

        private void Sweep()
        {
            foreach (var row in due.Values.Where(d => d.At <= now).ToList())
            {
                if (row.Stream.StartsWith("call/", StringComparison.Ordinal) && activations.TryGetValue(row.Stream[5..], out var both))
                {
                    both[1] = Fresh(row.Stream[5..]); // woken, a grain reads again: one that is stale must not call a wake-up needless
                    Execute(row.Stream[5..], CallStreams.CommandOf(row.Stream[5..], row.Cause, Fresh(row.Stream[5..]).Version, DateTimeOffset.MaxValue), 1);
                }
                else if (Wakes.EmergencyBooking(row.Cause) is { } ended && bookings.Remove(ended)) Count("booking ended by the exit");
                if (due.TryGetValue((row.Stream, row.Cause), out var still) && still == row) due.Remove((row.Stream, row.Cause));
            }
        }

        /// <summary>A command that was sent before is sent again, after whatever crash: same answer, nothing more done.</summary>
        private void Repeat(Op op)
        {
            var (id, command) = sent[op.More * 7 % sent.Count];
            if (!activations.TryGetValue(id, out var both) || !answers.TryGetValue((command.Actor.Id, command.RequestId), out var first)) return;
            both[0] = both[1] = CallState.Empty; // a crash: both are gone
            both[0] = Fresh(id);
            both[1] = Fresh(id);
            var before = streams.Values.Sum(s => s.Count);
            Assert.Equal(CallFold.AnswerOf(first.Answer), Execute(id, command, 0));
            Assert.Equal(before, streams.Values.Sum(s => s.Count));
            Count("repeated");
        }

        private ClaimRow? Conflict(Commit c) => c.TakeClaims
            .Select(t => claims.TryGetValue((t.Holder, t.Key), out var held) && held.Until > c.OccurredAt && held.Owner != t.Owner ? held : null)
            .FirstOrDefault(t => t is not null);

        private void Append(Commit c)
        {
            foreach (var t in c.DropClaims)
                if (claims.TryGetValue((t.Holder, t.Key), out var held) && held.Owner == t.Owner) claims.Remove((t.Holder, t.Key));
            foreach (var t in c.TakeClaims) claims[(t.Holder, t.Key)] = t;
            foreach (var d in c.ClearDue) due.Remove((d.Stream, d.Cause));
            foreach (var d in c.SetDue) due[(d.Stream, d.Cause)] = d;
            var stream = streams.TryGetValue(c.Stream, out var known) ? known : streams[c.Stream] = [];
            stream.Add(new(c.Version, c.ActorId, c.RequestId, c.Fingerprint, c.Answer, c.OccurredAt, c.Schema, c.Payload));
            answers.Add((c.ActorId, c.RequestId), (c.Fingerprint, c.Answer));
            Assert.DoesNotContain("sealed", c.Payload, StringComparison.Ordinal);
        }

        private void Check()
        {
            foreach (var (id, _) in activations)
            {
                var state = Fresh(id);
                var call = state.Call!;
                Assert.NotNull(call.Rules.Level(call.Level));
                Assert.Equal(call.Status == CallStatus.InHand, call.Holder is not null);
                Assert.Equal(call.Status == CallStatus.Waiting, call.WaitingSince is not null);
                Assert.Equal(call.Holder?.Person.Id, told.GetValueOrDefault(id)); // who was told to have it, has it
                // Never lost: it is listed for its centre until it is archived, or it is part of one that is there.
                if (call.Status == CallStatus.Joined) Assert.Contains(call.JoinedTo!, activations.Keys);
                else Assert.True(call.Archived || claims.ContainsKey((CallStreams.Listing(Centre), id)), $"{id} is not listed.");
                // While it asks for somebody, time will wake it.
                if (call.Status == CallStatus.Waiting) Assert.Contains(("call/" + id, CallStreams.Time), due.Keys);
                foreach (var expected in CallClaims.Of(state).Where(c => c.Until > now)) Assert.Equal(expected, claims[(expected.Holder, expected.Key)]);
            }
            var owned = activations.Keys.SelectMany(id => CallClaims.Of(Fresh(id))).ToHashSet();
            Assert.All(claims.Values.Where(c => c.Until > now), c => Assert.Contains(c, owned));
        }

        /// <summary>What the log says, through its JSON, half of it by way of a snapshot.</summary>
        private CallState Fresh(string id)
        {
            if (!streams.TryGetValue("call/" + id, out var commands)) return CallState.Empty;
            if (read.TryGetValue(id, out var known) && known.Version == commands.Count) return known;
            var half = CallFold.Load(new(null, [.. commands.Take(commands.Count / 2)]));
            return read[id] = CallFold.Load(new(half.Version == 0 ? null : CallFold.ToSnapshot(half), [.. commands.Skip((int)half.Version)]));
        }

        private Actor? Presser(string id) => Fresh(id).Call!.Emergency is { Confirmed: false } pressed ? Person(pressed.By.Id, pressed.By.Role) : null;

        private string CallOf(Op op) => activations.Keys.ElementAt(op.Call % activations.Count);

        private static Actor Who(Op op) => (op.Who % 3) switch { 0 => Osnp(1 + op.Who % 2), 1 => Arm(1 + op.Who % 2), _ => Doctor(1 + op.Who % 2) };

        private void Count(string what) => Met[what] = Met.GetValueOrDefault(what) + 1;
    }
}
