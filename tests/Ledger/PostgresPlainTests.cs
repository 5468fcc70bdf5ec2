using SnpLive.Grains.Ledger;
using SnpLive.Silo.Ledger;
using SnpLive.Silo.Ledger.Postgres;

namespace SnpLive.Tests.Ledger;

/// <summary>When PostgreSQL is written to in hope, when not, and that hope never decides what becomes of a commit. Which way it was, the server itself remembers.</summary>
public sealed class PostgresPlainTests(PostgresServer server) : LedgerHarness
{
    private PostgresStore store = null!;
    protected override bool IsShared => true;
    private protected override Task<int> Execute(string sql) => store.Execute(sql);
    private protected override async Task<LedgerOptions> NewStore() => (store = new(await server.NewDatabase())).Options;

    [Fact]
    public async Task A_stream_that_was_written_or_read_here_is_written_plainly()
    {
        var first = await Open();
        await Appended(first, Sample.Booking("a", 1, "b-1", "s-1", "p-1"), Sample.Booking("a", 2, "b-2", "s-2", "p-2"));
        Assert.True(await WasPlain());

        var stranger = await Open();
        await Appended(stranger, Sample.Booking("a", 3, "b-3", "s-3", "p-3"));
        Assert.False(await WasPlain());
        await Appended(stranger, Sample.Booking("a", 4, "b-4", "s-4", "p-4"));
        Assert.True(await WasPlain());

        var reader = await Open();
        await reader.Read("agenda/a");
        await Appended(reader, Sample.Booking("a", 5, "b-5", "s-5", "p-5"));
        Assert.True(await WasPlain());
    }

    [Fact]
    public async Task A_chain_is_written_in_one_go_and_its_last_facts_count()
    {
        var (ledger, gate) = await OpenGated();
        Task<CommitResult>? before = null;
        var results = await Together(ledger, gate, () => [.. Enumerable.Range(1, 20).Select(v =>
            before = ledger.Append(Sample.Booking("a", v, $"b-{v}", "s", $"p-{v}", place: v) with { Slots = [Sample.Slot("a", "s", v)], Follows = before }))]);

        Assert.All(results, r => Assert.IsType<CommitResult.Appended>(r));
        Assert.True(await WasPlain());
        Assert.Equal(20L, await store.Scalar("SELECT version FROM slot WHERE slot_id = 's'"));
    }

    [Fact]
    public async Task One_that_is_not_new_is_refused_and_its_neighbours_are_written()
    {
        var (ledger, gate) = await OpenGated();
        await Appended(ledger, Sample.Booking("a", 1, "b-1", "s-1", "p-1"), Sample.Plain("agenda/hold") with { TakeClaims = [Sample.Claim("ended", "x", hours: 0)] });
        Assert.True(await WasPlain());
        var known = Sample.Booking("b", 1, "b-2", "s-2", "p-other");
        var results = await Together(ledger, gate,
            known with { Person = known.Person! with { TraitHash = "hash of p-1" } },
            Sample.Booking("c", 1, "b-3", "s-3", "p-3"),
            Sample.Booking("d", 1, "b-4", "s-4", "p-1"),
            Sample.Plain("agenda/e") with { TakeClaims = [Sample.Claim("ended", "y")] });

        Assert.Equal("p-1", Assert.IsType<CommitResult.PersonKnown>(results[0]).Surrogate);
        Assert.IsType<CommitResult.Appended>(results[1]);
        Assert.IsType<CommitResult.ClaimTaken>(results[2]);
        Assert.IsType<CommitResult.Appended>(results[3]);
        Assert.False(await WasPlain());
    }

    [Fact]
    public async Task A_known_patient_is_sealed_anew_plainly_and_one_that_went_meanwhile_is_kept_again()
    {
        var ledger = await Open();
        await Appended(ledger, Sample.Booking("a", 1, "b-1", "s-1", "p-1") with { TakeClaims = [] });
        var again = Sample.Booking("a", 2, "b-2", "s-2", "p-1") with { TakeClaims = [], Person = Sample.Person("p-1", "b-2") with { SealedIdentity = "anew", IsKnown = true } };
        await Appended(ledger, again);
        Assert.True(await WasPlain());
        Assert.Equal("anew", (await ledger.ReadPerson("p-1"))!.SealedIdentity);

        await Execute("DELETE FROM person; DELETE FROM person_trait");
        await Appended(ledger, again with { Version = 3, RequestId = Guid.NewGuid(), Occupy = [], Person = Sample.Person("p-1", "b-3") with { SealedIdentity = "back", IsKnown = true } });
        Assert.False(await WasPlain());
        Assert.Equal("back", (await ledger.ReadPerson("p-1"))!.SealedIdentity);
    }

    [Fact]
    public async Task A_known_patient_whose_traits_were_corrected_meanwhile_is_not_overwritten()
    {
        var ledger = await Open();
        await Appended(ledger, Sample.Booking("a", 1, "b-1", "s-1", "p-1") with { TakeClaims = [] });
        await Execute("UPDATE person_trait SET trait_hash = 'corrected'");
        var result = await ledger.Append(Sample.Booking("a", 2, "b-2", "s-2", "p-1") with { TakeClaims = [], Person = Sample.Person("p-1", "b-2") with { SealedIdentity = "old", IsKnown = true } });
        Assert.IsNotType<CommitResult.Appended>(result);
        Assert.Equal("sealed identity", (await ledger.ReadPerson("p-1"))!.SealedIdentity);
    }

    [Fact]
    public async Task What_another_process_wrote_and_a_version_with_a_gap_are_fenced()
    {
        var (here, elsewhere) = (await Open(), await Open());
        await Appended(here, Sample.Plain("agenda/a"));
        await Appended(elsewhere, Sample.Plain("agenda/a", 2));
        Assert.IsType<CommitResult.Fenced>(await here.Append(Sample.Plain("agenda/a", 2)));
        Assert.IsType<CommitResult.Fenced>(await here.Append(Sample.Plain("agenda/a", 4)));
        await Appended(here, Sample.Plain("agenda/a", 3));
        Assert.Equal([3], await here.ReadVersions(["agenda/a"]));
    }

    [Fact]
    public async Task A_snapshot_that_tells_a_wrong_version_leads_to_no_gap()
    {
        var ledger = await Open();
        await Appended(ledger, Sample.Plain("agenda/a"));
        await ledger.SaveSnapshot("agenda/a", new(9, 1, "{}"));
        await ledger.Read("agenda/a");
        Assert.IsType<CommitResult.Fenced>(await ledger.Append(Sample.Plain("agenda/a", 10)));
    }

    [Fact]
    public void Hope_falls_with_each_disappointment_and_comes_back()
    {
        var hope = new Hope();
        Assert.True(hope.IsWorthTrying(512));
        hope.Saw(1, 1);
        Assert.True(hope.IsWorthTrying(32));
        for (var i = 0; i < 100; i++) hope.Saw(1, 1);
        Assert.False(hope.IsWorthTrying(1));
        for (var i = 0; i < 40; i++) hope.Saw(32, 0);
        Assert.True(hope.IsWorthTrying(32));
    }

    [Fact]
    public void What_is_too_much_to_remember_is_forgotten_not_mistaken()
    {
        var heads = new StreamHeads();
        for (var n = 0; n <= StreamHeads.Limit; n++) heads.Saw($"agenda/{n}", 1);
        Assert.False(heads.LeadTo([Sample.Plain("agenda/0", 2)]));
        Assert.True(heads.LeadTo([Sample.Plain($"agenda/{StreamHeads.Limit}", 2)]));
    }

    private async Task<bool> WasPlain() => Assert.IsType<string>(await store.Scalar("""
        SELECT query FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND (query LIKE 'INSERT INTO %' OR query LIKE 'WITH c AS %') ORDER BY query_start DESC LIMIT 1
        """)).StartsWith("INSERT INTO ", StringComparison.Ordinal);
}
