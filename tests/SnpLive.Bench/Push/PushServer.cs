using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Boards;
using SnpLive.Grains.Ledger;
using SnpLive.Web;

namespace SnpLive.Bench.Push;

/// <summary>
/// The measured process: the whole server, and in the same process an opponent's way of telling screens. Its clicks come over HTTP from the other process, which
/// also has all the screens. Both speak by lines: "mark" and "report" are asked, numbers are answered.
/// </summary>
internal static class PushServer
{
    public const string Command = "push-server";
    public const string Ours = "ours";

    /// <param name="arguments">The system, the data folder, the web's content root.</param>
    public static async Task<int> Serve(string[] arguments)
    {
        var system = arguments[0];
        await using var opponent = system == Ours ? null : new PushOpponent(system);
        var feed = new StampingFeed(opponent);
        var reads = new ConcurrentDictionary<string, int>();
        await using var app = SnpApp.Build(
            ["--port", "0", "--data", arguments[1], "--contentRoot", arguments[2], "--demo-territories", "false", "--RateLimits:Enabled", "false", "--Limits:Connections", "20000"],
            builder =>
            {
                builder.Services.AddSingleton<BoardFeed>(feed);
                var ledger = builder.Services.Last(d => d.ServiceType == typeof(ILedger));
                builder.Services.AddSingleton(services => CountingLedger.Around((ILedger)(ledger.ImplementationInstance ?? ledger.ImplementationFactory!(services)), reads));
                builder.Logging.ClearProviders();
            });
        await app.StartAsync();
        if (opponent is not null) await opponent.Start();
        Console.WriteLine($"{new Uri(app.Urls.First()).Port} {opponent?.Port ?? 0}");
        var before = Effort.Now();
        using var pool = new QueueWatch();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line == "mark")
            {
                feed.Stamps.Clear();
                reads.Clear();
                before = Effort.Now();
                pool.Begin();
                Console.WriteLine("marked");
            }
            else
            {
                var used = Effort.Now() - before;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{used.Ticks};{pool.Waits};{Environment.WorkingSet};{string.Join(',', reads.Select(r => $"{r.Key}={r.Value}"))};{string.Join(',', feed.Stamps.Select(s => $"{s.Slot}={s.At}"))}"));
            }
        }
        return 0;
    }

    /// <summary>Notes when each change was committed; then tells as always, or as the opponent does.</summary>
    private sealed class StampingFeed(PushOpponent? opponent) : BoardFeed
    {
        public ConcurrentQueue<(string Slot, long At)> Stamps { get; } = new();

        public override void Tell(IGrainFactory grains, ImmutableArray<string> territories, AgendaChange change)
        {
            var at = Stopwatch.GetTimestamp();
            foreach (var slot in change.Slots) Stamps.Enqueue((slot.Facts.SlotId, at));
            if (opponent is null) base.Tell(grains, territories, change);
            else opponent.Changed(territories, change);
        }
    }
}

/// <summary>Counts what is asked of the ledger, by method.</summary>
public class CountingLedger : DispatchProxy
{
    private ILedger? ledger;
    private ConcurrentDictionary<string, int>? counts;

    internal static ILedger Around(ILedger ledger, ConcurrentDictionary<string, int> counts)
    {
        var proxy = Create<ILedger, CountingLedger>();
        var counting = (CountingLedger)(object)proxy;
        (counting.ledger, counting.counts) = (ledger, counts);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        counts!.AddOrUpdate(targetMethod!.Name, 1, (_, n) => n + 1);
        return targetMethod.Invoke(ledger, BindingFlags.DoNotWrapExceptions, null, args, CultureInfo.InvariantCulture);
    }
}
