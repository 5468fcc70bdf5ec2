using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Silo.Ledger;

namespace SnpLive.Bench;

/// <summary>What the bench does with our own system besides booking, whether a web stands in front or not.</summary>
internal sealed class OwnStore(IServiceProvider services)
{
    private const int AgendasOpenedAtOnce = 64;
    private readonly IGrainFactory grains = services.GetRequiredService<IClusterClient>();
    private readonly LedgerOptions options = services.GetRequiredService<LedgerOptions>();

    private static DateTimeOffset NotAfter => DateTimeOffset.UtcNow.AddSeconds(30);

    public IAgendaGrain Agenda(string id) => grains.GetGrain<IAgendaGrain>(id);

    /// <summary>Configures the agendas, unless an import has, and opens their slots.</summary>
    public Task OpenAgendas(Territory territory, bool configure) => Parallel.ForEachAsync(Enumerable.Range(0, territory.Agendas),
        new ParallelOptions { MaxDegreeOfParallelism = AgendasOpenedAtOnce }, async (n, _) =>
        {
            var (id, agenda) = (Territory.AgendaId(n), Agenda(Territory.AgendaId(n)));
            if (configure) await Accepted(agenda, new ConfigureAgenda(Territory.Definition(id)) { RequestId = Guid.NewGuid(), Actor = Actor.System, NotAfter = NotAfter });
            foreach (var slots in territory.SlotsToOpen().Chunk(AgendaDecider.MostSlotsPerCommand))
                await Accepted(agenda, new OpenSlots([.. slots]) { RequestId = Guid.NewGuid(), Actor = Territory.Practitioner(id), NotAfter = NotAfter });
        });

    /// <summary>Counts by every table that a booking writes, and lets the product's own audit replay the log.</summary>
    public async Task<Stored> Stored()
    {
        // SQLite's file belongs to its server alone: there only the audit looks.
        var stored = options.Storage == LedgerStorage.Postgres ? await Counted() : null;
        var audit = await services.GetRequiredService<Verifier>().Run();
        if (!audit.IsClean) return new(stored?.Bookings ?? 0, 0, $"the audit found {audit.TotalFindings}: {audit.Findings[0]}");
        return stored ?? await Asked();
    }

    public async Task TouchConnections()
    {
        var ledger = services.GetRequiredService<ILedger>();
        await Task.WhenAll(Enumerable.Range(0, options.ReadConnections).Select(_ => ledger.FindAnswer("nobody", Guid.NewGuid())));
        // The writer's connection is used by commits only: the same agenda with a new place is one commit.
        var definition = (await Agenda(Territory.AgendaId(0)).Definition())! with { PlaceId = Guid.NewGuid().ToString("N") };
        await Accepted(Agenda(definition.AgendaId), new ConfigureAgenda(definition) { RequestId = Guid.NewGuid(), Actor = Actor.System, NotAfter = NotAfter });
    }

    private async Task<Stored> Counted()
    {
        await using var source = NpgsqlDataSource.Create(options.ConnectionString);
        await using var command = source.CreateCommand("""
            SELECT (SELECT count(*) FROM event WHERE kind = 'slot-booked'), (SELECT count(*) FROM occupancy), (SELECT count(*) FROM claim),
              (SELECT count(*) FROM person), (SELECT count(*) FROM note),
              (SELECT count(*) FROM (SELECT 1 FROM event WHERE kind = 'slot-booked' GROUP BY payload::jsonb -> 0 -> 'booking' ->> 'slotId' HAVING count(*) > 1) twice)
            """);
        command.CommandTimeout = 120;
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        var bookings = row.GetInt64(0);
        var uneven = Enumerable.Range(1, 4).Any(column => row.GetInt64(column) != bookings);
        return new(bookings, row.GetInt64(5), uneven ? "event, occupancy, claim, person and note differ in number" : null);
    }

    private async Task<Stored> Asked()
    {
        var (ledger, bookings, twice) = (services.GetRequiredService<ILedger>(), 0L, 0L);
        for (var n = 0; await Agenda(Territory.AgendaId(n)).Definition() is not null; n++)
        {
            var read = await ledger.Read(AgendaIds.Stream(Territory.AgendaId(n)));
            var booked = AgendaFold.Load(read).Slots.Select(slot => slot.CountTaken()).ToArray();
            bookings += booked.Sum();
            twice += booked.Count(taken => taken > 1);
        }
        return new(bookings, twice);
    }

    private static async Task Accepted(IAgendaGrain agenda, AgendaCommand command)
    {
        if (await agenda.Execute(command) is Refused refused) throw new InvalidOperationException($"{command.GetType().Name} was refused: {refused}");
    }
}
