using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Calls;

/// <summary>The server is killed (<c>kill -9</c>) with 200 calls in flight: every acknowledged step is there afterwards, queues are right, no call has two holders.</summary>
[Trait("Category", "Slow")]
public sealed class CallCrashTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const string Centre = "sas-crash";
    private const int Operators = 20, CallsPerOperator = 10;

    /// <summary>What an operator was told about a call, step by step; <c>null</c>: the answer was lost.</summary>
    private sealed class Known(string id)
    {
        public string Id => id;
        public string? Holder { get; set; }
        public string? Priority { get; set; }
        public string? Level { get; set; }
        public bool Closed { get; set; }
        public (string What, JsonObject More, Guid RequestId)? Unanswered { get; set; }
    }

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task Killed_with_calls_in_flight_nothing_acknowledged_is_lost(string backend)
    {
        var seed = Seeds.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var site = await TestSite.Start(backend, postgres, ["--Centres:Lease=00:10:00"], CallTerritory.Of("crash", Centre, Operators));
        var desk = await Task.WhenAll(Enumerable.Range(1, Operators).Select(n => site.SignIn($"crash-osnp-{n}")));
        var calls = new ConcurrentDictionary<string, Known>();
        await Task.WhenAll(desk.Select(async one =>
        {
            for (var n = 0; n < CallsPerOperator; n++)
            {
                var id = (await one.Ring(Centre, take: true)).CallId();
                calls[id] = new(id) { Holder = one.Identity, Priority = "P2", Level = "osnp" };
            }
        }));
        Assert.Equal(Operators * CallsPerOperator, calls.Count);

        var steps = 0;
        var work = Task.WhenAll(desk.Select((one, n) => Work(one, [.. calls.Values.Where(c => c.Holder == one.Identity)], new Random(seed + n), () => Interlocked.Increment(ref steps))));
        await Eventually.True(() => Task.FromResult(Volatile.Read(ref steps) > 100), "work flows");
        await Task.Delay(random.Next(0, 300));
        await site.Server.Kill();
        await work;
        output.WriteLine($"{backend}: {steps} steps acknowledged, {calls.Values.Count(c => c.Unanswered is not null)} unanswered");
        await site.Server.Start();

        // An unanswered step is unknown, not failed: its repeat settles it, once.
        foreach (var call in calls.Values.Where(c => c.Unanswered is not null))
        {
            var (what, more, requestId) = call.Unanswered!.Value;
            var one = desk.Single(d => d.Identity == call.Holder);
            var (first, second) = (await one.On(call.Id, what, more, requestId), await one.On(call.Id, what, more, requestId));
            Assert.True(first.Status == HttpStatusCode.OK, $"{what} {first}");
            Assert.Equal(first.ToString(), second.ToString());
            Expect(call, what, more, one.Identity);
        }
        JsonObject[] queue = [];
        var open = calls.Values.Where(c => !c.Closed).Select(c => c.Id).Order(StringComparer.Ordinal).ToArray();
        await Eventually.True(async () =>
        {
            queue = [.. (await desk[0].Get($"/api/centres/{Centre}/queue")).Body!["calls"]!.AsArray().Select(c => c!.AsObject())];
            return queue.Select(c => (string)c["id"]!).Order(StringComparer.Ordinal).SequenceEqual(open);
        }, "the queue shows exactly the open calls");
        foreach (var row in queue)
        {
            var call = calls[(string)row["id"]!];
            Assert.Equal((call.Holder, call.Priority, call.Level), ((string?)row["holder"]?["id"], (string?)row["priority"], (string?)row["level"]));
        }
        foreach (var call in calls.Values.Where(c => c.Closed)) Assert.Equal("closed", (string?)(await desk[0].Get($"/api/calls/{call.Id}")).Body!["status"]);
        foreach (var one in desk) one.Dispose();
        Assert.Equal(0, await site.Server.Terminate());
        var (code, report) = await site.Verify();
        Assert.True(code == 0, report);
    }

    private static async Task Work(ApiClient one, Known[] mine, Random random, Action done)
    {
        while (true)
        {
            var held = mine.Where(c => c.Holder == one.Identity && !c.Closed).ToArray();
            if (held.Length == 0) return;
            var call = held[random.Next(held.Length)];
            var (what, more) = random.Next(10) switch
            {
                < 6 => ("qualify", new JsonObject { ["priority"] = $"P{random.Next(4)}" }),
                < 8 => ("note", new JsonObject { ["text"] = "vu" }),
                8 => ("transfer", new JsonObject { ["to"] = "regulation" }),
                _ => ("decide", new JsonObject { ["exit"] = "outOfScope" }),
            };
            var requestId = Guid.NewGuid();
            try
            {
                var answer = await one.On(call.Id, what, more, requestId);
                if (answer.Status != HttpStatusCode.OK)
                {
                    call.Unanswered = (what, more, requestId);
                    return;
                }
                Expect(call, what, more, one.Identity);
                done();
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
            {
                call.Unanswered = (what, more, requestId); // sent, perhaps done: the server was killed under it
                return;
            }
        }
    }

    private static void Expect(Known call, string what, JsonObject more, string by)
    {
        switch (what)
        {
            case "qualify": call.Priority = (string?)more["priority"]; break;
            case "transfer": (call.Level, call.Holder) = ("regulation", null); break;
            case "decide": (call.Closed, call.Holder) = (true, null); break;
            default: Assert.Equal(by, call.Holder); break;
        }
    }
}
