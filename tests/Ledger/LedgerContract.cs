using SnpLive.Grains.Ledger;

namespace SnpLive.Tests.Ledger;

/// <summary>What every ledger promises about appending; run on both backends.</summary>
public abstract class LedgerContract : LedgerHarness
{
    [Fact]
    public async Task Sixteen_writers_on_a_new_stream_make_exactly_one_version_1()
    {
        var ledgers = await OpenProcesses(4);
        for (var round = 0; round < 20; round++)
        {
            var stream = $"agenda/new-{round}";
            var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => ledgers[i % 4].Append(Sample.Plain(stream)))));
            Assert.Single(results, r => r is CommitResult.Appended);
            Assert.Equal(15, results.Count(r => r is CommitResult.Fenced));
            Assert.Equal(1, Assert.Single((await ledgers[0].Read(stream)).Tail).Version);
        }
    }

    [Theory]
    [InlineData(1)] // the version is taken
    [InlineData(3)] // it would leave a gap
    public async Task A_stale_command_is_fenced_whole_and_its_batch_commits(long staleVersion)
    {
        var (ledger, gate) = await OpenGated();
        await Appended(ledger, Sample.Plain("agenda/a"));
        var stale = Sample.Booking("a", staleVersion, "b-1", "s-1", "p-1");
        var others = Enumerable.Range(0, 20).Select(i => Sample.Booking($"other-{i}", 1, $"b-o{i}", $"s-o{i}", $"p-o{i}")).ToArray();

        var results = await Together(ledger, gate, [stale, .. others]);

        Assert.Equal(21, gate.Batches.Last().Count);
        Assert.IsType<CommitResult.Fenced>(results[0]);
        Assert.All(results[1..], r => Assert.IsType<CommitResult.Appended>(r));
        Assert.Equal([1], await ledger.ReadVersions(["agenda/a"]));
        Assert.Empty((await Board(ledger, "a")).Slots);
        Assert.DoesNotContain(await ledger.ReadDue(Sample.Now.AddDays(1), 100), d => d.Stream == "agenda/a");
        Assert.Null(await ledger.ReadPerson("p-1"));
        Assert.Null(await ledger.ReadNote("b-1"));
        // Its claim and its place are free for another booking.
        await Appended(ledger, Sample.Booking("a", 2, "b-2", "s-1", "p-1"));
    }

    [Fact]
    public async Task A_repeated_request_gets_its_first_answer_in_a_batch_across_batches_and_across_restarts()
    {
        var (ledger, gate) = await OpenGated();
        var first = Sample.Booking("a", 1, "b-1", "s-1", "p-1");
        var again = first with { Version = 2, Answer = """{"other":true}""", OccurredAt = Sample.Now.AddMinutes(1) };

        var results = await Together(ledger, gate, first, again);
        Assert.IsType<CommitResult.Appended>(results[0]);
        AssertFirst(results[1]);
        AssertFirst(await ledger.Append(again));
        await ledger.DisposeAsync();

        var restarted = await Open();
        AssertFirst(await restarted.Append(again));
        AssertFirst(await restarted.Append(again with { Stream = "agenda/elsewhere", Version = 1 }));
        Assert.Equal([1, 0], await restarted.ReadVersions(["agenda/a", "agenda/elsewhere"]));
        Assert.Equal(first.Answer, (await restarted.FindAnswer(first.ActorId, first.RequestId))?.Answer);

        void AssertFirst(CommitResult result)
        {
            var answer = Assert.IsType<CommitResult.Duplicate>(result).First;
            Assert.Equal(new RecordedAnswer("agenda/a", 1, first.Fingerprint, first.Answer, Sample.Now), answer);
        }
    }

    [Fact]
    public async Task A_request_id_under_another_command_is_refused_and_another_actor_never_sees_the_answer()
    {
        var ledger = await Open();
        var first = Sample.Plain("agenda/a");
        await Appended(ledger, first);

        Assert.IsType<CommitResult.RequestIdReused>(await ledger.Append(Sample.Plain("agenda/a", 2, request: first.RequestId, fingerprint: "another")));
        Assert.Null(await ledger.FindAnswer("somebody", first.RequestId));
        await Appended(ledger, Sample.Plain("agenda/a", 2, "somebody", first.RequestId));
        Assert.Equal(2, (await ledger.FindAnswer("somebody", first.RequestId))?.Version);
    }

    [Fact]
    public async Task Two_bookings_of_one_place_at_once_one_wins()
    {
        var (ledger, gate) = await OpenGated();
        // Different streams, as a bug in a fold would have it: only the second lock is left.
        var results = await Together(ledger, gate, Sample.Plain("agenda/a") with { Occupy = [new("s", 1, "b-1")] }, Sample.Plain("agenda/b") with { Occupy = [new("s", 1, "b-2")] });

        Assert.IsType<CommitResult.Appended>(results[0]);
        Assert.Equal(new OccupancyRow("s", 1, "b-2"), Assert.IsType<CommitResult.PlaceTaken>(results[1]).Place);
        Assert.Equal([1, 0], await ledger.ReadVersions(["agenda/a", "agenda/b"]));
        // The same booking on a second place is refused, too.
        Assert.IsType<CommitResult.PlaceTaken>(await ledger.Append(Sample.Plain("agenda/c") with { Occupy = [new("s", 2, "b-1")] }));
    }

    [Fact]
    public async Task Two_bookings_of_one_patient_at_once_one_wins()
    {
        var (ledger, gate) = await OpenGated();
        var results = await Together(ledger, gate, Sample.Booking("a", 1, "b-1", "s-1", "p"), Sample.Booking("b", 1, "b-2", "s-2", "p"), Sample.Booking("c", 1, "b-3", "s-3", "q"));

        Assert.IsType<CommitResult.Appended>(results[0]);
        Assert.Equal(Sample.Claim("p", "b-1"), Assert.IsType<CommitResult.ClaimTaken>(results[1]).Claim);
        Assert.IsType<CommitResult.Appended>(results[2]);
        Assert.Empty((await Board(ledger, "b")).Slots);
    }

    [Fact]
    public async Task One_patient_at_many_doors_at_once_is_booked_once()
    {
        var ledgers = await OpenProcesses(4);
        for (var round = 0; round < 10; round++)
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
                ledgers[i % 4].Append(Sample.Booking($"r{round}-{i}", 1, $"b-{round}-{i}", $"s-{round}-{i}", $"p-{round}")))));
            Assert.Single(results, r => r is CommitResult.Appended);
            Assert.Equal(19, results.Count(r => r is CommitResult.ClaimTaken));
        }
    }

    [Fact]
    public async Task An_expired_claim_is_taken_over_at_its_very_end_and_not_before()
    {
        var ledger = await Open();
        var end = Sample.Now.AddHours(48);
        await Appended(ledger, Sample.Plain("agenda/a") with { TakeClaims = [Sample.Claim("p", "b-1")] });
        var taker = Sample.Plain("agenda/b") with { TakeClaims = [new("p", "gp", "b-2", end.AddHours(48))] };

        Assert.IsType<CommitResult.ClaimTaken>(await ledger.Append(taker with { OccurredAt = end.AddTicks(-TimeSpan.TicksPerMicrosecond) }));
        await Appended(ledger, taker with { OccurredAt = end });
        var refused = Assert.IsType<CommitResult.ClaimTaken>(await ledger.Append(Sample.Plain("agenda/c") with { TakeClaims = [Sample.Claim("p", "b-3")] }));
        Assert.Equal(new ClaimRow("p", "gp", "b-2", end.AddHours(48)), refused.Claim);
    }

    [Fact]
    public async Task A_claim_is_extended_by_its_owner_dropped_by_its_owner_only_and_may_change_hands_in_one_command()
    {
        var ledger = await Open();
        var probe = Sample.Plain("agenda/probe") with { TakeClaims = [Sample.Claim("p", "probe")] };
        await Appended(ledger,
            Sample.Plain("agenda/a") with { TakeClaims = [Sample.Claim("p", "b-1", 1)] },
            Sample.Plain("agenda/a", 2) with { TakeClaims = [Sample.Claim("p", "b-1", 2)] },
            Sample.Plain("agenda/a", 3) with { DropClaims = [new("p", "gp", "somebody"), new("nobody", "gp", "b-1")] });
        Assert.Equal(Sample.Claim("p", "b-1", 2), Assert.IsType<CommitResult.ClaimTaken>(await ledger.Append(probe)).Claim);

        await Appended(ledger, Sample.Plain("agenda/a", 4) with { DropClaims = [new("p", "gp", "b-1")], TakeClaims = [Sample.Claim("p", "b-2")] });
        Assert.Equal("b-2", Assert.IsType<CommitResult.ClaimTaken>(await ledger.Append(probe)).Claim.Owner);

        await Appended(ledger, Sample.Plain("agenda/a", 5) with { DropClaims = [new("p", "gp", "b-2")] }, probe);
    }

    [Fact]
    public async Task A_place_changes_hands_in_one_command()
    {
        var ledger = await Open();
        await Appended(ledger, Sample.Booking("a", 1, "b-1", "s", "p"),
            Sample.Plain("agenda/a", 2) with { VacateBookings = ["b-1"], Occupy = [new("s", 1, "b-2"), new("s", 2, "b-3")] });
        Assert.Equal(2, Assert.Single((await Board(ledger, "a")).Slots).Taken);
    }

    [Fact]
    public async Task A_poisoned_row_among_500_harms_none_of_the_others()
    {
        var (ledger, gate) = await OpenGated();
        var batch = Enumerable.Range(0, 500).Select(i => Sample.Booking($"{i:D3}", 1, $"b-{i}", $"s-{i}", $"p-{i}")).ToArray();
        batch[250] = batch[250] with { Occupy = [new("s-250", 0, "b-250")] };      // only the database knows that places begin at 1
        batch[300] = batch[300] with { Slots = [Sample.Slot("300", "s-300", 1) with { End = Sample.Now }] };

        var results = await Together(ledger, gate, batch);

        Assert.Equal(500, gate.Batches.Last().Count);
        Assert.Equal([250, 300], Enumerable.Range(0, 500).Where(i => results[i] is CommitResult.Rejected));
        Assert.Equal(498, results.Count(r => r is CommitResult.Appended));
        Assert.Equal([0], await ledger.ReadVersions(["agenda/250"]));
        await Appended(ledger, Sample.Booking("250", 1, "b-250", "s-250", "p-250")); // nothing of it was left behind
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xD83D)] // half of a surrogate pair
    [InlineData(0xDE00)]
    public async Task Text_that_cannot_be_stored_is_rejected(int character)
    {
        var text = $"a{(char)character}b";
        var ledger = await Open();
        Assert.IsType<CommitResult.Rejected>(await ledger.Append(Sample.Plain("agenda/a") with { Payload = text }));
        await Appended(ledger, Sample.Plain("agenda/a") with { Payload = """{"text":"😀 é \u0000"}""" });
    }

    [Fact]
    public async Task Commits_of_one_stream_that_wait_together_keep_their_order()
    {
        var (ledger, gate) = await OpenGated();
        var results = await Together(ledger, gate, [.. Enumerable.Range(1, 20).SelectMany(v => new[] { Sample.Plain("agenda/a", v), Sample.Plain("agenda/b", v) })]);
        Assert.All(results, r => Assert.IsType<CommitResult.Appended>(r));
        Assert.Equal(20, gate.Batches.Count(b => b.Count == 2));
    }

    [Fact]
    public async Task A_person_known_under_another_surrogate_is_named_and_nothing_is_written()
    {
        var (ledger, gate) = await OpenGated();
        var twin = Sample.Booking("b", 1, "b-2", "s-2", "p-2") with { Person = Sample.Person("p-1", "b-2") with { Surrogate = "p-2" } };
        var results = await Together(ledger, gate, Sample.Booking("a", 1, "b-1", "s-1", "p-1"), twin);

        Assert.IsType<CommitResult.Appended>(results[0]);
        Assert.Equal("p-1", Assert.IsType<CommitResult.PersonKnown>(results[1]).Surrogate);
        Assert.Equal([0], await ledger.ReadVersions(["agenda/b"]));
        // Under the same surrogate the identity is replaced; another SAS knows nothing of it.
        await Appended(ledger,
            Sample.Plain("agenda/b") with { Person = Sample.Person("p-1", "b-3") with { SealedIdentity = "newer", SealedNote = null } },
            Sample.Plain("agenda/b", 2) with { Person = Sample.Person("p-1", "b-4") with { Surrogate = "p-3", SasId = "sas-29" } });
        Assert.Equal(new PersonRow("sas-44", "newer"), await ledger.ReadPerson("p-1"));
        Assert.Equal("sealed note", await ledger.ReadNote("b-1"));
        Assert.Null(await ledger.ReadNote("b-3"));
        // A surrogate stands for one person of one SAS for ever.
        Assert.IsType<CommitResult.Rejected>(await ledger.Append(Sample.Plain("agenda/b", 3) with { Person = Sample.Person("p-1", "b-5") with { TraitHash = "else" } }));
    }

    private static Task<BoardRead> Board(ILedger ledger, params string[] agendas) =>
        ledger.ReadBoard([.. agendas], Sample.Now, Sample.Now.AddDays(2), Sample.Now.AddMinutes(-5));
}
