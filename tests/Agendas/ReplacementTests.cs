using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using SnpLive.Grains;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Boards;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Silo.Documents;
using SnpLive.Silo.Hosting;
using SnpLive.Silo.Ledger;
using SnpLive.Tests.Engines;
using SnpLive.Tests.Support;
using Sample = SnpLive.Tests.Domain.Sample;

namespace SnpLive.Tests.Agendas;

/// <summary>A booking that is to replace lives on one agenda, the one that takes its place on another: whatever dies between the two, nothing is lost.</summary>
public sealed class ReplacementTests
{
    private static readonly TimeSpan CommandTime = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_process_that_dies_after_the_new_booking_leaves_a_follow_up_that_the_next_one_serves()
    {
        using var folder = new TemporaryFolder();
        string old, made;
        await using (var first = await Start(folder, sweeps: false)) // dies before it can tell the old booking's agenda
        {
            var (booked, wanted) = (await Open(first, "gp-1"), await Open(first, "gp-2"));
            old = Assert.IsType<BookingConfirmed>(await Book(first, "gp-1", booked, null)).BookingId;
            var away = await Do(first, "gp-1", new RecordAbsence(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(2), null) { RequestId = default, Actor = Sample.Gp, NotAfter = default });
            Assert.Equal([old], Assert.IsType<AbsenceRecorded>(away).ToReplace);
            made = Assert.IsType<BookingConfirmed>(await Book(first, "gp-2", wanted, old)).BookingId;
            Assert.Equal(AppointmentStatus.ToReplace, await StatusOf(first, old));
            // The patient has another booking now: nobody can make a third one.
            Assert.Equal(Refusal.PatientAlreadyBooked, Assert.IsType<Refused>(await Book(first, "gp-2", await Open(first, "gp-2", 3), old)).Code);
        }
        await using var second = await Start(folder, sweeps: true);
        await Eventually.True(async () => await StatusOf(second, old) == AppointmentStatus.Replaced, "the old booking has learnt of the new one");
        var booking = await second.Grains.GetGrain<IAgendaGrain>("gp-1").Booking(old);
        Assert.Equal(made, booking!.ReplacedBy);
        // Served once more, as after a crash before the wake-up was cleared: nothing changes.
        var version = (await second.Grains.GetGrain<IAgendaGrain>("gp-1").Look(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1))).Version;
        await second.Grains.GetGrain<IAgendaGrain>("gp-1").Wake(Wakes.Replaced(old, made));
        Assert.Equal(version, (await second.Grains.GetGrain<IAgendaGrain>("gp-1").Look(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1))).Version);
        Assert.True((await second.Services.GetRequiredService<Verifier>().Run()).IsClean);
    }

    [Fact]
    public async Task Two_people_who_find_another_slot_at_once_make_one_booking()
    {
        using var folder = new TemporaryFolder();
        await using var engine = await Start(folder, sweeps: true);
        var booked = await Open(engine, "gp-1");
        var old = Assert.IsType<BookingConfirmed>(await Book(engine, "gp-1", booked, null)).BookingId;
        Assert.IsType<Done>(await Do(engine, "gp-1", new WithdrawSlot(booked, false, true) { RequestId = default, Actor = Sample.Gp, NotAfter = default }));
        string[] slots = [await Open(engine, "gp-2"), await Open(engine, "gp-2", 2), await Open(engine, "gp-1", 3), await Open(engine, "gp-1", 4)];
        var answers = await Task.WhenAll(slots.Select(slot => Book(engine, AgendaIds.AgendaOf(slot)!, slot, old)));
        Assert.Single(answers.OfType<BookingConfirmed>());
        Assert.All(answers.OfType<Refused>(), r => Assert.Equal(Refusal.PatientAlreadyBooked, r.Code));
        await Eventually.True(async () => await StatusOf(engine, old) == AppointmentStatus.Replaced, "the old booking has learnt of the new one");
        Assert.True((await engine.Services.GetRequiredService<Verifier>().Run()).IsClean);
    }

    private static async Task<AppointmentStatus?> StatusOf(EngineFixture engine, string booking) =>
        (await engine.Grains.GetGrain<IAgendaGrain>(AgendaIds.AgendaOf(booking)!).Booking(booking))?.Status;

    private static Task<AgendaAnswer> Do(EngineFixture engine, string agenda, AgendaCommand command) =>
        engine.Grains.GetGrain<IAgendaGrain>(agenda).Execute(command with { RequestId = Guid.NewGuid(), NotAfter = DateTimeOffset.UtcNow + CommandTime });

    private static async Task<string> Open(EngineFixture engine, string agenda, int hours = 1)
    {
        var rules = Sample.Rules with { Daytime = new(Sample.Always.Ranges, false, []) };
        await Do(engine, agenda, new ConfigureAgenda(Sample.Definition(agenda, rules: rules)) { RequestId = default, Actor = Actor.System, NotAfter = default });
        // On the quarter, so that no slot runs over midnight.
        var start = DateTimeOffset.UtcNow.AddHours(hours);
        start = new(start.Ticks - start.Ticks % TimeSpan.FromMinutes(15).Ticks, TimeSpan.Zero);
        var opened = await Do(engine, agenda, new OpenSlots([new(start, start.AddMinutes(10), VisitMode.Surgery, null, 1, null)]) { RequestId = default, Actor = Sample.Gp, NotAfter = default });
        return Assert.IsType<SlotsOpened>(opened).SlotIds[0];
    }

    private static Task<AgendaAnswer> Book(EngineFixture engine, string agenda, string slot, string? replaces) =>
        Do(engine, agenda, new BookSlot(slot, null, null, null, Sample.Patient("same"), null, Eligibility.Visitor, "M03.14", null, true, false, replaces)
        {
            RequestId = default, Actor = Sample.PharmacistA, NotAfter = default,
        });

    private static Task<EngineFixture> Start(TemporaryFolder folder, bool sweeps)
    {
        var options = new SiloOptions { KeyDirectory = folder.File("keys") };
        options.Ledger.DataDirectory = folder.File("data");
        return EngineFixture.StartAsync(services =>
        {
            services.AddLogging().AddSnpStore(options).AddBoards().AddSingleton<BoardFeed>()
                .AddKeyedSingleton<IGrainStorage>(Documents.Storage, (p, _) => new LedgerGrainStorage(p.GetRequiredService<IDocumentStore>(), SnpJson.Options));
            if (sweeps) services.AddDueSweeper<GrainWaker>();
        });
    }
}
