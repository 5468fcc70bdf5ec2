using SnpLive.Silo.Ledger;

namespace SnpLive.Tests.Ledger;

/// <summary>The audit is silent on a sound database and finds each corruption made by hand; run on both backends.</summary>
public abstract class VerifierContract : LedgerHarness
{
    private static readonly FixedClock AuditClock = new(Sample.Now.AddMinutes(1));

    [Fact]
    public async Task A_sound_database_has_no_findings()
    {
        var ledger = await Sound();
        var report = await Verify(ledger);
        Assert.Empty(report.Findings);
        Assert.Equal((4, 11, 1), (report.Streams, report.Commands, report.Unaudited));
    }

    [Theory]
    [InlineData("version", "DELETE FROM event WHERE stream = 'agenda/a' AND version = 2", "after 1")]
    [InlineData("claim", "DELETE FROM claim WHERE holder = 'p-a1'", "p-a1 gp")]
    [InlineData("claim", "UPDATE claim SET owner = 'somebody' WHERE holder = 'p-a1'", "p-a1 gp")]
    [InlineData("claim", "INSERT INTO claim SELECT 'ghost', key, owner, until, stream, taken_at FROM claim WHERE holder = 'p-a1'", "ghost gp")]
    [InlineData("claim", "UPDATE claim SET stream = 'agenda/none' WHERE holder = 'p-a1'", "p-a1 gp")]
    [InlineData("occupancy", "DELETE FROM occupancy WHERE booking_id = 'b-a1'", "s-a1 place 1")]
    [InlineData("occupancy", "UPDATE occupancy SET booking_id = 'b-x' WHERE booking_id = 'b-a1'", "s-a1 place 1")]
    [InlineData("occupancy", "INSERT INTO occupancy VALUES ('s-a1', 2, 'b-ghost', 'agenda/a')", "s-a1 place 2")]
    [InlineData("slot", "DELETE FROM slot WHERE slot_id = 's-a1'", "s-a1")]
    [InlineData("slot", "UPDATE slot SET facts = '{\"slot\":\"other\"}' WHERE slot_id = 's-a1'", "s-a1")]
    [InlineData("slot", "UPDATE slot SET agenda_id = 'b' WHERE slot_id = 's-a1'", "s-a1")]
    [InlineData("snapshot", "UPDATE snapshot SET state = '{\"count\":2}' WHERE stream = 'agenda/a'", "state at 3")]
    [InlineData("snapshot", "UPDATE snapshot SET version = 99 WHERE stream = 'agenda/a'", "version")]
    [InlineData("fold", "UPDATE event SET payload = 'no json' WHERE stream = 'agenda/a' AND version = 4", "4 commands")]
    public async Task A_corruption_is_found(string kind, string corruption, string what)
    {
        var ledger = await Sound();
        Assert.Equal(1, await Execute(corruption));
        var report = await Verify(ledger);
        Assert.Contains(report.Findings, f => f.Kind == kind && f.What == what);
        Assert.All(report.Findings, f => Assert.StartsWith("agenda/", f.Stream, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_repeated_request_is_found_when_its_constraint_was_lost()
    {
        var ledger = await Sound();
        await Execute(DropRequestConstraint);
        await Execute("UPDATE event SET request_id = (SELECT request_id FROM event WHERE stream = 'agenda/a' AND version = 1) WHERE stream = 'agenda/b' AND version = 1");
        Assert.Equal("2 times", Assert.Single((await Verify(ledger)).Findings, f => f.Kind == "request").Found);
    }

    [Fact]
    public async Task Findings_are_listed_up_to_a_limit_and_counted_all()
    {
        Options.VerifyFindingsLimit = 2;
        var ledger = await Sound();
        await Execute("DELETE FROM occupancy");
        var report = await Verify(ledger);
        Assert.Equal((6, 2), (report.TotalFindings, report.Findings.Length));
    }

    [Fact]
    public async Task Streams_beyond_ASCII_are_walked_in_the_database_s_order()
    {
        var ledger = await Open();
        // In UTF-16 the emoji (a surrogate pair) sorts before the full-width letter, in UTF-8 after it.
        foreach (var name in (string[])["é", "z", "\uFF21", "😀", "a"]) await Appended(ledger, Sample.Booking(name, 1, $"b-{name}", $"s-{name}", $"p-{name}").Telling());
        Assert.Empty((await Verify(ledger)).Findings);
    }

    protected abstract string DropRequestConstraint { get; }

    private Task<VerifyReport> Verify(DurableLedger ledger) => new Verifier(ledger, [new SampleAudit()], AuditClock, Options).Run();

    /// <summary>Two agendas with four commands each, cancels and extensions among them, one stream of another kind, and a snapshot.</summary>
    private async Task<DurableLedger> Sound()
    {
        var ledger = await Open();
        foreach (var a in (string[])["a", "b"])
        {
            for (var v = 1; v <= 3; v++) await Appended(ledger, Sample.Booking(a, v, $"b-{a}{v}", $"s-{a}{v}", $"p-{a}{v}").Telling());
            await Appended(ledger, (Sample.Plain($"agenda/{a}", 4) with { TakeClaims = [Sample.Claim($"p-{a}2", $"b-{a}2", 72)] }).Telling());
        }
        var cancel = Sample.Plain("agenda/c", 2) with { DropClaims = [new("p-c", "gp", "b-c")], VacateBookings = ["b-c"] };
        var expired = Sample.Booking("c", 1, "b-c", "s-c", "p-c") with { TakeClaims = [Sample.Claim("p-c", "b-c"), Sample.Claim("p-old", "b-c", 0.001)] };
        await Appended(ledger, expired.Telling(), cancel.Telling(), Sample.Plain("call/1"));
        var first3 = (await ledger.Read("agenda/a")).Tail[..3];
        await ledger.SaveSnapshot("agenda/a", new(3, 1, SampleAudit.State(first3)));
        return ledger;
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

public sealed class SqliteVerifierTests : VerifierContract
{
    private readonly SqliteStore store = new();
    protected override bool IsShared => false;
    protected override string DropRequestConstraint => "DROP INDEX event_request";
    private protected override Task<LedgerOptions> NewStore() => Task.FromResult(store.Options);
    private protected override Task<int> Execute(string sql) => store.Execute(sql);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        store.Dispose();
    }
}

public sealed class PostgresVerifierTests(PostgresServer server) : VerifierContract
{
    private PostgresStore store = null!;
    protected override bool IsShared => true;
    protected override string DropRequestConstraint => "ALTER TABLE event DROP CONSTRAINT event_request";
    private protected override Task<int> Execute(string sql) => store.Execute(sql);
    private protected override async Task<LedgerOptions> NewStore() => (store = new(await server.NewDatabase())).Options;
}
