using SnpLive.Grains.Ledger;
using SnpLive.Silo.Ledger;

namespace SnpLive.Tests.Ledger;

public sealed class PostgresLedgerTests(PostgresServer server) : LedgerContract
{
    private PostgresStore store = null!;
    protected override bool IsShared => true;
    private protected override Task<int> Execute(string sql) => store.Execute(sql);
    private protected override async Task<LedgerOptions> NewStore() => (store = new(await server.NewDatabase())).Options;

    [Fact]
    public async Task Processes_that_create_the_schema_at_once_are_safe()
    {
        var ledgers = await OpenProcesses(6);
        await Appended(ledgers[5], Sample.Plain("agenda/a"));
        Assert.Equal([1], await ledgers[0].ReadVersions(["agenda/a"]));
        Assert.Equal(1L, await store.Scalar("SELECT count(*) FROM meta"));
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await (await Open()).DisposeAsync();
        await Execute("UPDATE meta SET value = 99");
        Assert.Contains("version 99", (await Assert.ThrowsAsync<InvalidOperationException>(Open)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_batches_are_under_way_at_once_and_share_no_key()
    {
        var (ledger, gate) = await OpenGated(writers: 2);
        gate.Hold();
        var first = ledger.Append(Sample.Booking("a", 1, "b-1", "s-1", "p-1"));
        await gate.Entered;
        gate.Pass();
        // Behind the first: its stream, its patient, its place. Beside it: a stranger to all of them.
        var behind = new[] { Sample.Plain("agenda/a", 2), Sample.Booking("b", 1, "b-2", "s-2", "p-1"), Sample.Plain("agenda/c") with { Occupy = [new("s-1", 1, "b-3")] } }.Select(ledger.Append).ToArray();
        Assert.IsType<CommitResult.Appended>(await ledger.Append(Sample.Booking("d", 1, "b-4", "s-4", "p-4")).WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.DoesNotContain(behind.Append(first), one => one.IsCompleted);
        gate.Release();
        Assert.IsType<CommitResult.Appended>(await first);
        var results = await Task.WhenAll(behind);
        Assert.IsType<CommitResult.Appended>(results[0]);
        Assert.IsType<CommitResult.ClaimTaken>(results[1]);
        Assert.IsType<CommitResult.PlaceTaken>(results[2]);
    }

    [Fact]
    public async Task A_deadlock_is_retried_and_does_not_escape()
    {
        Options.LockTimeout = TimeSpan.FromSeconds(5);
        var ledger = await Open();
        await Appended(ledger, Sample.Plain("agenda/a") with { TakeClaims = [Sample.Claim("p-1", "b"), Sample.Claim("p-2", "b")] });
        await using var stranger = await store.Connect();
        // The other side waits longer before it looks for deadlocks: the ledger's statement is always the victim.
        await Run("SET deadlock_timeout = '30s'; BEGIN; UPDATE claim SET taken_at = now() WHERE holder = 'p-2'");
        var extending = ledger.Append(Sample.Plain("agenda/a", 2) with { TakeClaims = [Sample.Claim("p-1", "b", 50), Sample.Claim("p-2", "b", 50)] });
        await store.Until("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
        using var aborts = new CounterProbe("snplive.ledger.aborts");

        await Run("UPDATE claim SET taken_at = now() WHERE holder = 'p-1'; COMMIT");

        Assert.IsType<CommitResult.Appended>(await extending);
        Assert.Contains("40P01", aborts.TagValues);

        async Task Run(string sql)
        {
            await using var command = stranger.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task Writers_with_opposite_key_order_never_see_a_deadlock()
    {
        var ledgers = await OpenProcesses(2);
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var results = await Task.WhenAll(Enumerable.Range(0, 2).Select(side => Task.Run(async () =>
        {
            var random = new Random(seed + side);
            var answers = new List<CommitResult>();
            for (var i = 0; i < 40; i++)
            {
                // One owner everywhere, so that every commit may succeed; the keys in opposite order and in opposite streams.
                var claims = Enumerable.Range(0, 30).Where(_ => random.Next(2) == 0).Select(k => Sample.Claim($"p-{k:D2}", "b")).ToList();
                if (side == 1) claims.Reverse();
                var commits = Enumerable.Range(0, 8).Select(n => Sample.Plain($"agenda/{side}-{(side == 0 ? n : 7 - n)}", i + 1) with { TakeClaims = [.. claims.Where((_, k) => k % 8 == n)] });
                answers.AddRange(await Task.WhenAll(commits.Select(ledgers[side].Append)));
            }
            return answers;
        })));
        Assert.All(results.SelectMany(r => r), r => Assert.IsType<CommitResult.Appended>(r));
    }

    [Fact]
    public async Task A_row_locked_by_a_stranger_delays_its_own_commit_only()
    {
        Options.LockTimeout = TimeSpan.FromMilliseconds(300);
        var (ledger, gate) = await OpenGated();
        await Appended(ledger, Sample.Plain("agenda/locked") with { TakeClaims = [Sample.Claim("p", "b")] });
        await using var stranger = await store.Connect();
        await using var transaction = await stranger.BeginTransactionAsync();
        await using (var update = stranger.CreateCommand())
        {
            update.CommandText = "UPDATE claim SET taken_at = now() WHERE holder = 'p'";
            await update.ExecuteNonQueryAsync();
        }

        var results = await Together(ledger, gate, Sample.Plain("agenda/locked", 2) with { TakeClaims = [Sample.Claim("p", "b")] }, Sample.Plain("agenda/free"));

        Assert.IsType<CommitResult.Unavailable>(results[0]);
        Assert.IsType<CommitResult.Appended>(results[1]);
    }

    [Fact]
    public async Task An_error_that_comes_only_at_commit_is_not_taken_for_success()
    {
        var (ledger, gate) = await OpenGated();
        await Execute("""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused at commit'; END $$;
            CREATE CONSTRAINT TRIGGER late AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (new.kind = 'poison') EXECUTE FUNCTION refuse();
            """);
        var results = await Together(ledger, gate, Sample.Plain("agenda/a") with { Kind = "poison" }, Sample.Plain("agenda/b"));
        Assert.IsType<CommitResult.Rejected>(results[0]);
        Assert.IsType<CommitResult.Appended>(results[1]);
        Assert.Equal([0, 1], await ledger.ReadVersions(["agenda/a", "agenda/b"]));
    }

    [Fact]
    public async Task A_server_that_became_read_only_is_unavailable_and_recovers()
    {
        var ledger = await Open();
        await Execute($"ALTER DATABASE {await store.Scalar("SELECT current_database()")} SET default_transaction_read_only = on");
        await Terminate();
        Assert.IsType<CommitResult.Unavailable>(await ReopenedAppend(ledger, Sample.Plain("agenda/a")));
        await Execute($"ALTER DATABASE {await store.Scalar("SELECT current_database()")} RESET default_transaction_read_only");
        await Terminate();
        Assert.IsType<CommitResult.Appended>(await ReopenedAppend(ledger, Sample.Plain("agenda/a")));
    }

    /// <summary>The first append after the connection was cut may be unknown; the second goes over a new one.</summary>
    private static async Task<CommitResult> ReopenedAppend(DurableLedger ledger, Commit commit)
    {
        await ledger.Append(Sample.Plain($"plug/{Guid.NewGuid()}"));
        return await ledger.Append(commit);
    }

    private Task Terminate() => Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
}

public sealed class PostgresLedgerReadTests(PostgresServer server) : LedgerReadContract
{
    private PostgresStore store = null!;
    protected override bool IsShared => true;
    private protected override Task<int> Execute(string sql) => store.Execute(sql);
    private protected override async Task<LedgerOptions> NewStore() => (store = new(await server.NewDatabase())).Options;
}
