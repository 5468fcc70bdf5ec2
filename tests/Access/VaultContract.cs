using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Silo.Ledger;
using SnpLive.Silo.Persons;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Access;

/// <summary>What the vault promises, on each backend: identities end in time, keys rotate, and one patient stays one all the while.</summary>
public abstract partial class VaultContract : LedgerHarness
{
    private const string Sas = "sas-44";
    private static readonly Actor Reader = new("pha-1", Role.Pharmacist, "pharmacie", null, ["t"], [], []);
    private static readonly AccessReason Because = new(Reader, "s1", AccessAction.Read, "t", Sas, AccessWhy.Booking, "a.b1");
    private static readonly VaultOptions Options5 = new() { Page = 2, PagePause = TimeSpan.Zero };

    private readonly TemporaryFolder folder = new();
    private readonly MovedClock clock = new() { StoodStill = Ledger.Sample.Now };

    private protected override TimeProvider Clock => clock;

    private string Folder => folder.File("keys");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private PersonVault Vault(DurableLedger ledger, VaultKeys? keys = null) => new(ledger, keys ?? VaultKeys.In(Folder), new NoLog());

    private KeyAdmin Admin(DurableLedger ledger, VaultKeys keys) => new(keys, () => ledger.Vault, ledger, Options5, clock);

    private VaultKeeper Keeper(DurableLedger ledger, VaultKeys keys) => new(
        () => ledger.Vault, new(keys, () => ledger.Vault, Options5, NullLogger<VaultRenewal>.Instance), Admin(ledger, keys), keys, Options5, clock, NullLogger<VaultKeeper>.Instance);

    private static PatientIdentity Identity(int who) => new("Dupont" + (char)('A' + who), "Ève", null, new(1950, 1, 2), Sex.F, null, null);

    private static BookingNote Note(int who) => new($"+3363998010{who}", null, null, $"note {who}", null);

    /// <summary>A booking as an agenda commits it: sealed, with the patient's claim.</summary>
    private static Commit Booked(PersonVault vault, int who, int n, DateTimeOffset until, string? surrogate = null, DateTimeOffset? at = null)
    {
        var (patient, name, id) = (vault.Seal(Sas, Identity(who), Note(who)), surrogate ?? $"p-{who}-{n}", $"agenda-{who}.b{n}");
        return Ledger.Sample.Plain($"agenda/agenda-{who}", n) with
        {
            OccurredAt = at ?? Ledger.Sample.Now,
            TakeClaims = [new(name, "gp", id, until)],
            Person = new(name, Sas, patient.TraitHash, patient.SealedIdentity, id, patient.SealedNote, patient.FormerHash, until),
        };
    }

    [Fact]
    public async Task What_is_past_its_retention_goes_page_by_page_and_the_log_stays()
    {
        var ledger = await Open();
        var vault = Vault(ledger);
        var (first, later) = (clock.GetUtcNow(), clock.GetUtcNow().AddDays(300));
        for (var who = 1; who <= 5; who++) await Appended(ledger, Booked(vault, who, 1, first.AddHours(4)));
        await Appended(ledger, Ledger.Sample.Plain("call/c") with { Person = new("call-1", "centre", null, vault.Seal(Sas, Identity(9), Note(9)).SealedIdentity, "centre.c-1.n1", "sealed note") });
        await vault.KeepReason("glass-1", "p-1-1", "t", first, "motif");
        await Appended(ledger, Booked(vault, 5, 2, later.AddHours(4), "p-5-1", later)); // one comes back
        var keeper = Keeper(ledger, VaultKeys.In(Folder));

        clock.StoodStill = first.AddHours(4) + Options5.KeepNotes; // to the instant
        Assert.Equal(new VaultPurge(1, 0), await keeper.Purge(default)); // the call's: it had no appointment to wait for
        clock.StoodStill = clock.StoodStill.Value.AddMilliseconds(1);
        Assert.Equal(new VaultPurge(5, 0), await keeper.Purge(default));
        Assert.Equal(new VaultPurge(0, 0), await keeper.Purge(default));
        Assert.Equal((Identity(1), null), (await vault.Open("p-1-1", "agenda-1.b1", Because)) is var one ? (one.Identity, one.Note) : default);
        Assert.Equal("motif", await vault.OpenReason("glass-1", Because, "p-1-1"));
        Assert.Equal(Note(5), (await vault.Open("p-5-1", "agenda-5.b2", Because)).Note);

        // Cut off after one page of two, as by a crash: the next walk goes on.
        clock.StoodStill = first.AddHours(4) + Options5.Keep + TimeSpan.FromMilliseconds(1);
        Assert.Equal(2, (await ledger.Vault.Purge(clock.GetUtcNow() - Options5.KeepNotes, clock.GetUtcNow() - Options5.Keep, Options5.Page)).Persons);
        Assert.Equal(3, (await keeper.Purge(default)).Persons); // two patients and a caller
        foreach (var who in (int[])[1, 2, 3, 4])
        {
            Assert.Null((await vault.Open($"p-{who}-1", $"agenda-{who}.b1", Because)).Identity);
            Assert.Equal([1L], await ledger.ReadVersions([$"agenda/agenda-{who}"])); // the booking stays, without identity
        }
        Assert.Equal(Identity(5), (await vault.Open("p-5-1", "agenda-5.b2", Because)).Identity);
        Assert.Equal(0, await Count("SELECT count(*) FROM person_trait WHERE surrogate <> 'p-5-1'"));
        Assert.Equal(0, await Count("SELECT count(*) FROM note WHERE sealed <> '' AND note_id <> 'agenda-5.b2'"));
        await Appended(ledger, Booked(vault, 1, 2, later.AddDays(100))); // and who comes again is somebody new
    }

    [Fact]
    public async Task One_patient_stays_one_while_both_keys_are_replaced()
    {
        var ledger = await Open();
        var (slow, keys) = (VaultKeys.In(Folder), VaultKeys.In(Folder)); // two processes; one learns of it late
        var (before, vault, admin) = (Vault(ledger, slow), Vault(ledger, keys), Admin(ledger, keys));
        var until = clock.GetUtcNow().AddHours(40);
        for (var who = 1; who <= 3; who++) await Appended(ledger, Booked(before, who, 1, until));
        await ledger.WriteNote("glass:x", "p-1-1", "t", clock.GetUtcNow(), (await ledger.ReadNote("agenda-1.b1"))!);
        var typed = vault.Seal(Sas, Identity(1), Note(1)).ContentHash;

        Assert.Null(await admin.Rotate(VaultKeyKind.Seal));
        Assert.Null(await admin.Rotate(VaultKeyKind.Hash));
        Assert.Equal(VaultKeyRefusal.FormerInUse, await admin.Rotate(VaultKeyKind.Hash));
        Assert.Equal(typed, vault.Seal(Sas, Identity(1), Note(1)).ContentHash); // a repeat is known as one
        // Known before, found now; known now, found by who has not heard yet.
        Assert.Equal("p-1-1", Assert.IsType<CommitResult.PersonKnown>(await ledger.Append(Booked(vault, 1, 2, until))).Surrogate);
        Assert.IsType<CommitResult.ClaimTaken>(await ledger.Append(Booked(vault, 1, 2, until, "p-1-1")));
        await Appended(ledger, Booked(vault, 4, 1, until));
        Assert.Equal("p-4-1", Assert.IsType<CommitResult.PersonKnown>(await ledger.Append(Booked(before, 4, 2, until))).Surrogate);
        foreach (var one in (PersonVault[])[before, vault])
            foreach (var who in (int[])[1, 4])
            {
                Assert.Equal(until, await one.BookedUntil(Sas, Identity(who), "gp", clock.GetUtcNow(), Because));
                Assert.Equal((Identity(who), Note(who)), await one.Open($"p-{who}-1", $"agenda-{who}.b1", Because) is var open ? (open.Identity, open.Note) : default);
            }

        Assert.Equal(VaultKeyRefusal.RowsLeft, await admin.Retire(VaultKeyKind.Seal, 1));
        Assert.Equal(VaultKeyRefusal.Overlap, await admin.Retire(VaultKeyKind.Hash, 1));
        await Keeper(ledger, keys).Look(default);
        Assert.Equal(
            "Seal 1 False 0, Seal 2 True 9, Hash 1 False 4, Hash 2 True 4",
            string.Join(", ", (await admin.Status()).Select(one => $"{one.Kind} {one.Id} {one.Current} {one.Rows}")));
        clock.StoodStill = Ledger.Sample.Now + Options5.Overlap - TimeSpan.FromSeconds(1);
        Assert.Equal(VaultKeyRefusal.Overlap, await admin.Retire(VaultKeyKind.Hash, 1));
        clock.StoodStill = Ledger.Sample.Now + Options5.Overlap;
        Assert.Null(await admin.Retire(VaultKeyKind.Hash, 1));
        Assert.Null(await admin.Retire(VaultKeyKind.Seal, 1));
        Assert.Equal(VaultKeyRefusal.Current, await admin.Retire(VaultKeyKind.Seal, 2));
        Assert.Equal(VaultKeyRefusal.Unknown, await admin.Retire(VaultKeyKind.Seal, 1));
        Assert.Equal(["access.key", "content.key", "hash.2.key", "seal.2.key"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        // A new process, which never saw the old keys.
        var after = Vault(ledger);
        for (var who = 1; who <= 4; who++)
        {
            Assert.Equal((Identity(who), Note(who)), await after.Open($"p-{who}-1", $"agenda-{who}.b1", Because) is var open ? (open.Identity, open.Note) : default);
            Assert.Equal($"p-{who}-1", Assert.IsType<CommitResult.PersonKnown>(await ledger.Append(Booked(after, who, 2, until.AddDays(20)))).Surrogate);
        }
        Assert.Null(await Admin(ledger, VaultKeys.In(Folder)).Rotate(VaultKeyKind.Hash)); // and so on
    }

    [Fact]
    public async Task One_persons_file_is_corrected_objected_to_and_erased_and_no_other()
    {
        var ledger = await Open();
        var (keys, until) = (VaultKeys.In(Folder), clock.GetUtcNow().AddHours(40));
        var (vault, store) = (Vault(ledger, keys), ledger.Vault);
        for (var who = 1; who <= 2; who++) await Appended(ledger, Booked(vault, who, 1, until));
        await Appended(ledger, Booked(vault, 1, 2, until.AddDays(9), "p-1-1", until.AddDays(1)) with { TerritoryId = "other" });
        await vault.KeepReason("glass-1", "p-1-1", "slv", until, "motif");
        var files = new PersonFiles(ledger, () => store, keys, new NoLog(), Options5, clock);
        var here = new PersonScope(Sas, "slv", Because, WithCalls: false);
        Assert.Equal("p-1-1", await files.Find(here, Identity(1)));
        Assert.Null(await files.Find(here with { TerritoryId = "nowhere" }, Identity(1)));
        Assert.Null(await files.Find(here with { SasId = "sas-29" }, Identity(1)));
        Assert.Equal(["agenda-1.b1"], (await files.Open(here, "p-1-1"))!.Notes.Select(one => one.Id)); // what others of the SAS keep stays theirs

        Assert.Equal(PersonRefusal.Exists, await files.Correct(here, "p-1-1", Identity(2)));
        Assert.Equal(Identity(1), (await files.Open(here, "p-1-1"))!.Identity);
        Assert.Null(await files.Correct(here, "p-1-1", Identity(3)));
        Assert.Null(await files.Find(here, Identity(1)));
        Assert.Equal("p-1-1", await files.Find(here, Identity(3)));
        Assert.Equal(PersonRefusal.Changed, await store.Correct("p-1-1", Sas, "read long ago", "x", ["h"]));
        Assert.Null(await files.Object(here, "p-1-1", objects: true));
        Assert.True((await vault.Open("p-1-1", "agenda-1.b1", Because)).Objects);
        Assert.Equal(clock.GetUtcNow(), (await files.Open(here, "p-1-1"))!.ObjectedAt);
        Assert.Null(await files.Object(here, "p-1-1", objects: false));
        Assert.False((await vault.Open("p-1-1", "agenda-1.b1", Because)).Objects);

        Assert.Equal(PersonRefusal.InUse, await files.Erase(here, "p-1-1"));
        clock.StoodStill = until;
        Assert.Null(await files.Erase(here, "p-1-1")); // the other territory still needs the identity
        Assert.Null(await files.Open(here, "p-1-1"));
        Assert.Null(await vault.OpenReason("glass-1", Because, "p-1-1"));
        Assert.Equal(Identity(3), (await files.Open(here with { TerritoryId = "other" }, "p-1-1"))!.Identity);
        clock.StoodStill = until.AddDays(9);
        Assert.Null(await files.Erase(here with { TerritoryId = "other" }, "p-1-1"));
        Assert.Equal(PersonRefusal.Unknown, await files.Erase(here with { TerritoryId = "other" }, "p-1-1"));
        Assert.Equal(0, await Count("SELECT (SELECT count(*) FROM person WHERE surrogate = 'p-1-1') + (SELECT count(*) FROM person_trait WHERE surrogate = 'p-1-1') + (SELECT count(*) FROM note WHERE surrogate = 'p-1-1')"));
        Assert.Equal(Identity(2), (await files.Open(here, "p-2-1"))!.Identity);
    }

    [Fact]
    public async Task An_erased_tenant_leaves_nothing_and_its_neighbour_everything()
    {
        var ledger = await Open();
        var (vault, until) = (Vault(ledger), clock.GetUtcNow().AddHours(40));
        for (var who = 1; who <= 5; who++) await Appended(ledger, Booked(vault, who, 1, until) with { TerritoryId = who <= 3 ? "gone" : "stays", SetDue = [new($"notify/agenda-{who}", "x", until), new($"request/agenda-{who}.r1", "x", until)] });
        await Appended(ledger, Booked(vault, 3, 2, until.AddDays(9), "p-3-1", until.AddDays(1)) with { TerritoryId = "stays", Stream = "agenda/agenda-9", Version = 1, SetDue = [] });
        await Appended(ledger, Ledger.Sample.Booking("agenda-1", 2, "b-1", "s-1", "p-x") with { TerritoryId = "gone", Person = null }, Ledger.Sample.Booking("agenda-4", 2, "b-4", "s-4", "p-y") with { TerritoryId = "stays", Person = null });
        await ledger.SaveSnapshot("agenda/agenda-1", new(1, 1, "{}"));
        foreach (var (type, key, payload) in ((string, string, string)[])
            [("territory", "territory/gone", "{}"), ("territory", "territory/stays", "{}"), ("members", "members/gone", "{}"), ("professional", "professional/dr-1", "{}"), ("professional", "professional/dr-2", "{}"),
                ("login", "login/a", """{"accountId":"dr-1"}"""), ("login", "login/b", """{"accountId":"dr-2"}"""), ("account", "account/dr-1", "{}"), ("notice-settings", "noticesettings/dr-1", "{}")])
            Assert.True(await ledger.WriteDocument(type, key, 0, payload));

        var gone = await new TenantEraser(() => ledger.Vault, Options5).Erase("gone", ["dr-1"]);
        Assert.Equal(new(3, 3, 1), gone);
        Assert.Equal(new(0, 0, 1), await new TenantEraser(() => ledger.Vault, Options5).Erase("gone", ["dr-1"])); // asked again
        foreach (var (sql, left) in ((string, long)[])
            [("event WHERE territory_id = 'gone'", 0), ("event", 4), ("claim", 4), ("occupancy", 1), ("slot", 1), ("snapshot", 0), ("due", 5), ("note WHERE territory_id = 'gone'", 0), ("note", 3), ("person", 3), ("person_trait", 3), ("document", 3)])
            Assert.Equal((sql, left), (sql, await Count($"SELECT count(*) FROM {sql}")));
        Assert.Equal(Identity(3), (await vault.Open("p-3-1", "agenda-3.b2", Because)).Identity); // also somebody's next door
    }

    [Fact]
    public async Task A_database_of_before_is_brought_along()
    {
        var backend = Options.Storage == LedgerStorage.Sqlite ? "Sqlite" : "Postgres";
        var vault = new PersonVault(null!, VaultKeys.In(Folder), new NoLog());
        var (patient, note) = (vault.Seal(Sas, Identity(1), Note(1)), Ledger.Sample.Plain("agenda/agenda-1"));
        await Execute("CREATE TABLE meta (key text NOT NULL PRIMARY KEY, value bigint NOT NULL)");
        foreach (var script in EmbeddedSql.Scripts(backend).Take(4)) await Execute(script);
        var at = backend == "Sqlite" ? "1" : "now()";
        foreach (var sql in (string[])
            [
                "INSERT INTO meta VALUES ('schema', 4)",
                $"INSERT INTO event (stream, version, actor_id, request_id, fingerprint, answer, occurred_at, local_date, territory_id, care_stream, kind, channel, schema, payload) "
                    + $"VALUES ('agenda/agenda-1', 1, 'a', {(backend == "Sqlite" ? "zeroblob(16)" : "gen_random_uuid()")}, '', '{{}}', {at}, '2026-11-22', 'slv', 'gp', 'slot-booked', 'pharmacist', 1, '[]')",
                $"INSERT INTO person VALUES ('p-1-1', '{Sas}', '{patient.TraitHash}', '{patient.SealedIdentity}')",
                $"INSERT INTO person VALUES ('call-1', 'centre', 'file-hash', '{patient.SealedIdentity}')",
                $"INSERT INTO note VALUES ('agenda-1.b1', 'p-1-1', '{patient.SealedNote}')",
            ])
            await Execute(sql);

        var ledger = await Open();
        var files = new PersonFiles(ledger, () => ledger.Vault, VaultKeys.In(Folder), new NoLog(), Options5, clock);
        Assert.Equal("p-1-1", await files.Find(new(Sas, "slv", Because, WithCalls: false), Identity(1)));
        Assert.Equal("p-1-1", Assert.IsType<CommitResult.PersonKnown>(await ledger.Append(Booked(Vault(ledger), 1, 2, note.OccurredAt.AddHours(4)))).Surrogate);
        Assert.Equal((Identity(1), Note(1)), await Vault(ledger).Open("p-1-1", "agenda-1.b1", Because) is var open ? (open.Identity, open.Note) : default);
        Assert.Equal(1, await Count("SELECT count(*) FROM person_trait")); // nobody looks for a call's file by traits
        clock.StoodStill = DateTimeOffset.UtcNow + Options5.Keep - TimeSpan.FromDays(1); // the retention of before begins with the upgrade
        Assert.Equal(0, (await Keeper(ledger, VaultKeys.In(Folder)).Purge(default)).Persons);
    }

    private protected abstract Task<long> Count(string sql);

    /// <summary>An access log that takes everything.</summary>
    private sealed class NoLog : IAccessLog
    {
        public Task Record(AccessReason reason, string subject) => Task.CompletedTask;
        public Task<ImmutableArray<AccessEntry>> Find(AccessQuery query) => Task.FromResult(ImmutableArray<AccessEntry>.Empty);
    }
}

public sealed class SqliteVaultTests : VaultContract
{
    private readonly SqliteStore store = new();
    protected override bool IsShared => false;
    private protected override Task<LedgerOptions> NewStore() => Task.FromResult(store.Options);
    private protected override Task<int> Execute(string sql) => store.Execute(sql);
    private protected override async Task<long> Count(string sql) => (long)(await store.Scalar(sql))!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        store.Dispose();
    }
}

public sealed class PostgresVaultTests(PostgresServer server) : VaultContract
{
    private PostgresStore store = null!;
    protected override bool IsShared => true;
    private protected override async Task<LedgerOptions> NewStore() => (store = new(await server.NewDatabase())).Options;
    private protected override Task<int> Execute(string sql) => store.Execute(sql);
    private protected override async Task<long> Count(string sql) => (long)(await store.Scalar(sql))!;
}

/// <summary>Keys that the configuration brings.</summary>
public sealed class VaultOptionsTests
{
    private static string Key(byte fill) => Convert.ToBase64String(Enumerable.Repeat(fill, 32).ToArray());

    [Fact]
    public void Configured_keys_stand_alone_and_the_greatest_number_is_current()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("ten"), Key(10) + "\n");
        var keys = VaultKeys.In(folder.File("keys"), new() { Seal = { ["2"] = Key(2), ["10"] = $"file:{folder.File("ten")}" }, Hash = { ["1"] = Key(1) } });
        Assert.Equal((10, 2, 1, null), (keys.Seals.Current, keys.Seals.Former, keys.Hashes.Current, keys.Hashes.Former));
        Assert.Equal(10, keys.Seals.Keys[10][0]);
        Assert.False(File.Exists(folder.File("keys/seal.key")));
        foreach (var (id, wrong) in ((string, string)[])[("0", Key(1)), ("neuf", Key(1)), ("1", "court"), ("1", Convert.ToBase64String(new byte[33]))])
            Assert.Throws<InvalidDataException>(() => VaultKeys.In(folder.File("keys"), new() { Seal = { [id] = wrong } }));
    }

    [Fact]
    public void What_cannot_be_is_named()
    {
        new VaultOptions().Validate();
        var wrong = new VaultOptions { Keep = TimeSpan.FromDays(10), KeepNotes = TimeSpan.FromDays(11), Page = 0, Overlap = VaultOptions.LongestWindow, PagePause = -TimeSpan.FromSeconds(1), LookEvery = TimeSpan.Zero };
        var said = Assert.Throws<InvalidOperationException>(wrong.Validate).Message;
        foreach (var name in (string[])["KeepNotes", "Page", "Overlap", "PagePause", "LookEvery"]) Assert.Contains(name, said, StringComparison.Ordinal);
    }
}
