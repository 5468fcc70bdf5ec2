using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using SnpLive.Grains;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Boards;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Silo.Documents;
using SnpLive.Silo.Hosting;
using SnpLive.Silo.Ledger;
using SnpLive.Tests.Engines;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;
using Sample = SnpLive.Tests.Domain.Sample;

namespace SnpLive.Tests.Agendas;

/// <summary>
/// What Orleans cannot exclude around failures: one agenda active twice, here in two engines on one PostgreSQL. The ledger's fencing
/// keeps the promise, and the stale shell recovers by itself.
/// </summary>
public sealed class TwoActivationsTests(PostgresServer postgres)
{
    private const int Slots = 24;
    private static readonly TimeSpan CommandTime = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Two_activations_of_one_agenda_sell_each_slot_once()
    {
        using var keys = new TemporaryFolder();
        var database = await postgres.NewDatabase();
        await using var here = await Start(database, keys);
        await using var there = await Start(database, keys);
        var slots = await OpenSlots(Agenda(here));
        // Both have looked, so both have the state in memory when the race begins.
        Assert.Equal(Slots, (await Agenda(there).Look(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(2))).Slots.Length);

        var answers = await Task.WhenAll(slots.SelectMany(slot => new[] { Book(here, slot, "a-" + slot), Book(there, slot, "b-" + slot) }));

        Assert.Equal(Slots, answers.OfType<BookingConfirmed>().Select(b => b.Slot.SlotId).Distinct().Count());
        Assert.Equal(Slots, answers.Count(a => a is BookingConfirmed));
        Assert.All(answers.OfType<Refused>(), r => Assert.True(r.Code is Refusal.SlotTaken or Refusal.LedgerUnavailable, $"{r}"));
        Assert.True((await here.Services.GetRequiredService<Verifier>().Run()).IsClean);
    }

    [Fact]
    public async Task A_fenced_activation_decides_again_on_what_the_other_wrote()
    {
        using var keys = new TemporaryFolder();
        var database = await postgres.NewDatabase();
        await using var here = await Start(database, keys);
        await using var there = await Start(database, keys);
        var slots = await OpenSlots(Agenda(here));
        await Agenda(there).Look(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(2));

        Assert.IsType<BookingConfirmed>(await Book(here, slots[0], "first"));
        // The other one still believes that both slots are free: it is fenced, reloads within the turn, and answers rightly.
        Assert.IsType<BookingConfirmed>(await Book(there, slots[1], "second"));
        Assert.Equal(Refusal.SlotTaken, Assert.IsType<Refused>(await Book(there, slots[0], "third")).Code);
        Assert.Equal(Refusal.SlotTaken, Assert.IsType<Refused>(await Book(here, slots[1], "fourth")).Code);
    }

    [Fact]
    public async Task A_patient_known_from_another_process_keeps_the_surrogate_and_the_claim()
    {
        using var keys = new TemporaryFolder();
        var database = await postgres.NewDatabase();
        await using var here = await Start(database, keys);
        await using var there = await Start(database, keys);
        var slots = await OpenSlots(Agenda(here));

        Assert.IsType<BookingConfirmed>(await Book(here, slots[0], "same"));
        var refused = Assert.IsType<Refused>(await Book(there, slots[1], "same"));
        Assert.Equal(Refusal.PatientAlreadyBooked, refused.Code);
        Assert.NotNull(refused.Until);
        Assert.IsType<BookingConfirmed>(await Book(there, slots[1], "same", again: true));
        var bookings = await Agenda(there).Bookings(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(2));
        Assert.Single(bookings.Select(b => b.Surrogate).Distinct());
    }

    private static IAgendaGrain Agenda(EngineFixture engine) => engine.Grains.GetGrain<IAgendaGrain>("gp-1");

    private static async Task<string[]> OpenSlots(IAgendaGrain agenda)
    {
        var rules = Sample.Rules with { Daytime = Sample.Always };
        Assert.IsType<Done>(await agenda.Execute(new ConfigureAgenda(Sample.Definition(rules: rules)) { RequestId = Guid.NewGuid(), Actor = Actor.System, NotAfter = NotAfter }));
        var soon = DateTimeOffset.UtcNow.AddHours(1);
        var first = FirstOfDay(soon.AddTicks(-(soon.Ticks % TimeSpan.TicksPerMinute)));
        var wanted = Enumerable.Range(0, Slots).Select(n => new SlotToOpen(first.AddMinutes(n * 10), first.AddMinutes(n * 10 + 10), VisitMode.Surgery, Audience.Snp | Audience.Cpts, 1, null));
        var opened = await agenda.Execute(new OpenSlots([.. wanted]) { RequestId = Guid.NewGuid(), Actor = Sample.Gp, NotAfter = NotAfter });
        return [.. Assert.IsType<SlotsOpened>(opened).SlotIds];
    }

    /// <summary>The instant from which on all slots lie on one civil day: this one, or the next midnight; at most five hours ahead, inside every window.</summary>
    private static DateTimeOffset FirstOfDay(DateTimeOffset from)
    {
        var (day, last) = (CivilTime.Day(from, Sample.Zone), CivilTime.Day(from.AddMinutes(Slots * 10), Sample.Zone));
        return day == last ? from : CivilTime.InstantOf(last, TimeOnly.MinValue, Sample.Zone);
    }

    private static Task<AgendaAnswer> Book(EngineFixture engine, string slot, string patient, bool again = false) =>
        Agenda(engine).Execute(new BookSlot(slot, null, null, null, Sample.Patient(patient), null, Eligibility.Visitor, "M03.14", null, true, again)
        {
            RequestId = Guid.NewGuid(), Actor = Sample.PharmacistA, NotAfter = NotAfter,
        });

    private static DateTimeOffset NotAfter => DateTimeOffset.UtcNow + CommandTime;

    private static async Task<EngineFixture> Start(string database, TemporaryFolder keys)
    {
        var options = new SiloOptions { KeyDirectory = keys.Path };
        options.Ledger.Storage = LedgerStorage.Postgres;
        options.Ledger.ConnectionString = database;
        return await EngineFixture.StartAsync(services => services.AddLogging().AddSnpStore(options).AddBoards().AddSingleton<BoardFeed>()
            .AddKeyedSingleton<IGrainStorage>(Documents.Storage, (p, _) => new LedgerGrainStorage(p.GetRequiredService<IDocumentStore>(), SnpJson.Options)));
    }
}
