using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using SnpLive.Grains.People;
using SnpLive.Silo.Access;
using SnpLive.Silo.Ledger;
using SnpLive.Silo.Persons;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Access;

/// <summary>What the access log promises, on each backend: nothing is changed, removed, inserted or moved unseen.</summary>
public abstract class AccessContract : LedgerHarness
{
    private readonly TemporaryFolder folder = new();
    private readonly List<AccessLog> logs = [];
    private readonly MovedClock clock = new();
    private static readonly Actor Reader = new("pha-1", Role.Pharmacist, "pharmacie", null, ["t"], [], []);

    private protected override TimeProvider Clock => clock;

    /// <summary>SQL by which somebody who owns the database lifts the guard of the table.</summary>
    private protected abstract string Unguard { get; }

    private AccessChain Chain => new(VaultKeys.In(folder.File("keys")));
    private AccessAnchors Anchors => new(folder.File("access.anchors"), Chain, new());

    public override async ValueTask DisposeAsync()
    {
        foreach (var log in logs) await log.DisposeAsync();
        await base.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private AccessLog Log(DurableLedger ledger, AccessOptions? options = null)
    {
        var log = new AccessLog(() => ledger.Access, Chain, options ?? new(), clock, NullLogger.Instance);
        logs.Add(log);
        return log;
    }

    private static AccessReason Because(string id = "t-agenda-1.b1", AccessAction action = AccessAction.Read) => new(Reader, "s1", action, "t", "sas", AccessWhy.Booking, id);

    private Task<AccessReport> Verify(DurableLedger ledger) => new AccessVerifier(() => ledger.Access, Chain, Anchors).Run();

    private async Task<(DurableLedger Ledger, AccessLog Log)> Filled(int entries)
    {
        var ledger = await Open();
        var log = Log(ledger);
        for (var i = 1; i <= entries; i++) await log.Record(Because($"t-agenda-1.b{i}"), $"patient-{i}");
        return (ledger, log);
    }

    [Fact]
    public async Task Entries_of_many_readers_and_processes_make_one_chain()
    {
        var ledgers = await OpenProcesses(3);
        var all = ledgers.Select(one => Log(one)).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 150).Select(i => all[i % all.Length].Record(Because($"t-agenda-1.b{i}"), $"patient-{i}")));
        var report = await Verify(ledgers[0]);
        Assert.Equal((150, ""), (report.Entries, string.Join('\n', report.Findings)));
        var found = await ledgers[0].Access.Find(new(null, null, default, null, null, null, null, 500));
        Assert.Equal(150, found.Select(one => one.Subject).Distinct().Count());
    }

    [Fact]
    public async Task Many_reads_share_a_transaction()
    {
        var (ledger, gate) = await OpenGated();
        var store = new CountingStore(gate.Access);
        var log = new AccessLog(() => store, Chain, new(), clock, NullLogger.Instance);
        logs.Add(log);
        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => log.Record(Because(), $"patient-{i}"))));
        Assert.InRange(store.Appends, 1, 200);
        Assert.Equal(400, (await Verify(ledger)).Entries);
    }

    [Theory]
    [InlineData("UPDATE access_log SET actor_id = 'somebody' WHERE seq = 5", "changed 5")]
    [InlineData("UPDATE access_log SET role = 'nobody' WHERE seq = 5", "changed 5")]
    [InlineData("DELETE FROM access_log WHERE seq IN (4, 5)", "removed 4")]
    [InlineData("DELETE FROM access_log WHERE seq <= 3", "removed 1")]
    [InlineData("UPDATE access_log SET seq = 1000 WHERE seq = 4; UPDATE access_log SET seq = 4 WHERE seq = 5; UPDATE access_log SET seq = 5 WHERE seq = 1000", "moved 4|moved 5")]
    [InlineData("INSERT INTO access_log SELECT seq + 4, at, 'somebody', role, organization_id, session, action, subject, territory_id, sas_id, why, object, hash, hash FROM access_log WHERE seq = 8", "removed 9|changed 12")]
    [InlineData("DELETE FROM access_log WHERE seq > 6", "truncated 7")]
    [InlineData("DELETE FROM access_log", "truncated 1")]
    public async Task Each_change_made_behind_its_back_is_found(string sql, string expected)
    {
        var (ledger, log) = await Filled(8);
        Anchors.Add(log.Head!, clock.GetUtcNow());
        Assert.Empty((await Verify(ledger)).Findings);
        await Execute(Unguard);
        await Execute(sql);
        var findings = (await Verify(ledger)).Findings.Select(one => $"{one.Kind} {one.Seq}").ToArray();
        foreach (var one in expected.Split('|')) Assert.Contains(one, findings);
    }

    [Fact]
    public async Task A_chain_written_anew_without_the_key_is_found()
    {
        var (ledger, log) = await Filled(3);
        Anchors.Add(log.Head!, clock.GetUtcNow());
        await Execute(Unguard);
        await Execute("DELETE FROM access_log");
        var forger = new AccessChain(VaultKeys.In(folder.File("others")));
        for (var i = 1; i <= 3; i++)
            await ledger.Access.Append([new(0, clock.GetUtcNow(), "x", Role.Nurse, "o", "s", AccessAction.Read, "p", "t", "sas", "w", "o")], forger);
        var findings = (await Verify(ledger)).Findings;
        Assert.Equal(["changed", "changed", "changed"], findings.Where(one => one.Kind == "changed").Select(one => one.Kind));
        Assert.Contains(findings, one => one is { Kind: "replaced", Seq: 3 });
    }

    [Fact]
    public async Task An_anchor_that_was_tampered_with_is_told()
    {
        var (ledger, log) = await Filled(2);
        Anchors.Add(log.Head!, clock.GetUtcNow());
        var file = folder.File("access.anchors");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("2 ", "1 ", StringComparison.Ordinal));
        Assert.Contains((await Verify(ledger)).Findings, one => one is { Kind: "anchor", Seq: 1 });
    }

    [Theory]
    [InlineData("UPDATE access_log SET why = 'x'")]
    [InlineData("DELETE FROM access_log")]
    public async Task The_table_itself_refuses(string sql)
    {
        var (ledger, _) = await Filled(2);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Execute(sql));
        Assert.Equal(2, (await Verify(ledger)).Entries);
    }

    [Fact]
    public async Task The_end_of_the_retention_leaves_a_mark_and_a_chain_that_holds()
    {
        var (ledger, log) = await Filled(3);
        Anchors.Add(log.Head!, clock.GetUtcNow());
        clock.Offset = TimeSpan.FromDays(400);
        await log.Record(Because(), "patient-4");
        Assert.Equal(3, await Purge(ledger));
        Assert.Equal(0, await Purge(ledger));
        var report = await Verify(ledger);
        Assert.Equal((2, ""), (report.Entries, string.Join('\n', report.Findings)));
        clock.Offset = TimeSpan.FromDays(800);
        await log.Record(Because(), "patient-5");
        Assert.Equal(1, await Purge(ledger)); // the mark of before stays until what follows it goes
        Assert.Empty((await Verify(ledger)).Findings);
        // Whoever removes more than the retention did is found.
        await Execute(Unguard);
        await Execute("DELETE FROM access_log WHERE seq = (SELECT min(seq) FROM access_log)");
        Assert.Contains((await Verify(ledger)).Findings, one => one is { Kind: "removed", Seq: 1 });
    }

    private Task<long> Purge(DurableLedger ledger) => ledger.Access.Purge(clock.GetUtcNow() - new AccessOptions().Keep, Chain, clock.GetUtcNow());

    [Fact]
    public async Task Entries_are_found_by_place_patient_person_and_time()
    {
        var ledger = await Open();
        var log = Log(ledger);
        var start = clock.GetUtcNow();
        await log.Record(Because(), "a");
        await log.Record(Because() with { TerritoryId = "u" }, "a");
        await log.Record(Because() with { Actor = Reader with { Id = "other" } }, "b");
        clock.Offset = TimeSpan.FromHours(1);
        await log.Record(Because(action: AccessAction.Search), "c");
        async Task<string> Found(AccessQuery query) => string.Join(' ', (await log.Find(query)).Select(one => one.Seq));
        var any = new AccessQuery(null, null, default, null, null, null, null, 10);
        Assert.Equal("4 3 2 1", await Found(any));
        Assert.Equal("4 3 1", await Found(any with { TerritoryId = "t" }));
        Assert.Equal("2 1", await Found(any with { Subjects = ["a"] }));
        Assert.Equal("4 2 1", await Found(any with { Subjects = ["a", "c"] }));
        Assert.Equal("", await Found(any with { Subjects = [] }));
        Assert.Equal("3", await Found(any with { ActorId = "other" }));
        Assert.Equal("4", await Found(any with { From = start.AddMinutes(30) }));
        Assert.Equal("3 2 1", await Found(any with { To = start.AddMinutes(30) }));
        Assert.Equal("2 1", await Found(any with { Before = 3 }));
        Assert.Equal("4", await Found(any with { Limit = 1 }));
        Assert.Equal("", await Found(any with { SasId = "elsewhere" }));
        Assert.Equal("4", await Found(any with { Action = AccessAction.Search }));
        Assert.Equal("4 3 2 1", await Found(any with { Territories = ["t", "u"] }));
        Assert.Equal("2", await Found(any with { Territories = ["u"] }));
        Assert.Equal("", await Found(any with { Territories = [] }));
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_not_shown()
    {
        var (ledger, _) = await Filled(1);
        var log = new AccessLog(() => throw new SnpLive.Grains.Ledger.LedgerUnavailableException(), Chain, new(), clock, NullLogger.Instance);
        logs.Add(log);
        var vault = new PersonVault(ledger, VaultKeys.In(folder.File("keys")), log);
        await Assert.ThrowsAsync<AccessNotRecordedException>(() => vault.Open("patient-1", "t-agenda-1.b1", Because()));
        var late = new AccessLog(() => new NeverStore(), Chain, new() { WaitLimit = TimeSpan.FromMilliseconds(50), StopTimeout = TimeSpan.FromMilliseconds(1) }, clock, NullLogger.Instance);
        logs.Add(late);
        await Assert.ThrowsAsync<AccessNotRecordedException>(() => late.Record(Because(), "patient"));
        var full = new AccessLog(() => new NeverStore(), Chain, new() { QueueLimit = 1, MaxBatch = 1, WaitLimit = TimeSpan.FromSeconds(30), StopTimeout = TimeSpan.FromMilliseconds(1) }, clock, NullLogger.Instance);
        logs.Add(full);
        var refused = 0;
        for (var i = 0; i < 5; i++)
        {
            var recording = full.Record(Because(), "patient");
            if (recording.IsFaulted) refused++;
        }
        Assert.InRange(refused, 1, 5); // bounded: the rest is refused at once
    }

    [Fact]
    public async Task Syslog_lines_carry_all_and_nothing_breaks_out()
    {
        var ledger = await Open();
        var log = Log(ledger);
        await log.Record(Because("""a"] \ b"""), "patient");
        await log.Record(Because(action: AccessAction.BreakGlass), "patient");
        await using var text = new StringWriter();
        Assert.Equal(2, await new AccessExport(() => ledger.Access).Write(text, 0));
        var lines = text.ToString().TrimEnd('\n').Split('\n');
        Assert.Matches("""^<110>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z - snplive - read \[access@32473 seq="1" actor="pha-1" role="pharmacist" organization="pharmacie" session="s1" subject="patient" territory="t" sas="sas" why="booking" object="a\\"\\] \\\\ b" previous="0{64}" hash="[0-9a-f]{64}"\]$""", lines[0]);
        Assert.StartsWith("<108>1 ", lines[1], StringComparison.Ordinal);
    }

    private sealed class CountingStore(IAccessStore inner) : IAccessStore
    {
        private int appends;
        public int Appends => appends;
        public Task<AccessHead> Append(IReadOnlyList<AccessEntry> entries, AccessChain chain)
        {
            Interlocked.Increment(ref appends);
            return inner.Append(entries, chain);
        }
        public Task<AccessHead> Head() => inner.Head();
        public Task<ImmutableArray<AccessRow>> ReadAfter(long seq, int limit) => inner.ReadAfter(seq, limit);
        public Task<ImmutableArray<AccessEntry>> Find(AccessQuery query) => inner.Find(query);
        public Task<long> Purge(DateTimeOffset before, AccessChain chain, DateTimeOffset now) => inner.Purge(before, chain, now);
    }

    private sealed class NeverStore : IAccessStore
    {
        private static readonly Task<AccessHead> Never = new TaskCompletionSource<AccessHead>().Task;
        public Task<AccessHead> Append(IReadOnlyList<AccessEntry> entries, AccessChain chain) => Never;
        public Task<AccessHead> Head() => Never;
        public Task<ImmutableArray<AccessRow>> ReadAfter(long seq, int limit) => throw new NotSupportedException();
        public Task<ImmutableArray<AccessEntry>> Find(AccessQuery query) => throw new NotSupportedException();
        public Task<long> Purge(DateTimeOffset before, AccessChain chain, DateTimeOffset now) => throw new NotSupportedException();
    }
}

public sealed class SqliteAccessTests : AccessContract
{
    private readonly SqliteStore store = new();
    protected override bool IsShared => false;
    private protected override string Unguard => "DROP TRIGGER access_log_no_update; DROP TRIGGER access_log_no_delete";
    private protected override Task<LedgerOptions> NewStore() => Task.FromResult(store.Options);
    private protected override Task<int> Execute(string sql) => store.Execute(sql);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        store.Dispose();
    }
}

public sealed class PostgresAccessTests(PostgresServer server) : AccessContract
{
    private PostgresStore store = null!;
    protected override bool IsShared => true;
    private protected override string Unguard => "ALTER TABLE access_log DISABLE TRIGGER ALL";
    private protected override async Task<LedgerOptions> NewStore() => (store = new(await server.NewDatabase())).Options;
    private protected override Task<int> Execute(string sql) => store.Execute(sql);

    [Fact]
    public async Task The_appending_role_may_insert_and_select_and_nothing_else()
    {
        await (await Open()).DisposeAsync();
        var role = $"access_{Guid.NewGuid():N}";
        await store.Execute($"CREATE ROLE {role} LOGIN PASSWORD 'essai'; GRANT USAGE ON SCHEMA public TO {role}; GRANT SELECT, INSERT ON access_log TO {role}");
        var own = new Npgsql.NpgsqlConnectionStringBuilder(Options.ConnectionString) { Username = role, Password = "essai" }.ConnectionString;
        Options.AccessConnectionString = own;
        var ledger = await Open();
        var chain = new AccessChain(VaultKeys.In(Directory.CreateTempSubdirectory("snplive-keys-").FullName));
        await ledger.Access.Append([new(0, DateTimeOffset.UtcNow.AddDays(-500), "x", Role.Nurse, "o", "s", AccessAction.Read, "p", "t", "sas", "w", "o")], chain);
        await ledger.Access.Append([new(0, DateTimeOffset.UtcNow, "x", Role.Nurse, "o", "s", AccessAction.Read, "p", "t", "sas", "w", "o")], chain);
        Assert.Equal(2, (await ledger.Access.ReadAfter(0, 10)).Length);
        var restricted = new PostgresStore(own);
        await store.Execute("ALTER TABLE access_log DISABLE TRIGGER ALL"); // the role alone must do
        foreach (var sql in (string[])["UPDATE access_log SET why = 'x'", "DELETE FROM access_log", "TRUNCATE access_log", "SELECT * FROM person", "SELECT * FROM event", "DROP TABLE access_log"])
            Assert.Equal("42501", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => restricted.Execute(sql))).SqlState);
        Assert.Equal(1, await ledger.Access.Purge(DateTimeOffset.UtcNow.AddDays(-365), chain, DateTimeOffset.UtcNow)); // by the owner
    }
}
