using System.Collections.Concurrent;
using Npgsql;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;

namespace SnpLive.Bench.Opponents;

/// <summary>
/// S: one turn at a time per agenda and the same decision as ours, kept as stock grain storage keeps it: the agenda's whole state is written again, under its version,
/// with each booking. It cannot see a patient's booking on another agenda, and an old request only as long as the state remembers it: both in its favour.
/// </summary>
internal sealed class DocumentPerAgenda(int pool) : IOpponent
{
    private const string Schema = """
        CREATE TABLE document (key text COLLATE "C" PRIMARY KEY, version bigint NOT NULL, payload text COLLATE "C" NOT NULL) WITH (fillfactor = 50);
        CREATE TABLE person (surrogate text COLLATE "C" PRIMARY KEY, sas_id text COLLATE "C" NOT NULL, trait_hash text COLLATE "C" NOT NULL, sealed text COLLATE "C" NOT NULL,
          note_id text COLLATE "C" NOT NULL, note_sealed text COLLATE "C", UNIQUE (sas_id, trait_hash));
        CREATE TABLE slot (slot_id text);
        """;

    private readonly ConcurrentDictionary<string, Turn> agendas = new();
    private NpgsqlDataSource? source;

    public async Task Open(string database, Territory territory)
    {
        source = BookingTable.Connect(database, pool);
        await using (var create = source.CreateCommand(Schema)) await create.ExecuteNonQueryAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, territory.Agendas).Select(Territory.AgendaId), async (id, stop) =>
        {
            var state = Decided(AgendaState.Empty, new ConfigureAgenda(Territory.Definition(id)) { RequestId = Guid.NewGuid(), Actor = Actor.System, NotAfter = DateTimeOffset.MaxValue });
            foreach (var slots in territory.SlotsToOpen().Chunk(AgendaDecider.MostSlotsPerCommand))
                state = Decided(state, new OpenSlots([.. slots]) { RequestId = Guid.NewGuid(), Actor = Territory.Practitioner(id), NotAfter = DateTimeOffset.MaxValue });
            await using var insert = source.CreateCommand("INSERT INTO document VALUES ($1, $2, $3)");
            Fill(insert.Parameters, id, state);
            await insert.ExecuteNonQueryAsync(stop);
            agendas[id] = new(state);
        });
    }

    public async Task<(Outcome Outcome, BookingConfirmed? Confirmed)> Book(BookSlot command)
    {
        var (id, turn) = (AgendaIds.AgendaOf(command.SlotId)!, agendas[AgendaIds.AgendaOf(command.SlotId)!]);
        await turn.Gate.WaitAsync();
        try
        {
            command = command with { Surrogate = Guid.NewGuid().ToString("N") };
            var decision = AgendaDecider.Decide(turn.State, command, DateTimeOffset.UtcNow);
            if (decision.Answer is not BookingConfirmed confirmed) return (decision.Answer is Refused { Code: Refusal.SlotTaken } ? Outcome.Taken : Outcome.Unexpected, null);
            if (decision.Events.IsEmpty) return (Outcome.Booked, confirmed); // a repeat
            var step = AgendaCommit.Build(turn.State, command, decision);
            await Write(id, step);
            turn.State = step.After;
            return (Outcome.Booked, confirmed);
        }
        finally
        {
            turn.Gate.Release();
        }
    }

    public async Task<Stored> Stored()
    {
        await using var command = source!.CreateCommand("SELECT version, payload, (SELECT count(*) FROM person) FROM document");
        command.CommandTimeout = 120;
        var (bookings, twice, people) = (0L, 0L, 0L);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var taken = AgendaFold.FromSnapshot(new SnapshotRow(rows.GetInt64(0), AgendaState.Schema, rows.GetString(1))).Slots.Select(slot => slot.CountTaken()).ToArray();
            (bookings, twice, people) = (bookings + taken.Sum(), twice + taken.Count(n => n > 1), rows.GetInt64(2));
        }
        return new(bookings, twice, people == bookings ? null : $"{people} people for {bookings} bookings");
    }

    public Task TouchConnections() => BookingTable.TouchAll(source!, pool);

    public async ValueTask DisposeAsync()
    {
        foreach (var turn in agendas.Values) turn.Gate.Dispose();
        if (source is not null) await source.DisposeAsync();
    }

    private static AgendaState Decided(AgendaState state, AgendaCommand command)
    {
        var decision = AgendaDecider.Decide(state, command, DateTimeOffset.UtcNow);
        return decision.Events.IsEmpty ? throw new InvalidOperationException($"{decision.Answer}") : AgendaCommit.Build(state, command, decision).After;
    }

    private async Task Write(string id, AgendaStep step)
    {
        await using var connection = await source!.OpenConnectionAsync();
        // Without BEGIN, a batch is one implicit transaction in one round trip.
        await using var batch = new NpgsqlBatch(connection);
        var update = new NpgsqlBatchCommand("UPDATE document SET version = $2, payload = $3 WHERE key = $1 AND version = $2 - 1");
        Fill(update.Parameters, id, step.After);
        batch.BatchCommands.Add(update);
        var (insert, person) = (new NpgsqlBatchCommand("INSERT INTO person VALUES ($1, $2, $3, $4, $5, $6)"), step.Commit.Person!);
        foreach (var text in (string[])[person.Surrogate, person.SasId, person.TraitHash!, person.SealedIdentity, person.NoteId, person.SealedNote!])
            insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
        batch.BatchCommands.Add(insert);
        await batch.ExecuteNonQueryAsync();
        if (update.RecordsAffected != 1) throw new InvalidOperationException($"{id} was changed by somebody else.");
    }

    private static void Fill(NpgsqlParameterCollection parameters, string id, AgendaState state)
    {
        var snapshot = AgendaFold.ToSnapshot(state);
        parameters.Add(new NpgsqlParameter<string> { TypedValue = id });
        parameters.Add(new NpgsqlParameter<long> { TypedValue = snapshot.Version });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = snapshot.State });
    }

    private sealed class Turn(AgendaState state)
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);
        public AgendaState State { get; set; } = state;
    }
}
