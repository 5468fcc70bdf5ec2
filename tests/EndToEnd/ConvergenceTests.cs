using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Boards;
using SnpLive.Grains.Ledger;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Live;
using SnpLive.Tests.Support;
using SnpLive.Web;

namespace SnpLive.Tests.EndToEnd;

/// <summary>
/// Invariant 8: fifty screens, some cut and reconnected under load, one tell in five from agenda to board lost on purpose. After quiet every
/// picture equals the fold of the ledger.
/// </summary>
[Trait("Category", "Slow")]
public sealed class ConvergenceTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const string Territory = "conv";
    private const int Doctors = 4;
    private const int Screens = 50;
    private const int Bookers = 6;
    private static readonly TimeSpan Load = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task After_quiet_every_picture_equals_the_ledger(string backend)
    {
        var seed = Seeds.Next();
        output.WriteLine($"seed {seed}");
        var lossy = new LossyFeed(new Random(seed));
        using var folder = new TemporaryFolder();
        var storage = await Backends.Options(backend, postgres);
        await using var app = SnpApp.Build(
            ["--port", "0", "--data", folder.File("data"), "--contentRoot", Repository.Web, "--demo-territories", "false", .. storage],
            builder => { builder.Services.AddSingleton<BoardFeed>(lossy); builder.Logging.SetMinimumLevel(LogLevel.Error); });
        await app.StartAsync();
        var address = new Uri(app.Urls.First());
        var import = await Tool.Run(["import", .. TestTerritory.Write(folder, TestTerritory.Of(Territory, "sas-t", Doctors)), "--port", $"{address.Port}", "--data", folder.File("data")]);
        Assert.True(import.ExitCode == 0, import.Output);

        var people = await Task.WhenAll(Enumerable.Range(1, 4).SelectMany(n => new[] { $"conv-reg-{n}", $"conv-pha-{n}" }).Select(p => ApiClient.SignIn(address, p)));
        var screens = new Screen[Screens];
        for (var n = 0; n < Screens; n++) screens[n] = await Screen.Open(people[n % people.Length]);

        using var stop = new CancellationTokenSource(Load);
        var working = people.Take(Bookers).Select((p, n) => Work(p, new Random(seed + n + 1), stop.Token)).ToArray();
        var chaos = Chaos(screens, new Random(seed - 1), stop.Token);
        var done = await Task.WhenAll(working);
        await chaos;
        output.WriteLine($"{backend}: {done.Sum()} commands accepted, {lossy.Lost} of {lossy.Told} tells lost, {screens.Sum(s => s.Cuts)} cuts");
        Assert.True(lossy.Lost > 0 && done.Sum() > 50 && screens.Sum(s => s.Cuts) > 5, "The test did not press.");

        var differences = "";
        await Eventually.True(async () =>
        {
            var truth = await Truth(app.Services.GetRequiredService<ILedger>());
            differences = string.Join("\n", screens.Select(s => s.Differs(truth)).OfType<string>().Take(5));
            return differences.Length == 0;
        }, "all pictures equal the ledger", Quiet, () => differences);

        foreach (var screen in screens) await screen.DisposeAsync();
        foreach (var person in people) person.Dispose();
        await app.StopAsync();
    }

    /// <summary>One person at work: holds, releases, books, cancels, on few slots so that they meet.</summary>
    private static async Task<int> Work(ApiClient person, Random random, CancellationToken stop)
    {
        var (accepted, holds, bookings) = (0, new List<string>(), new List<string>());
        var slots = (await person.Slots(Territory)).Where(s => (DateTimeOffset)s["start"]! > DateTimeOffset.UtcNow.AddMinutes(30)).Take(40).Select(s => (string)s["id"]!).ToArray();
        while (!stop.IsCancellationRequested)
        {
            var slot = slots[random.Next(slots.Length)];
            var answer = random.Next(5) switch
            {
                0 or 1 => await person.Hold(slot),
                2 when holds.Count > 0 => await person.Post($"/api/holds/{Take(holds, random)}/release", Command()),
                3 when bookings.Count > 0 => await person.Post($"/api/bookings/{Take(bookings, random)}/cancel", Command("reason", "patientRequest")),
                _ => await person.Book(slot, Patient.New()),
            };
            Assert.True((int)answer.Status < 500, $"{answer}");
            if ((int)answer.Status >= 300) continue;
            accepted++;
            if (answer.Body?["bookingId"] is { } booking) bookings.Add((string)booking!);
            else if (answer.Body?["holdId"] is { } hold) holds.Add((string)hold!);
        }
        foreach (var hold in holds) await person.Post($"/api/holds/{hold}/release", Command());
        return accepted;
    }

    private static System.Text.Json.Nodes.JsonObject Command(string? name = null, string? value = null)
    {
        var body = new System.Text.Json.Nodes.JsonObject { ["requestId"] = Guid.NewGuid() };
        if (name is not null) body[name] = value;
        return body;
    }

    private static string Take(List<string> from, Random random)
    {
        var at = random.Next(from.Count);
        var taken = from[at];
        from.RemoveAt(at);
        return taken;
    }

    private static async Task Chaos(Screen[] screens, Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await screens[random.Next(screens.Length)].Reconnect();
            await Task.Delay(random.Next(20, 150), CancellationToken.None);
        }
    }

    /// <summary>What the ledger says, by folding every agenda's stream anew.</summary>
    private static async Task<ImmutableDictionary<string, string>> Truth(ILedger ledger)
    {
        var (now, truth) = (DateTimeOffset.UtcNow, ImmutableDictionary.CreateBuilder<string, string>());
        for (var n = 1; n <= Doctors; n++)
        {
            var agenda = $"{Territory}-agenda-{n}";
            var state = AgendaFold.Load(await ledger.Read(AgendaIds.Stream(agenda)));
            foreach (var slot in state.ToPicture(agenda, now, now.AddHours(47)).Slots)
                truth[slot.Facts.SlotId] = $"{SlotStates.Of(slot, now)} {slot.Taken}".ToLowerInvariant();
        }
        return truth.ToImmutable();
    }

    /// <summary>A screen that may be cut; it comes back with what it knew.</summary>
    private sealed class Screen(ApiClient person, LiveClient client) : IAsyncDisposable
    {
        private LiveClient client = client;

        public int Cuts { get; private set; }

        public static async Task<Screen> Open(ApiClient person) => new(person, await Connect(person));

        public async Task Reconnect()
        {
            var known = client.Picture(Territory);
            client.Cut();
            await client.DisposeAsync();
            Cuts++;
            client = await Connect(person, known);
        }

        public string? Differs(ImmutableDictionary<string, string> truth)
        {
            if (client.Picture(Territory) is not { } picture) return "no picture";
            foreach (var (slot, expected) in truth)
            {
                var shown = picture.Slots.TryGetValue(slot, out var view)
                    ? $"{view.GetProperty("state").GetString()!.Replace("-", "")} {view.GetProperty("taken").GetInt32()}"
                    : "nothing";
                if (shown != expected) return $"{slot}: shows {shown}, the ledger says {expected}";
            }
            return null;
        }

        public ValueTask DisposeAsync() => client.DisposeAsync();

        private static async Task<LiveClient> Connect(ApiClient person, LivePicture? known = null)
        {
            var connected = await LiveClient.ConnectAsync(person.Address, [new("Cookie", person.Cookies.GetCookieHeader(person.Address))]);
            await connected.WatchAsync([Territory], known);
            return connected;
        }
    }

    /// <summary>Loses one tell in five.</summary>
    private sealed class LossyFeed(Random random) : BoardFeed
    {
        private int told, lost;

        public int Told => told;
        public int Lost => lost;

        public override void Tell(IGrainFactory grains, ImmutableArray<string> territories, AgendaChange change)
        {
            Interlocked.Increment(ref told);
            bool lose;
            lock (random) lose = random.Next(5) == 0;
            if (lose) Interlocked.Increment(ref lost);
            else base.Tell(grains, territories, change);
        }
    }
}
