using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using SnpLive.Grains.Ledger;
using SnpLive.Silo.Ledger;

namespace SnpLive.Tests.Ledger;

public sealed class DueSweeperTests : LedgerHarness
{
    private readonly SqliteStore store = new();
    private readonly MovableClock clock = new();
    private protected override TimeProvider Clock => clock;
    protected override bool IsShared => false;
    private protected override Task<LedgerOptions> NewStore() => Task.FromResult(store.Options);
    private protected override Task<int> Execute(string sql) => store.Execute(sql);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        store.Dispose();
    }

    [Fact]
    public async Task What_is_due_is_served_once_and_what_is_not_waits()
    {
        var ledger = await Open();
        await SetDue(ledger, ("x", 0), ("y", 5));
        var handler = new Handler();
        using var sweeper = Sweeper(ledger, handler);

        await sweeper.Sweep(default);
        await sweeper.Sweep(default);
        Assert.Equal(["x"], handler.Served.Select(d => d.Cause));
        clock.Now = Sample.Now.AddMinutes(5);
        await sweeper.Sweep(default);
        Assert.Equal(["x", "y"], handler.Served.Select(d => d.Cause));
        Assert.Empty(await ledger.ReadDue(Sample.Now.AddDays(1), 10));
    }

    [Fact]
    public async Task A_wake_up_set_anew_while_it_was_served_stays()
    {
        var ledger = await Open();
        await SetDue(ledger, ("x", 0));
        using var sweeper = Sweeper(ledger, new Handler { Serve = async _ => await Appended(ledger, Sample.Plain("agenda/a", 2) with { SetDue = [new("agenda/a", "x", Sample.Now.AddMinutes(9))] }) });
        await sweeper.Sweep(default);
        Assert.Equal(Sample.Now.AddMinutes(9), Assert.Single(await ledger.ReadDue(Sample.Now.AddDays(1), 10)).At);
    }

    [Fact]
    public async Task Failing_and_hanging_wake_ups_are_repeated_with_a_pause_and_hide_nobody()
    {
        (Options.SweepBatch, Options.WakeTimeout, Options.WakeBackOff) = (2, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(300));
        var ledger = await Open();
        await SetDue(ledger, ("1-fails", -3), ("2-hangs", -2), ("3-good", -1));
        var attempts = new ConcurrentQueue<string>();
        var cured = false;
        using var sweeper = Sweeper(ledger, new Handler
        {
            Serve = row =>
            {
                attempts.Enqueue(row.Cause);
                if (cured || row.Cause == "3-good") return Task.CompletedTask;
                return row.Cause == "2-hangs" ? new TaskCompletionSource().Task : throw new InvalidOperationException("on purpose");
            },
        });

        await sweeper.Sweep(default);
        await sweeper.Sweep(default);
        await sweeper.Sweep(default);
        Assert.Equal(["1-fails", "2-hangs", "3-good"], attempts.Order()); // one attempt each; the good one is reached behind the two
        cured = true;
        await Task.Delay(400);
        await sweeper.Sweep(default);
        Assert.Equal(5, attempts.Count);
        Assert.Empty(await ledger.ReadDue(Sample.Now, 10));
    }

    [Fact]
    public async Task A_commit_that_is_due_at_once_nudges_the_sweeper()
    {
        Options.SweepInterval = TimeSpan.FromMinutes(10);
        var ledger = await Open();
        var handler = new Handler();
        using var sweeper = Sweeper(ledger, handler);
        await sweeper.StartAsync(default);
        await Task.Delay(100); // its first look finds nothing
        await SetDue(ledger, ("x", 0));
        Assert.Equal("x", (await handler.First.WaitAsync(TimeSpan.FromSeconds(5))).Cause);
        await sweeper.StopAsync(default);
    }

    [Fact]
    public async Task A_database_that_is_away_is_asked_with_pauses()
    {
        (Options.SweepInterval, Options.WakeBackOff) = (TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(100));
        var ledger = await Open();
        var reads = 0;
        using var sweeper = Sweeper(new Absent(() => reads++), new Handler());
        await sweeper.StartAsync(default);
        await Task.Delay(650); // pauses of 100, 200, 400 ms: at most four reads
        await sweeper.StopAsync(default);
        Assert.InRange(reads, 1, 4);
        await ledger.DisposeAsync();
    }

    private DueSweeper Sweeper(ILedger ledger, IDueHandler handler) => new(ledger, handler, Signal, Options, clock, NullLogger<DueSweeper>.Instance);

    private static Task SetDue(DurableLedger ledger, params (string Cause, int Minutes)[] due) =>
        Appended(ledger, Sample.Plain("agenda/a") with { SetDue = [.. due.Select(d => new DueRow("agenda/a", d.Cause, Sample.Now.AddMinutes(d.Minutes)))] });

    private sealed class Handler : IDueHandler
    {
        private readonly TaskCompletionSource<DueRow> first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public ConcurrentQueue<DueRow> Served { get; } = new();
        public Func<DueRow, Task> Serve { get; init; } = _ => Task.CompletedTask;
        public Task<DueRow> First => first.Task;

        public async Task Wake(DueRow due)
        {
            await Serve(due);
            Served.Enqueue(due);
            first.TrySetResult(due);
        }
    }

    private sealed class MovableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Sample.Now;
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
