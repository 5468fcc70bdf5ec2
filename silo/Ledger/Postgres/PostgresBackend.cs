using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Npgsql;
using SnpLive.Grains.Ledger;
using SnpLive.Silo.Access;
using SnpLive.Silo.Persons;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>The ledger on PostgreSQL 15+, shared by several processes.</summary>
internal sealed class PostgresBackend : ILedgerBackend
{
    private readonly NpgsqlDataSource readers;
    private readonly NpgsqlDataSource writers;
    private readonly NpgsqlDataSource appender;
    private readonly ImmutableArray<PostgresWriter> batches;
    private readonly PostgresReads reads;
    private readonly StreamHeads heads = new();

    public PostgresBackend(LedgerOptions options, ILogger log)
    {
        (readers, writers, appender) = (PostgresSources.Reader(options), PostgresSources.Writer(options), PostgresSources.Access(options));
        batches = [.. Enumerable.Range(0, options.Writers).Select(_ => new PostgresWriter(writers, heads, options, log))];
        reads = new(readers);
        (Access, Vault) = (new PostgresAccess(appender, readers), new PostgresVault(readers));
    }

    public IAccessStore Access { get; }

    public IVaultStore Vault { get; }

    public Task Open() => PostgresErrors.Guard(async () =>
    {
        await PostgresSchema.Upgrade(writers);
        return true;
    });

    public int Writers => batches.Length;
    public Task<CommitResult[]> Write(int writer, IReadOnlyList<Commit> batch) => batches[writer].Write(batch);

    public async Task<StreamRead> Read(string stream)
    {
        var read = await PostgresErrors.Guard(() => reads.Read(stream));
        if (!read.Tail.IsEmpty) heads.Saw(stream, read.Tail[^1].Version);
        return read;
    }

    public Task<RecordedAnswer?> FindAnswer(string actorId, Guid requestId) => PostgresErrors.Guard(() => reads.FindAnswer(actorId, requestId));
    public Task<BoardRead> ReadBoard(ImmutableArray<string> agendaIds, DateTimeOffset from, DateTimeOffset to, DateTimeOffset heldSince) =>
        PostgresErrors.Guard(() => PostgresBoard.Read(readers, agendaIds, from, to, heldSince));
    public Task<ImmutableArray<long>> ReadVersions(ImmutableArray<string> streams) => PostgresErrors.Guard(() => reads.ReadVersions(streams));
    public Task<ImmutableArray<DueRow>> ReadDue(DateTimeOffset now, int limit) => PostgresErrors.Guard(() => reads.ReadDue(now, limit));
    public Task<ImmutableArray<string>> ReadBookedStreams(ImmutableArray<string> actorIds, DateTimeOffset since) => PostgresErrors.Guard(() => reads.ReadBookedStreams(actorIds, since));
    public Task<ImmutableArray<ClaimRow>> ReadClaims(string holder, DateTimeOffset now) => PostgresErrors.Guard(() => reads.ReadClaims(holder, now));
    public Task<ImmutableArray<string>> ReadRequestStreams(ImmutableArray<string> territoryIds, DateTimeOffset since) => PostgresErrors.Guard(() => reads.ReadRequestStreams(territoryIds, since));
    public Task<ClaimRow?> ReadClaimByTraits(string sasId, ImmutableArray<string> traitHashes, string key, DateTimeOffset now) =>
        PostgresErrors.Guard(() => reads.ReadClaimByTraits(sasId, traitHashes, key, now));
    public Task<PersonRow?> ReadPerson(string surrogate) => PostgresErrors.Guard(() => reads.ReadPerson(surrogate));
    public Task<string?> ReadNote(string noteId) => PostgresErrors.Guard(() => reads.ReadNote(noteId));
    public Task<ImmutableArray<(string TraitHash, string Surrogate)>> ReadSurrogates(string sasId, ImmutableArray<string> traitHashes) => PostgresErrors.Guard(() => reads.ReadSurrogates(sasId, traitHashes));
    public Task<ImmutableArray<string>> ReadTraitHashes(string surrogate) => PostgresErrors.Guard(() => reads.ReadTraitHashes(surrogate));
    public Task<ImmutableArray<RecordedCommand>> ReadMentions(string stream, ImmutableArray<string> ids, DateTimeOffset since) =>
        PostgresErrors.Guard(() => reads.ReadMentions(stream, ids, since));
    public Task<DocumentRow?> ReadDocument(string type, string key) => PostgresErrors.Guard(() => reads.ReadDocument(type, key));

    public Task SaveSnapshot(string stream, SnapshotRow snapshot) => Change(
        """
        INSERT INTO snapshot (stream, version, schema, state) VALUES ($1, $2, $3, $4)
        ON CONFLICT (stream) DO UPDATE SET version = excluded.version, schema = excluded.schema, state = excluded.state
        WHERE snapshot.version < excluded.version
        """,
        stream, snapshot.Version, snapshot.Schema, snapshot.State);

    public Task WriteNote(string noteId, string surrogate, string territoryId, DateTimeOffset at, string sealedText) => Change(
        "INSERT INTO note (note_id, surrogate, sealed, territory_id, used_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        noteId, surrogate, sealedText, territoryId, Instants.Utc(at));

    public Task ClearDue(ImmutableArray<DueRow> served) => Change(
        "DELETE FROM due USING unnest($1::text[], $2::text[], $3::timestamptz[]) AS s(stream, cause, due_at) "
            + "WHERE due.stream = s.stream AND due.cause = s.cause AND due.due_at = s.due_at",
        served.Select(d => d.Stream).ToArray(), served.Select(d => d.Cause).ToArray(), served.Select(d => Instants.Utc(d.At)).ToArray());

    public Task<bool> WriteDocument(string type, string key, long expected, string payload) => expected == 0
        ? Change("INSERT INTO document (type, key, version, payload) VALUES ($1, $2, 1, $3) ON CONFLICT DO NOTHING", type, key, payload)
        : Change("UPDATE document SET version = version + 1, payload = $4 WHERE type = $1 AND key = $2 AND version = $3", type, key, expected, payload);

    public Task<bool> ClearDocument(string type, string key, long expected) =>
        Change("DELETE FROM document WHERE type = $1 AND key = $2 AND version = $3", type, key, expected);

    public async Task<IAuditSource> OpenAudit() => await PostgresErrors.Guard(() => PostgresAudit.Open(readers));

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in batches) await writer.DisposeAsync();
        await writers.DisposeAsync();
        await readers.DisposeAsync();
        await appender.DisposeAsync();
    }

    /// <summary>Runs one small change; true when it changed a row.</summary>
    private Task<bool> Change(string sql, params object[] values) => PostgresErrors.Guard(async () =>
    {
        await using var command = readers.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync() == 1;
    });
}
