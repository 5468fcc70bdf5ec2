using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Calls;

/// <summary>50 operators hammer “take next” on one queue over HTTP: no call is taken twice, and the order is priority, then wait.</summary>
[Trait("Category", "Slow")]
public sealed class TakeNextRaceTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const string Centre = "sas-race";
    private const int Operators = 50, Calls = 150;

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task No_call_is_taken_twice_and_the_order_is_kept(string backend)
    {
        var random = new Random(Seeds.Next());
        await using var site = await TestSite.Start(backend, postgres, ["--Centres:Lease=00:10:00"], CallTerritory.Of("race", Centre, Operators));
        var desk = await Task.WhenAll(Enumerable.Range(1, Operators).Select(n => site.SignIn($"race-osnp-{n}")));
        var doctor = await site.SignIn("race-reg-1");

        // Calls that were qualified by a doctor and passed to the operators' queue, in waves of known order.
        string[] priorities = ["P0", "P1", "P2", "P3", "NR"];
        var order = new Dictionary<string, (int Priority, int Wait)>();
        for (var n = 0; n < Calls; n++)
        {
            var priority = random.Next(priorities.Length);
            var call = (await desk[n % Operators].Ring(Centre, take: true)).CallId();
            await Ok(desk[n % Operators].On(call, "qualify", new() { ["priority"] = priorities[priority] }));
            await Ok(desk[n % Operators].On(call, "release"));
            order[call] = (priority, n);
        }
        JsonArray queue = null!;
        await Eventually.True(async () => (queue = (await doctor.Get($"/api/centres/{Centre}/queue")).Body!["calls"]!.AsArray()).Count == Calls, "all wait");
        var expected = order.OrderBy(o => o.Value.Priority).ThenBy(o => o.Value.Wait).Select(o => o.Key).ToArray();
        Assert.Equal(expected, queue.Select(c => (string)c!["id"]!));

        var taken = new ConcurrentQueue<(string Call, string Operator)>();
        var waits = new ConcurrentBag<double>();
        await Task.WhenAll(desk.Select(async one =>
        {
            while (true)
            {
                var clock = Stopwatch.StartNew();
                var answer = await one.TakeNext(Centre);
                waits.Add(clock.Elapsed.TotalMilliseconds);
                if (answer.Code == "queue-empty") return;
                Assert.True(answer.Status == HttpStatusCode.OK, $"{answer}");
                taken.Enqueue((answer.CallId(), one.Identity));
            }
        }));
        Assert.Equal(order.Keys.Order(StringComparer.Ordinal), taken.Select(t => t.Call).Order(StringComparer.Ordinal)); // each once
        foreach (var (call, who) in taken.Take(20)) Assert.Equal(who, (string?)(await doctor.Get($"/api/calls/{call}")).Body!["holder"]!["id"]);
        // Nobody is passed over: a call that stood before this one and is not answered yet is on its way to another operator, and each asks once at a time.
        var place = expected.Select((call, i) => (call, i)).ToDictionary(p => p.call, p => p.i);
        var came = taken.Select(t => place[t.Call]).ToArray();
        for (var i = 0; i < came.Length; i++)
            Assert.True(came.Skip(i).Count(later => later < came[i]) < Operators, $"Number {came[i]} came while more than {Operators - 1} before it waited.");
        var sorted = waits.Order().ToArray();
        output.WriteLine($"{backend}: {taken.Count} calls to {Operators} operators at once, median {sorted[sorted.Length / 2]:F0} ms, 99 % {sorted[sorted.Length * 99 / 100]:F0} ms");

        foreach (var one in desk) one.Dispose();
        doctor.Dispose();
        Assert.Equal(0, await site.Server.Terminate());
        var (code, report) = await site.Verify();
        Assert.True(code == 0, report);
    }

    [Fact]
    public async Task One_after_the_other_they_come_exactly_in_order()
    {
        await using var site = await TestSite.Start(Backends.Sqlite, postgres, CallTerritory.Of("order", Centre, 1));
        using var osnp = await site.SignIn("order-osnp-1");
        var calls = new List<(string Id, int Priority)>();
        foreach (var (priority, rank) in ((string, int)[])[("P3", 3), ("P2", 2), ("P0", 0), ("NR", 4), ("P2", 2), ("P1", 1), ("P0", 0)])
        {
            var call = (await osnp.Ring(Centre, take: true)).CallId();
            await Ok(osnp.On(call, "qualify", new() { ["priority"] = priority }));
            await Ok(osnp.On(call, "release"));
            calls.Add((call, rank));
        }
        await Eventually.True(async () => (await osnp.Get($"/api/centres/{Centre}/queue")).Body!["calls"]!.AsArray().Count(c => (string?)c!["status"] == "waiting") == calls.Count, "all wait");
        var taken = new List<string>();
        while (await osnp.TakeNext(Centre) is { Status: HttpStatusCode.OK } answer) taken.Add(answer.CallId());
        Assert.Equal(calls.OrderBy(c => c.Priority).Select(c => c.Id), taken); // OrderBy keeps equals as they came
    }

    private static async Task Ok(Task<ApiAnswer> sending)
    {
        var answer = await sending;
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer}");
    }
}
