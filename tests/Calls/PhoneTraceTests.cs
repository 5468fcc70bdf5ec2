using SnpLive.Grains.Calls;
using SnpLive.Grains.People;
using SnpLive.Tests.Support;
using static SnpLive.Tests.Calls.CallSample;

namespace SnpLive.Tests.Calls;

/// <summary>A busy hour at the telephone (<see cref="BusyHour"/>), shuffled and with repeats, comes to the same calls as in order.</summary>
public sealed class PhoneTraceTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Start = Utc("2026-06-08T08:00:00Z");

    [Fact]
    public void A_recorded_hour_shuffled_and_with_repeats_comes_to_the_same_calls()
    {
        var seed = Seeds.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var trace = BusyHour.Lines.Select(line => ($"{Centre}.c-{line.Call[1..].PadLeft(24, '0')}", Fact: line.FactOf(Start, agent => agent))).ToArray();
        var inOrder = Replay(trace);
        for (var round = 0; round < 10; round++)
        {
            var told = trace.Concat(trace.Where(_ => random.Next(3) == 0)).ToArray();
            random.Shuffle(told);
            var shuffled = Replay(told);
            Assert.Equal(inOrder.Keys.Order(StringComparer.Ordinal), shuffled.Keys.Order(StringComparer.Ordinal));
            foreach (var (id, call) in inOrder) Assert.Equal(Seen(call), Seen(shuffled[id]));
        }
        Assert.Equal(trace.Select(t => t.Item1).Distinct().Count(), inOrder.Count);
        Assert.Contains(inOrder.Values, c => c.ShortAbandon);
        Assert.Contains(inOrder.Values, c => c is { Status: CallStatus.Waiting, CallerOnLine: false });
        Assert.Contains(inOrder.Values, c => c.Level == "regulation" && c.Holder is not null);
    }

    [Fact]
    public void What_is_heard_late_moves_nothing_back_once_an_operator_has_acted()
    {
        var call = new OneCall();
        Tell(call, new("e2", PhoneKind.Answered, Start.AddSeconds(10), new("osnp-1", Role.Osnp), null), Start.AddSeconds(11));
        call.Transfer(Osnp(1), "regulation", Start.AddSeconds(60));
        call.Take(Doctor(), Start.AddSeconds(70));
        Tell(call, new("e1", PhoneKind.Ringing, Start, null, null), Start.AddSeconds(80));
        Tell(call, new("e2", PhoneKind.Answered, Start.AddSeconds(10), new("osnp-1", Role.Osnp), null), Start.AddSeconds(81));
        Assert.Equal((CallStatus.InHand, "regulation", "reg-1"), (call.Call.Status, call.Call.Level, call.Call.Holder!.Person.Id));
        Assert.Equal((Start, Start.AddSeconds(10)), (call.Call.RangAt, call.Call.Steps[0].AnsweredAt!.Value)); // the pick-up time is right all the same
    }

    private static Dictionary<string, Call> Replay(IReadOnlyList<(string Call, PhoneFact Fact)> told)
    {
        var calls = new Dictionary<string, OneCall>(StringComparer.Ordinal);
        var now = Start.AddHours(2);
        foreach (var (id, fact) in told)
        {
            if (!calls.TryGetValue(id, out var call)) calls[id] = call = new(id);
            Tell(call, fact, now);
        }
        return calls.ToDictionary(c => c.Key, c => c.Value.Call, StringComparer.Ordinal);
    }

    private static void Tell(OneCall call, PhoneFact fact, DateTimeOffset now) => Assert.Null(call.Do(
        new HearPhone(fact, Ring(call.Id, Actor.System)) { RequestId = Guid.NewGuid(), Actor = Actor.System, NotAfter = DateTimeOffset.MaxValue }, now));

    private static object Seen(Call c) => (
        c.RangAt, c.Status, c.Level, c.Holder, c.CallerOnLine, c.HungUpAt, c.ShortAbandon, c.ClosedAt, string.Join(';', c.Steps.Select(s => s.ToString())), string.Join(';', c.Heard.Select(h => h.EventId)));
}
