using SnpLive.Grains.Ledger;
using SnpLive.Silo.Ledger;

namespace SnpLive.Tests.Ledger;

/// <summary>Lost connections: never a false failure, never a false success.</summary>
public sealed class PostgresFaultTests(PostgresServer server) : LedgerHarness
{
    private PostgresStore store = null!;
    private LossyProxy proxy = null!;
    protected override bool IsShared => true;
    private protected override Task<int> Execute(string sql) => store.Execute(sql);

    private protected override async Task<LedgerOptions> NewStore()
    {
        var direct = await server.NewDatabase();
        (store, proxy) = (new(direct), new(direct));
        return new() { Storage = LedgerStorage.Postgres, ConnectionString = proxy.ConnectionString };
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        proxy?.Dispose();
    }

    [Fact]
    public async Task A_plain_batch_whose_answer_was_lost_after_it_was_written_is_appended()
    {
        var (ledger, gate) = await OpenGated();
        await Appended(ledger, Sample.Plain("warm/up"), Sample.Booking("warm", 1, "b-0", "s-0", "p-0"));
        gate.Hold();
        var plug = ledger.Append(Sample.Booking("a", 1, "b-1", "s-1", "p-1"));
        await gate.Entered;
        await LoseTheAnswer(gate, 1);
        Assert.IsType<CommitResult.Appended>(await plug);
    }

    [Fact]
    public async Task A_careful_batch_whose_answer_was_lost_after_it_was_written_is_appended_and_its_repeat_told()
    {
        var (ledger, gate) = await OpenGated();
        // Of these streams the ledger under test knows nothing, so it looks; the first time it also prepares the statement.
        await Appended(await Open(), Sample.Plain("agenda/a"), Sample.Plain("agenda/warm"));
        await Appended(ledger, Sample.Booking("warm", 2, "b-0", "s-0", "p-0"));
        var earlier = Sample.Plain("agenda/earlier");
        await Appended(ledger, earlier);
        gate.Hold();
        var ahead = ledger.Append(Sample.Plain("agenda/ahead"));
        await gate.Entered;
        var plug = ledger.Append(Sample.Booking("a", 2, "b-1", "s-1", "p-1"));
        var repeat = ledger.Append(earlier with { Stream = "agenda/other", OccurredAt = Sample.Now.AddMinutes(1) });
        gate.Release();
        gate.Hold();
        await ahead;
        await gate.Entered;
        await LoseTheAnswer(gate, 2);

        Assert.IsType<CommitResult.Appended>(await plug);
        Assert.Equal("agenda/earlier", Assert.IsType<CommitResult.Duplicate>(await repeat).First.Stream);
    }

    private async Task LoseTheAnswer(GatedBackend gate, int version)
    {
        proxy.SwallowAnswers();
        gate.Release();
        await store.Until($"SELECT count(*) FROM event WHERE stream = 'agenda/a' AND version = {version}");
        proxy.Cut();
    }

    [Fact]
    public async Task A_batch_cut_before_it_was_written_is_unknown_and_may_be_repeated()
    {
        var ledger = await Open();
        var claimed = Sample.Plain("agenda/a") with { TakeClaims = [Sample.Claim("p", "b")] };
        await Appended(ledger, claimed);
        await using var stranger = await store.Connect();
        await using (var transaction = await stranger.BeginTransactionAsync())
        {
            await using var update = stranger.CreateCommand();
            update.CommandText = "UPDATE claim SET taken_at = now()";
            await update.ExecuteNonQueryAsync();
            var next = claimed with { Version = 2, RequestId = Guid.NewGuid() };
            var append = ledger.Append(next);
            await store.Until("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");

            await Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");

            Assert.IsType<CommitResult.Unknown>(await append);
            await transaction.RollbackAsync();
            Assert.Null(await ledger.FindAnswer(next.ActorId, next.RequestId));
            await Appended(ledger, next);
        }
    }

    [Fact]
    public async Task Commits_under_fire_are_each_exactly_as_they_were_answered()
    {
        var ledger = await Open();
        var began = DateTime.UtcNow;
        var answers = new Dictionary<Commit, CommitResult>();
        using var stop = new CancellationTokenSource();
        var killer = Task.Run(async () =>
        {
            for (var i = 0; i < 12; i++)
            {
                await Task.Delay(60 + 13 * i);
                await Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
            }
            await stop.CancelAsync();
        });
        await Task.WhenAll(Enumerable.Range(0, 32).Select(caller => Task.Run(async () =>
        {
            for (var version = 1; !stop.IsCancellationRequested; version++)
            {
                var commit = Sample.Booking($"{caller}", version, $"b-{caller}-{version}", $"s-{caller}-{version}", $"p-{caller}-{version}");
                var result = await ledger.Append(commit);
                lock (answers) answers[commit] = result;
                // A grain would reload; here the next version is whatever the log says.
                if (result is not CommitResult.Appended) version = (int)await LastVersion(ledger, commit.Stream);
            }
        })));
        await killer;

        Assert.All(answers.Values, r => Assert.True(r is CommitResult.Appended or CommitResult.Unknown or CommitResult.Unavailable, $"{r}"));
        Assert.Contains(answers.Values, r => r is CommitResult.Unknown);
        foreach (var (commit, result) in answers)
        {
            var recorded = await LastRead(() => ledger.FindAnswer(commit.ActorId, commit.RequestId));
            if (result is CommitResult.Appended) Assert.Equal((commit.Stream, commit.Version), (recorded?.Stream, recorded?.Version ?? 0));
            if (result is CommitResult.Unavailable) Assert.Null(recorded);
        }
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", answers.Values.GroupBy(r => r.GetType().Name).Select(g => $"{g.Key} {g.Count()}")) + $" in {DateTime.UtcNow - began}");
    }

    [Fact]
    public async Task A_database_that_refuses_connections_is_unavailable_and_reads_say_so()
    {
        Options.ProbeAfterIdle = TimeSpan.FromMilliseconds(1);
        var ledger = await Open();
        await Appended(ledger, Sample.Plain("agenda/a"));
        await Task.Delay(10);
        proxy.Close();
        Assert.IsType<CommitResult.Unavailable>(await ledger.Append(Sample.Plain("agenda/a", 2)));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.Read("agenda/a"));
    }

    [Fact]
    public async Task A_restart_while_the_writer_rests_costs_nobody_an_unknown()
    {
        Options.ProbeAfterIdle = TimeSpan.FromMilliseconds(1);
        var ledger = await Open();
        await Appended(ledger, Sample.Plain("agenda/a"));
        await Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await Task.Delay(10);
        await Appended(ledger, Sample.Plain("agenda/a", 2));
    }

    private static async Task<long> LastVersion(DurableLedger ledger, string stream) => (await LastRead(() => ledger.ReadVersions([stream])))[0];

    /// <summary>Reads until the database is back.</summary>
    private static async Task<T> LastRead<T>(Func<Task<T>> read)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await read();
            }
            catch (LedgerUnavailableException) when (attempt < 50)
            {
                await Task.Delay(20);
            }
        }
    }
}
