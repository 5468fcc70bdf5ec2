using SnpLive.Grains.Ledger;
using SnpLive.Silo.Documents;
using Orleans.Storage;

namespace SnpLive.Tests.Ledger;

/// <summary>What every ledger promises about reading, wake-ups, documents and its queue; run on both backends.</summary>
public abstract class LedgerReadContract : LedgerHarness
{
    [Fact]
    public async Task A_stream_is_read_from_its_newest_snapshot_which_never_goes_back()
    {
        var ledger = await Open();
        for (var version = 1; version <= 5; version++) await Appended(ledger, Sample.Plain("agenda/a", version));
        Assert.Equal([1, 2, 3, 4, 5], (await ledger.Read("agenda/a")).Tail.Select(c => c.Version));

        await ledger.SaveSnapshot("agenda/a", new(3, 1, """{"at":3}"""));
        await ledger.SaveSnapshot("agenda/a", new(2, 1, """{"at":2}"""));
        var read = await ledger.Read("agenda/a");
        Assert.Equal(new SnapshotRow(3, 1, """{"at":3}"""), read.Snapshot);
        Assert.Equal([4, 5], read.Tail.Select(c => c.Version));

        await ledger.SaveSnapshot("agenda/a", new(5, 2, """{"at":5}"""));
        read = await ledger.Read("agenda/a");
        Assert.Equal(5, read.Snapshot?.Version);
        Assert.Empty(read.Tail);
        Assert.Equal(new StreamRead(null, []), await ledger.Read("agenda/none") with { Tail = [] });
    }

    [Fact]
    public async Task A_command_is_read_back_as_it_was_written()
    {
        var ledger = await Open();
        var commit = Sample.Plain("agenda/a") with { Payload = """{"b":1, "a":[ ]}""", OccurredAt = new(2026, 3, 29, 3, 0, 0, 123, 456, TimeSpan.FromHours(2)), Schema = 7 };
        await Appended(ledger, commit);
        var read = Assert.Single((await ledger.Read("agenda/a")).Tail);
        Assert.Equal(new RecordedCommand(1, commit.ActorId, commit.RequestId, commit.Fingerprint, commit.Answer, commit.OccurredAt.ToUniversalTime(), 7, commit.Payload), read);
    }

    [Fact]
    public async Task Wake_ups_are_set_replaced_and_cleared_with_their_commit()
    {
        var ledger = await Open();
        DueRow Due(string cause, int minutes) => new("request/r", cause, Sample.Now.AddMinutes(minutes));
        await Appended(ledger,
            Sample.Plain("agenda/a") with { SetDue = [Due("x", 9), Due("y", 2), Due("x", 1)] },   // the last one of a cause counts
            Sample.Plain("agenda/a", 2) with { SetDue = [Due("z", 3)], ClearDue = [new("request/r", "y"), new("request/r", "z"), new("request/r", "none")] });
        Assert.Equal([Due("x", 1), Due("z", 3)], await ledger.ReadDue(Sample.Now.AddMinutes(3), 10));
        Assert.Equal([Due("x", 1)], await ledger.ReadDue(Sample.Now.AddMinutes(3), 1));
        Assert.Empty(await ledger.ReadDue(Sample.Now, 10));

        await Appended(ledger, Sample.Plain("agenda/a", 3) with { SetDue = [Due("x", 2)] });
        await ledger.ClearDue([Due("x", 1), Due("none", 1)]); // served, but set anew meanwhile
        Assert.Equal([Due("x", 2), Due("z", 3)], await ledger.ReadDue(Sample.Now.AddMinutes(3), 10));
        await Appended(ledger, Sample.Plain("agenda/a", 4) with { SetDue = [Due("w", 2)] });
        await ledger.ClearDue([Due("w", 2), Due("x", 2)]);
        Assert.Equal([Due("z", 3)], await ledger.ReadDue(Sample.Now.AddMinutes(3), 10));
    }

    [Fact]
    public async Task The_board_shows_slots_in_range_taken_places_versions_and_recent_holds()
    {
        var ledger = await Open();
        await Appended(ledger,
            Sample.Plain("agenda/a") with { Slots = [Sample.Slot("a", "early", 1, -1), Sample.Slot("a", "now", 1, -0.2), Sample.Slot("a", "soon", 1, 1), Sample.Slot("a", "late", 1, 48)] },
            Sample.Plain("agenda/a", 2) with { Occupy = [new("soon", 1, "b-1"), new("soon", 2, "b-2")], Slots = [Sample.Slot("a", "now", 2, -0.2) with { Withdrawn = true }] },
            Sample.Plain("agenda/a", 3) with { Kind = LedgerNames.SlotHeldKind, OccurredAt = Sample.Now.AddMinutes(-3) },
            Sample.Plain("agenda/b") with { Kind = LedgerNames.SlotHeldKind, OccurredAt = Sample.Now.AddMinutes(-6) },
            Sample.Plain("agenda/c") with { Slots = [Sample.Slot("c", "not asked for", 1, 1)] });

        var board = await ledger.ReadBoard(["b", "none", "a"], Sample.Now, Sample.Now.AddHours(48), Sample.Now.AddMinutes(-5));

        Assert.Equal([1, 0, 3], board.Versions);
        Assert.Equal(["a"], board.RecentlyHeld);
        Assert.Equal([new(Sample.Slot("a", "now", 2, -0.2) with { Withdrawn = true }, 0), new(Sample.Slot("a", "soon", 1, 1), 2)], board.Slots);
        Assert.Empty((await ledger.ReadBoard([], Sample.Now, Sample.Now.AddHours(48), Sample.Now)).Slots);
    }

    [Fact]
    public async Task Streams_are_found_by_who_booked_in_them_and_since_when()
    {
        var ledger = await Open();
        await Appended(ledger,
            Sample.Booking("a", 1, "b-1", "s-1", "p-1") with { ActorId = "ann" },
            Sample.Booking("a", 2, "b-2", "s-2", "p-2") with { ActorId = "ann" },
            Sample.Booking("b", 1, "b-3", "s-3", "p-3") with { ActorId = "ben", OccurredAt = Sample.Now.AddHours(-1) },
            Sample.Booking("c", 1, "b-4", "s-4", "p-4") with { ActorId = "eve" },
            Sample.Plain("agenda/d") with { ActorId = "ann", Kind = LedgerNames.SlotHeldKind });

        Assert.Equal(["agenda/a", "agenda/b"], await ledger.ReadBookedStreams(["ann", "ben"], Sample.Now.AddHours(-1)));
        Assert.Equal(["agenda/a"], await ledger.ReadBookedStreams(["ann", "ben"], Sample.Now.AddHours(-1).AddMilliseconds(1)));
        Assert.Empty(await ledger.ReadBookedStreams(["nobody"], Sample.Now.AddDays(-9)));
        Assert.Empty(await ledger.ReadBookedStreams([], Sample.Now.AddDays(-9)));
    }

    [Fact]
    public async Task Requests_are_found_by_their_territory_and_since_when()
    {
        var ledger = await Open();
        Commit Opened(string id, string territory, double hoursAgo = 0) =>
            Sample.Plain("request/" + id) with { Kind = LedgerNames.RequestOpenedKind, TerritoryId = territory, OccurredAt = Sample.Now.AddHours(-hoursAgo) };
        await Appended(ledger, Opened("a", "north"), Opened("b", "north", 1), Opened("c", "south"), Sample.Plain("request/d") with { TerritoryId = "north" });

        Assert.Equal(["request/a", "request/b"], await ledger.ReadRequestStreams(["north"], Sample.Now.AddHours(-1)));
        Assert.Equal(["request/a", "request/c"], await ledger.ReadRequestStreams(["north", "south"], Sample.Now.AddHours(-1).AddMilliseconds(1)));
        Assert.Empty(await ledger.ReadRequestStreams([], Sample.Now.AddDays(-9)));
    }

    [Fact]
    public async Task A_claim_is_found_by_traits_inside_its_SAS_stream_and_time_only()
    {
        var ledger = await Open();
        await Appended(ledger, Sample.Booking("a", 1, "b-1", "s-1", "p-1"));
        Assert.Equal(Sample.Claim("p-1", "b-1"), await ledger.ReadClaimByTraits("sas-44", ["another key's", "hash of p-1"], "gp", Sample.Now));
        Assert.NotNull(await ledger.ReadClaimByTraits("sas-44", ["hash of p-1"], "gp", Sample.Now.AddHours(48).AddMilliseconds(-1)));
        Assert.Null(await ledger.ReadClaimByTraits("sas-44", ["hash of p-1"], "gp", Sample.Now.AddHours(48)));
        Assert.Null(await ledger.ReadClaimByTraits("sas-29", ["hash of p-1"], "gp", Sample.Now));
        Assert.Null(await ledger.ReadClaimByTraits("sas-44", ["hash of p-1"], "imaging.xray", Sample.Now));
        Assert.Null(await ledger.ReadClaimByTraits("sas-44", ["hash of p-2"], "gp", Sample.Now));
        Assert.Equal([Sample.Claim("p-1", "b-1")], await ledger.ReadClaims("p-1", Sample.Now));
        Assert.Empty(await ledger.ReadClaims("p-1", Sample.Now.AddHours(48)));
        Assert.Empty(await ledger.ReadClaims("p-2", Sample.Now));
    }

    [Fact]
    public async Task Documents_change_only_for_who_knows_their_version()
    {
        var ledger = await Open();
        Assert.Null(await ledger.ReadDocument("t", "k"));
        Assert.False(await ledger.WriteDocument("t", "k", 1, "{}"));
        Assert.True(await ledger.WriteDocument("t", "k", 0, """{"n":1}"""));
        Assert.False(await ledger.WriteDocument("t", "k", 0, """{"n":0}"""));
        Assert.True(await ledger.WriteDocument("t", "k", 1, """{"n":2}"""));
        Assert.Equal(new DocumentRow(2, """{"n":2}"""), await ledger.ReadDocument("t", "k"));
        Assert.False(await ledger.ClearDocument("t", "k", 1));
        Assert.True(await ledger.ClearDocument("t", "k", 2));
        Assert.Null(await ledger.ReadDocument("t", "k"));

        var racers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => ledger.WriteDocument("t", "race", 0, $"{i}"))));
        Assert.Single(racers, won => won);
    }

    [Fact]
    public async Task Grain_states_are_documents_with_ETags()
    {
        var storage = new LedgerGrainStorage(await Open(), new());
        var id = GrainId.Create("territory", "slv");
        GrainState<Settings> mine = new(), other = new();
        await storage.ReadStateAsync("settings", id, mine);
        Assert.Equal((new Settings(), null, false), (mine.State!, mine.ETag, mine.RecordExists));

        mine.State = new() { Name = "Sud Loire Vignoble" };
        await storage.WriteStateAsync("settings", id, mine);
        await storage.ReadStateAsync("settings", id, other);
        Assert.Equal((mine.State, "1", true), (other.State!, other.ETag, other.RecordExists));

        await storage.WriteStateAsync("settings", id, other);
        var refused = await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("settings", id, mine));
        Assert.Equal(("2", "1"), (refused.StoredEtag, refused.CurrentEtag));
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("settings", id, mine));
        await storage.ClearStateAsync("settings", id, other);
        Assert.Equal((new Settings(), null, false), (other.State!, other.ETag, other.RecordExists));
        await storage.WriteStateAsync("settings", id, other);
    }

    [Fact]
    public async Task A_full_queue_and_a_long_wait_are_answered_unavailable_and_never_sent()
    {
        (Options.QueueLimit, Options.QueueWait) = (10, TimeSpan.FromMilliseconds(200));
        var (ledger, gate) = await OpenGated();
        gate.Hold();
        var plug = ledger.Append(Sample.Plain("plug/1"));
        await gate.Entered;
        var waiting = Enumerable.Range(0, 11).Select(i => ledger.Append(Sample.Plain($"agenda/{i}"))).ToArray();

        Assert.True(waiting[10].IsCompletedSuccessfully, "The eleventh is refused at once.");
        Assert.All(await Task.WhenAll(waiting), r => Assert.IsType<CommitResult.Unavailable>(r));
        gate.Release();
        Assert.IsType<CommitResult.Appended>(await plug);
        await Appended(ledger, Sample.Plain("agenda/after"));
        Assert.All(await ledger.ReadVersions([.. Enumerable.Range(0, 11).Select(i => $"agenda/{i}")]), v => Assert.Equal(0, v));
    }

    [Fact]
    public async Task A_graceful_stop_completes_what_waits()
    {
        var (ledger, gate) = await OpenGated();
        gate.Hold();
        var first = ledger.Append(Sample.Plain("agenda/a"));
        await gate.Entered;
        var second = ledger.Append(Sample.Plain("agenda/a", 2));
        var stop = ledger.DisposeAsync().AsTask();
        var late = ledger.Append(Sample.Plain("agenda/late"));
        gate.Release();
        await stop;
        Assert.IsType<CommitResult.Appended>(await first);
        Assert.IsType<CommitResult.Appended>(await second);
        Assert.IsType<CommitResult.Unavailable>(await late);
        Assert.Equal([2], await (await Open()).ReadVersions(["agenda/a"]));
    }

    [Fact]
    public async Task A_stop_that_takes_too_long_answers_everyone()
    {
        Options.StopTimeout = TimeSpan.FromMilliseconds(200);
        var (ledger, gate) = await OpenGated();
        gate.Hold();
        var sent = ledger.Append(Sample.Plain("agenda/a"));
        await gate.Entered;
        var queued = ledger.Append(Sample.Plain("agenda/b"));
        await ledger.DisposeAsync();
        Assert.IsType<CommitResult.Unknown>(await sent);
        Assert.IsType<CommitResult.Unavailable>(await queued);
        gate.Release();
    }

    public sealed record Settings
    {
        public string Name { get; init; } = "";
    }
}
