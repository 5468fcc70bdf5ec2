using System.Collections.Concurrent;
using System.Net;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.EndToEnd;

/// <summary>Invariants 2 and 5: the server is killed at random moments under load; nothing acknowledged is lost or doubled.</summary>
[Trait("Category", "Slow")]
public sealed class CrashTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const int Cycles = 3;
    private const int Bookers = 8;
    private const int Flowing = 3;

    private sealed record Sent(Guid RequestId, string SlotId, Patient Patient, ApiClient Client, string? Refusal = null);

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task Killed_three_times_nothing_acknowledged_is_lost(string backend)
    {
        var seed = Seeds.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var site = await TestSite.Start(backend, postgres, TestTerritory.Of("crash", "sas-t", doctors: 8));
        var bookers = await Task.WhenAll(Enumerable.Range(1, 4).SelectMany(n => new[] { $"crash-reg-{n}", $"crash-pha-{n}" }).Select(site.SignIn));
        var windowEnds = DateTimeOffset.UtcNow.AddHours(46);
        var free = new ConcurrentQueue<string>((await bookers[0].Slots("crash", "free")).Where(s => (DateTimeOffset)s["start"]! < windowEnds).Select(s => (string)s["id"]!));
        var acknowledged = new ConcurrentDictionary<Guid, (Sent Sent, string BookingId)>();
        var unanswered = new ConcurrentBag<Sent>();

        for (var cycle = 1; cycle <= Cycles; cycle++)
        {
            using var stop = new CancellationTokenSource();
            var booking = Task.WhenAll(bookers.Take(Bookers).Select(b => BookUntil(b, free, acknowledged, unanswered, stop.Token)));
            // A cold server answers late on a busy machine: the random moment counts from when bookings flow.
            var before = acknowledged.Count;
            await Eventually.True(() => Task.FromResult(acknowledged.Count > before + Flowing), $"bookings flow in cycle {cycle}");
            await Task.Delay(random.Next(0, 600));
            await site.Server.Kill();
            await stop.CancelAsync();
            await booking;
            output.WriteLine($"{backend}, cycle {cycle}: {acknowledged.Count} acknowledged, {unanswered.Count} without an answer so far");
            await site.Server.Start();
        }

        Assert.True(acknowledged.Count > Cycles,
            $"Only {acknowledged.Count} bookings were acknowledged. {unanswered.Select(u => u.Refusal).FirstOrDefault(r => r is not null)}\n{site.Server.Output}");
        foreach (var (id, (sent, bookingId)) in acknowledged)
        {
            var repeated = await sent.Client.Book(sent.SlotId, sent.Patient, id);
            Assert.True(repeated.Status == HttpStatusCode.Created, $"{sent.SlotId} was acknowledged as {bookingId}, then: {repeated}");
            Assert.Equal(bookingId, (string?)repeated.Body!["bookingId"]);
        }
        var settled = new List<string>();
        foreach (var sent in unanswered)
        {
            // Unknown, not failed: the repeat says which, and says it for ever.
            var first = await sent.Client.Book(sent.SlotId, sent.Patient, sent.RequestId);
            var second = await sent.Client.Book(sent.SlotId, sent.Patient, sent.RequestId);
            Assert.Equal(HttpStatusCode.Created, first.Status);
            Assert.Equal((string?)first.Body!["bookingId"], (string?)second.Body!["bookingId"]);
            settled.Add((string)first.Body["bookingId"]!);
        }
        var all = acknowledged.Values.Select(a => a.BookingId).Concat(settled).ToArray();
        Assert.Equal(all.Length, all.Distinct().Count());
        foreach (var booker in bookers) booker.Dispose();
        Assert.Equal(0, await site.Server.Terminate());
        var (code, report) = await site.Verify();
        Assert.True(code == 0, report);
    }

    private static async Task BookUntil(ApiClient booker, ConcurrentQueue<string> free,
        ConcurrentDictionary<Guid, (Sent, string)> acknowledged, ConcurrentBag<Sent> unanswered, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && free.TryDequeue(out var slot))
        {
            var sent = new Sent(Guid.NewGuid(), slot, Patient.New(), booker);
            try
            {
                var answer = await booker.Book(sent.SlotId, sent.Patient, sent.RequestId);
                if (answer.Status == HttpStatusCode.Created) acknowledged[sent.RequestId] = (sent, (string)answer.Body!["bookingId"]!);
                else unanswered.Add(sent with { Refusal = $"{answer}" });
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
            {
                unanswered.Add(sent); // sent, perhaps done: the server was killed under it
                return;
            }
        }
    }
}
