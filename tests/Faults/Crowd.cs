using System.Diagnostics;
using System.Net;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Live;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Faults;

/// <summary>Everybody wants the same few slots, while many screens look on.</summary>
internal static class Crowd
{
    private const string Territory = "foire";
    private const int ConnectingAtOnce = 16;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);

    /// <summary>Each caller tries for so many of the slots, in an order of his own, until he has one.</summary>
    /// <returns>What happened, for people.</returns>
    public static async Task<string> Race(string backend, PostgresServer postgres, int callers, int slots, int tries, int screens, int seed)
    {
        await using var site = await TestSite.StartOn([.. await Backends.Options(backend, postgres), "--RateLimits:Enabled", "false"], TestTerritory.Of(Territory, "sas-f", doctors: 4));
        var people = await Task.WhenAll(Enumerable.Range(1, 4).SelectMany(n => new[] { $"{Territory}-reg-{n}", $"{Territory}-pha-{n}" }).Select(site.SignIn));
        var wanted = (await people[0].Slots(Territory, "free")).Skip(12).Take(slots).Select(s => (string)s["id"]!).ToArray();
        var watching = new LiveClient[screens];
        await Parallel.ForEachAsync(Enumerable.Range(0, screens), new ParallelOptions { MaxDegreeOfParallelism = ConnectingAtOnce }, async (n, _) =>
        {
            var person = people[n % people.Length];
            watching[n] = await LiveClient.ConnectAsync(site.Server.Address, [new("Cookie", person.Cookies.GetCookieHeader(site.Server.Address))]);
            await watching[n].WatchAsync(Territory);
            await watching[n].UntilAsync(s => s.Picture(Territory) is not null, "the picture");
        });
        var clock = Stopwatch.StartNew();
        var (won, refused) = (new System.Collections.Concurrent.ConcurrentBag<(string Slot, string Booking)>(), 0);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            var order = wanted.ToArray();
            new Random(seed + caller).Shuffle(order);
            var patient = Patient.New();
            foreach (var slot in order.Take(tries))
            {
                var answer = await people[caller % people.Length].Book(slot, patient);
                if (answer.Status == HttpStatusCode.Created)
                {
                    won.Add((slot, (string)answer.Body!["bookingId"]!));
                    return;
                }
                Assert.True(answer.Code == "slot-taken", $"{answer}");
                Interlocked.Increment(ref refused);
            }
        }));
        var raced = clock.Elapsed;
        Assert.Equal(wanted.Order(StringComparer.Ordinal), won.Select(w => w.Slot).Order(StringComparer.Ordinal));
        Assert.Equal(slots, won.Select(w => w.Booking).Distinct().Count());
        clock.Restart();
        foreach (var screen in watching) await screen.UntilAsync(s => wanted.All(w => s.Picture(Territory)!.StateOf(w) == "booked"), "every screen shows all slots as booked", Quiet);
        var seen = clock.Elapsed;
        foreach (var screen in watching) await screen.DisposeAsync();
        foreach (var person in people) person.Dispose();
        await site.Server.Terminate();
        var (code, report) = await site.Verify();
        Assert.True(code == 0, report);
        return $"{backend}: {callers} callers for {slots} slots before {screens} screens (seed {seed}): {won.Count} booked, {refused} refusals in {raced.TotalSeconds:F1} s; all screens right {seen.TotalMilliseconds:F0} ms later";
    }
}
