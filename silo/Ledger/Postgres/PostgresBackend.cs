using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Npgsql;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>The ledger on PostgreSQL 15+, shared by several processes.</summary>
internal sealed class PostgresBackend : ILedgerBackend
{
    private readonly NpgsqlDataSource readers;
    private readonly NpgsqlDataSource writers;
    private readonly PostgresWriter writer;
    private readonly PostgresReads reads;

    public PostgresBackend(LedgerOptions options, ILogger log)
    {
        (readers, writers) = (PostgresSources.Reader(options), PostgresSources.Writer(options));
        writer = new(writers, options, log);
        reads = new(readers);
    }

    public Task Open() => PostgresErrors.Guard(async () =>
    {
        await PostgresSchema.Upgrade(writers);
        return true;
    });

    public Task<CommitResult[]> Write(IReadOnlyList<Commit> batch) => writer.Write(batch);
    public Task<StreamRead> Read(string stream) => PostgresErrors.Guard(() => reads.Read(stream));
    public Task<RecordedAnswer?> FindAnswer(string actorId, Guid requestId) => PostgresErrors.Guard(() => reads.FindAnswer(actorId, requestId));
    public Task<BoardRead> ReadBoard(ImmutableArray<string> agendaIds, DateTimeOffset from, DateTimeOffset to, DateTimeOffset heldSince) =>
        PostgresErrors.Guard(() => PostgresBoard.Read(readers, agendaIds, from, to, heldSince));
    public Task<ImmutableArray<long>> ReadVersions(ImmutableArray<string> streams) => PostgresErrors.Guard(() => reads.ReadVersions(streams));
    public Task<ImmutableArray<DueRow>> ReadDue(DateTimeOffset now, int limit) => PostgresErrors.Guard(() => reads.ReadDue(now, limit));
    public Task<PersonRow?> ReadPerson(string surrogate) => PostgresErrors.Guard(() => reads.ReadPerson(surrogate));
    public Task<string?> ReadNote(string noteId) => PostgresErrors.Guard(() => reads.ReadNote(noteId));
    public Task<DocumentRow?> ReadDocument(string type, string key) => PostgresErrors.Guard(() => reads.ReadDocument(type, key));

    public Task SaveSnapshot(string stream, SnapshotRow snapshot) => Change(
        """
        INSERT INTO snapshot (stream, version, schema, state) VALUES ($1, $2, $3, $4)
        ON CONFLICT (stream) DO UPDATE SET version = excluded.version, schema = excluded.schema, state = excluded.state
        WHERE snapshot.version < excluded.version
        """,
        stream, snapshot.Version, snapshot.Schema, snapshot.State);

    public Task ClearDue(DueRow due) => Change(
        "DELETE FROM due WHERE stream = $1 AND cause = $2 AND due_at = $3", due.Stream, due.Cause, Instants.Utc(due.At));

    public Task<bool> WriteDocument(string type, string key, long expected, string payload) => expected == 0
        ? Change("INSERT INTO document (type, key, version, payload) VALUES ($1, $2, 1, $3) ON CONFLICT DO NOTHING", type, key, payload)
        : Change("UPDATE document SET version = version + 1, payload = $4 WHERE type = $1 AND key = $2 AND version = $3", type, key, expected, payload);

    public Task<bool> ClearDocument(string type, string key, long expected) =>
        Change("DELETE FROM document WHERE type = $1 AND key = $2 AND version = $3", type, key, expected);

    public async Task<IAuditSource> OpenAudit() => await PostgresErrors.Guard(() => PostgresAudit.Open(readers));

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        await writers.DisposeAsync();
        await readers.DisposeAsync();
    }

    /// <summary>Runs one small change; true when it changed a row.</summary>
    private Task<bool> Change(string sql, params object[] values) => PostgresErrors.Guard(async () =>
    {
        await using var command = readers.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync() == 1;
    });
}
