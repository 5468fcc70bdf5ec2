using SnpLive.Grains.Ledger;
using SnpLive.Silo.Ledger;

namespace SnpLive.Tests.Ledger;

/// <summary>What every ledger promises about commits that follow one which is still under way; run on both backends.</summary>
public abstract class LedgerChainContract : LedgerHarness
{
    [Fact]
    public async Task A_chain_of_40_goes_in_one_batch_in_its_order()
    {
        var (ledger, gate) = await OpenGated();
        var results = await Together(ledger, gate, () =>
        [
            .. Chain(ledger, [.. Enumerable.Range(1, 40).Select(v => Sample.Booking("a", v, $"b-{v}", $"s-{v}", $"p-{v}"))]),
            .. Enumerable.Range(1, 5).Select(n => ledger.Append(Sample.Booking($"beside-{n}", 1, $"b-x{n}", $"s-x{n}", $"p-x{n}"))),
        ]);

        Assert.All(results, r => Assert.IsType<CommitResult.Appended>(r));
        Assert.Equal(45, gate.Batches.Last().Count);
        Assert.Equal(Enumerable.Range(1, 40).Select(v => (long)v), gate.Batches.Last().Where(c => c.Stream == "agenda/a").Select(c => c.Version));
        Assert.Equal(Enumerable.Range(1, 40).Select(v => (long)v), (await ledger.Read("agenda/a")).Tail.Select(c => c.Version));
    }

    [Fact]
    public async Task A_booking_and_its_end_right_behind_leave_no_place()
    {
        var (ledger, gate) = await OpenGated();
        var results = await Together(ledger, gate, () =>
        [
            // Neither has a claim in common: booked in spite of another booking, such a one has none.
            .. Chain(ledger, Sample.Plain("agenda/a") with { Occupy = [new("s-1", 1, "b-1")] }, Sample.Plain("agenda/a", 2) with { VacateBookings = ["b-1"] },
                Sample.Plain("agenda/a", 3) with { Occupy = [new("s-1", 1, "b-2")] }, Sample.Plain("agenda/a", 4) with { VacateBookings = ["b-2"] }),
        ]);

        Assert.All(results, r => Assert.IsType<CommitResult.Appended>(r));
        await Appended(ledger, Sample.Plain("agenda/a", 5) with { Occupy = [new("s-1", 1, "b-3")] });
    }

    [Fact]
    public async Task A_batch_is_no_larger_for_a_chain()
    {
        Options.MaxBatch = 8;
        var (ledger, gate) = await OpenGated();
        var results = await Together(ledger, gate, () =>
            [.. Chain(ledger, [.. Enumerable.Range(1, 20).Select(v => Sample.Plain("agenda/a", v))]), ledger.Append(Sample.Plain("agenda/b"))]);

        Assert.All(results, r => Assert.IsType<CommitResult.Appended>(r));
        // The stranger that came last did not wait for the whole chain.
        Assert.Equal([1, 8, 8, 5], gate.Batches.Select(b => b.Count));
        Assert.Contains(gate.Batches.ElementAt(2), c => c.Stream == "agenda/b");
    }

    [Fact]
    public async Task Behind_one_that_is_refused_a_whole_chain_is_fenced_and_its_neighbours_are_written()
    {
        var (ledger, gate) = await OpenGated();
        await Appended(ledger, Sample.Booking("elsewhere", 1, "b-0", "s-0", "taken"));
        var results = await Together(ledger, gate, () =>
        [
            .. Chain(ledger, Sample.Booking("a", 1, "b-1", "s-1", "p-1"), Sample.Booking("a", 2, "b-2", "s-2", "taken"), Sample.Booking("a", 3, "b-3", "s-3", "p-3"),
                Sample.Booking("a", 4, "b-4", "s-4", "p-4")),
            ledger.Append(Sample.Plain("agenda/b")),
        ]);

        Assert.IsType<CommitResult.Appended>(results[0]);
        Assert.IsType<CommitResult.ClaimTaken>(results[1]);
        Assert.All(results[2..4], r => Assert.IsType<CommitResult.Fenced>(r));
        Assert.IsType<CommitResult.Appended>(results[4]);
        Assert.Equal([1], await ledger.ReadVersions(["agenda/a"]));
        await Appended(ledger, Sample.Booking("a", 2, "b-3", "s-3", "p-3")); // nothing of it was left behind
    }

    [Fact]
    public async Task Behind_one_that_the_database_rejects_a_chain_is_fenced()
    {
        var (ledger, gate) = await OpenGated();
        var results = await Together(ledger, gate, () =>
        [
            .. Chain(ledger, Sample.Plain("agenda/a"), Sample.Plain("agenda/a", 2) with { Occupy = [new("s", 0, "b")] }, Sample.Plain("agenda/a", 3)),
            ledger.Append(Sample.Plain("agenda/b")),
        ]);

        Assert.Equal([typeof(CommitResult.Appended), typeof(CommitResult.Rejected), typeof(CommitResult.Fenced), typeof(CommitResult.Appended)], results.Select(r => r.GetType()));
        Assert.Equal([1, 1], await ledger.ReadVersions(["agenda/a", "agenda/b"]));
    }

    /// <summary>Another process wrote the very version, even under the very request: its content is another, and so is what may come after it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_follows_a_commit_that_somebody_else_wrote_is_fenced_although_its_version_is_right(bool sameRequest)
    {
        var (ledger, gate) = await OpenGated();
        var own = Sample.Plain("agenda/a");
        await Appended(IsShared ? await Open() : ledger, Sample.Plain("agenda/a", request: sameRequest ? own.RequestId : null));
        var results = await Together(ledger, gate, () => Chain(ledger, own, Sample.Plain("agenda/a", 2), Sample.Plain("agenda/a", 3)));

        Assert.IsType(sameRequest ? typeof(CommitResult.Duplicate) : typeof(CommitResult.Fenced), results[0]);
        Assert.All(results[1..], r => Assert.IsType<CommitResult.Fenced>(r));
        Assert.Equal([1], await ledger.ReadVersions(["agenda/a"]));

        // The same when the answer was there, though not yet heard, before the next was offered.
        var repeated = ledger.Append(own);
        await repeated;
        Assert.IsType<CommitResult.Fenced>(await ledger.Append(Sample.Plain("agenda/a", 2) with { Follows = repeated }));
        var appended = ledger.Append(Sample.Plain("agenda/a", 2));
        await appended;
        Assert.IsType<CommitResult.Appended>(await ledger.Append(Sample.Plain("agenda/a", 3) with { Follows = appended }));
    }

    [Fact]
    public async Task A_key_in_common_keeps_a_chain_apart_and_in_order()
    {
        var (ledger, gate) = await OpenGated();
        var results = await Together(ledger, gate, () => Chain(ledger,
            Sample.Plain("agenda/a") with { TakeClaims = [Sample.Claim("p", "b-1")] },
            Sample.Plain("agenda/a", 2),
            Sample.Plain("agenda/a", 3) with { DropClaims = [new("p", "gp", "b-1")] },
            Sample.Plain("agenda/a", 4) with { TakeClaims = [Sample.Claim("p", "b-2")] },
            Sample.Plain("agenda/a", 5)));

        Assert.All(results, r => Assert.IsType<CommitResult.Appended>(r));
        Assert.Equal([1, 2, 1, 2], gate.Batches.Select(b => b.Count));
        Assert.Equal("b-2", Assert.Single(await ledger.ReadClaims("p", Sample.Now)).Owner);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_chain_waits_for_the_batch_that_has_its_beginning(bool appended)
    {
        var (ledger, gate) = await OpenGated(Writers);
        if (!appended) await Appended(ledger, Sample.Plain("agenda/a"));
        gate.Hold();
        var first = ledger.Append(Sample.Plain("agenda/a"));
        await gate.Entered;
        gate.Pass();
        var second = ledger.Append(Sample.Plain("agenda/a", 2) with { Follows = first });
        var third = ledger.Append(Sample.Plain("agenda/a", 3) with { Follows = second });
        if (Writers > 1) await Appended(ledger, Sample.Plain("agenda/b")); // the other writer is free
        Assert.False(second.IsCompleted || third.IsCompleted);
        gate.Release();

        Assert.Equal(appended, await first is CommitResult.Appended);
        Assert.IsType(appended ? typeof(CommitResult.Appended) : typeof(CommitResult.Fenced), await second);
        Assert.IsType(appended ? typeof(CommitResult.Appended) : typeof(CommitResult.Fenced), await third);
        Assert.Equal(appended ? 1 : 0, gate.Batches.Count(b => b.Any(c => c.Version > 1))); // what cannot be written is not sent
    }

    [Fact]
    public async Task Behind_one_that_waited_too_long_nothing_is_sent()
    {
        Options.QueueWait = TimeSpan.FromMilliseconds(300);
        var (ledger, gate) = await OpenGated();
        gate.Hold();
        var plug = ledger.Append(Sample.Plain("plug/1"));
        await gate.Entered;
        var late = ledger.Append(Sample.Plain("agenda/a"));
        Assert.IsType<CommitResult.Unavailable>(await late);
        var second = ledger.Append(Sample.Plain("agenda/a", 1) with { Follows = late });
        var third = ledger.Append(Sample.Plain("agenda/a", 2) with { Follows = second });
        gate.Release();

        Assert.IsType<CommitResult.Appended>(await plug);
        Assert.True(await second is CommitResult.Fenced or CommitResult.Unavailable && await third is CommitResult.Fenced or CommitResult.Unavailable);
        Assert.Single(gate.Batches);
    }

    /// <summary>Batches that the backend writes at the same time.</summary>
    private int Writers => IsShared ? 2 : 1;

    /// <summary>Offers commits of one stream, each as following the one before.</summary>
    private static Task<CommitResult>[] Chain(DurableLedger ledger, params Commit[] commits)
    {
        var answers = new List<Task<CommitResult>>();
        foreach (var commit in commits) answers.Add(ledger.Append(commit with { Follows = answers.LastOrDefault() }));
        return [.. answers];
    }
}

public sealed class PostgresLedgerChainTests(PostgresServer server) : LedgerChainContract
{
    private PostgresStore store = null!;
    protected override bool IsShared => true;
    private protected override Task<int> Execute(string sql) => store.Execute(sql);
    private protected override async Task<LedgerOptions> NewStore() => (store = new(await server.NewDatabase())).Options;
}

public sealed class SqliteLedgerChainTests : LedgerChainContract
{
    private readonly SqliteStore store = new();
    protected override bool IsShared => false;
    private protected override Task<LedgerOptions> NewStore() => Task.FromResult(store.Options);
    private protected override Task<int> Execute(string sql) => store.Execute(sql);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        store.Dispose();
    }
}
