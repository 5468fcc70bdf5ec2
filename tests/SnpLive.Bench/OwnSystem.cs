using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Silo.Hosting;
using SnpLive.Silo.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Bench;

/// <summary>
/// S: SnpLive as the server hosts it, without the web in front. A booking is decided by its agenda's grain and committed with event, claim, place,
/// person and note. Its board is told, as always; no territory document is imported, so the board ignores it: what a live board costs is not in these figures.
/// </summary>
internal sealed class OwnSystem : IBookingSystem
{
    private const int AgendasOpenedAtOnce = 64;
    private readonly TemporaryFolder keys = new();
    private readonly SiloOptions options = new();
    private IHost? host;
    private IGrainFactory? grains;

    public async Task Open(string database, Territory territory)
    {
        options.KeyDirectory = keys.Path;
        options.Ledger.Storage = LedgerStorage.Postgres;
        options.Ledger.ConnectionString = database;
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
        builder.AddSnpSilo(options);
        host = builder.Build();
        await host.StartAsync();
        grains = host.Services.GetRequiredService<IClusterClient>();
        await Parallel.ForEachAsync(Enumerable.Range(0, territory.Agendas), new ParallelOptions { MaxDegreeOfParallelism = AgendasOpenedAtOnce },
            async (n, _) => await OpenAgenda(Territory.AgendaId(n), territory));
    }

    public async Task<Outcome> Book(BookSlot command) => await Agenda(AgendaIds.AgendaOf(command.SlotId)!).Execute(command) switch
    {
        BookingConfirmed => Outcome.Booked,
        Refused { Code: Refusal.SlotTaken } => Outcome.Taken,
        _ => Outcome.Unexpected,
    };

    /// <summary>Counts by every table that a booking writes, and lets the product's own audit replay the log.</summary>
    public async Task<Stored> Stored()
    {
        await using var source = NpgsqlDataSource.Create(options.Ledger.ConnectionString);
        await using var command = source.CreateCommand("""
            SELECT (SELECT count(*) FROM event WHERE kind = 'slot-booked'), (SELECT count(*) FROM occupancy), (SELECT count(*) FROM claim),
              (SELECT count(*) FROM person), (SELECT count(*) FROM note),
              (SELECT count(*) FROM (SELECT 1 FROM event WHERE kind = 'slot-booked' GROUP BY payload::jsonb -> 0 -> 'booking' ->> 'slotId' HAVING count(*) > 1) twice)
            """);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        var bookings = row.GetInt64(0);
        var uneven = Enumerable.Range(1, 4).Any(column => row.GetInt64(column) != bookings);
        var audit = await host!.Services.GetRequiredService<Verifier>().Run();
        var fault = uneven ? "event, occupancy, claim, person and note differ in number" : audit.IsClean ? null : $"the audit found {audit.TotalFindings}: {audit.Findings[0]}";
        return new(bookings, row.GetInt64(5), fault);
    }

    public async Task TouchConnections()
    {
        var ledger = host!.Services.GetRequiredService<ILedger>();
        await Task.WhenAll(Enumerable.Range(0, options.Ledger.ReadConnections).Select(_ => ledger.FindAnswer("nobody", Guid.NewGuid())));
        // The writer's connection is used by commits only: the same agenda with a new place is one commit.
        var definition = (await Agenda(Territory.AgendaId(0)).Definition())! with { PlaceId = Guid.NewGuid().ToString("N") };
        await Accepted(Agenda(definition.AgendaId), new ConfigureAgenda(definition) { RequestId = Guid.NewGuid(), Actor = Actor.System, NotAfter = NotAfter });
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.StopAsync();
            if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        }
        keys.Dispose();
    }

    private static DateTimeOffset NotAfter => DateTimeOffset.UtcNow.AddSeconds(30);

    private async Task OpenAgenda(string agendaId, Territory territory)
    {
        var agenda = Agenda(agendaId);
        await Accepted(agenda, new ConfigureAgenda(Territory.Definition(agendaId)) { RequestId = Guid.NewGuid(), Actor = Actor.System, NotAfter = NotAfter });
        await Accepted(agenda, new OpenSlots(territory.SlotsToOpen()) { RequestId = Guid.NewGuid(), Actor = Territory.Practitioner(agendaId), NotAfter = NotAfter });
    }

    private static async Task Accepted(IAgendaGrain agenda, AgendaCommand command)
    {
        if (await agenda.Execute(command) is Refused refused) throw new InvalidOperationException($"{command.GetType().Name} was refused: {refused}");
    }

    private IAgendaGrain Agenda(string id) => grains!.GetGrain<IAgendaGrain>(id);
}
