using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Ledger;
using SnpLive.Silo.Access;
using SnpLive.Silo.Persons;

namespace SnpLive.Silo.Ledger.Sqlite;

/// <summary>The ledger in one embedded file.</summary>
internal sealed class SqliteBackend : ILedgerBackend
{
    private readonly LedgerOptions options;
    private readonly ILogger log;
    private SqliteFile? file;
    private SqliteWriter? writer;
    private SqliteReads? reads;
    private SqliteAccess? access;
    private SqliteVault? vault;

    public SqliteBackend(LedgerOptions options, ILogger log) => (this.options, this.log) = (options, log);

    public IAccessStore Access => access ?? throw NotOpen();
    public IVaultStore Vault => vault ?? throw NotOpen();
    private SqliteWriter Writer => writer ?? throw NotOpen();
    private SqliteReads Reads => reads ?? throw NotOpen();

    public Task Open() => Task.Run(() =>
    {
        file = new(options);
        using (var connection = file.OpenWriter()) SqliteSchema.Upgrade(connection);
        (writer, reads) = (new(file), new(file, options.SqliteReadConnections));
        (access, vault) = (new(writer, reads), new(writer, reads));
    });

    // A file has one writer.
    public int Writers => 1;

    public async Task<CommitResult[]> Write(int writer, IReadOnlyList<Commit> batch)
    {
        try
        {
            return await Writer.Run(c => c.Write(batch));
        }
        catch (Exception e) when (e is SqliteException or LedgerUnavailableException)
        {
            // The file could not be opened, or the thread has too much to do: nothing was written.
            log.LogWarning(e, "{Count} commits could not be written.", batch.Count);
            var results = new CommitResult[batch.Count];
            Array.Fill(results, Results.Unavailable);
            return results;
        }
    }

    public Task<StreamRead> Read(string stream) => Reads.Read(stream);
    public Task<RecordedAnswer?> FindAnswer(string actorId, Guid requestId) => Reads.FindAnswer(actorId, requestId);
    public Task<BoardRead> ReadBoard(ImmutableArray<string> agendaIds, DateTimeOffset from, DateTimeOffset to, DateTimeOffset heldSince) =>
        Reads.ReadBoard(agendaIds, from, to, heldSince);
    public Task<ImmutableArray<long>> ReadVersions(ImmutableArray<string> streams) => Reads.ReadVersions(streams);
    public Task<ImmutableArray<DueRow>> ReadDue(DateTimeOffset now, int limit) => Reads.ReadDue(now, limit);
    public Task<ImmutableArray<string>> ReadBookedStreams(ImmutableArray<string> actorIds, DateTimeOffset since) => Reads.ReadBookedStreams(actorIds, since);
    public Task<ImmutableArray<ClaimRow>> ReadClaims(string holder, DateTimeOffset now) => Reads.ReadClaims(holder, now);
    public Task<ImmutableArray<string>> ReadRequestStreams(ImmutableArray<string> territoryIds, DateTimeOffset since) => Reads.ReadRequestStreams(territoryIds, since);
    public Task<ClaimRow?> ReadClaimByTraits(string sasId, ImmutableArray<string> traitHashes, string key, DateTimeOffset now) =>
        Reads.ReadClaimByTraits(sasId, traitHashes, key, now);
    public Task<PersonRow?> ReadPerson(string surrogate) => Reads.ReadPerson(surrogate);
    public Task<string?> ReadNote(string noteId) => Reads.ReadNote(noteId);
    public Task<ImmutableArray<(string TraitHash, string Surrogate)>> ReadSurrogates(string sasId, ImmutableArray<string> traitHashes) => Reads.ReadSurrogates(sasId, traitHashes);
    public Task<ImmutableArray<string>> ReadTraitHashes(string surrogate) => Reads.ReadTraitHashes(surrogate);
    public Task<ImmutableArray<RecordedCommand>> ReadMentions(string stream, ImmutableArray<string> ids, DateTimeOffset since) => Reads.ReadMentions(stream, ids, since);
    public Task<DocumentRow?> ReadDocument(string type, string key) => Reads.ReadDocument(type, key);

    public Task SaveSnapshot(string stream, SnapshotRow snapshot) =>
        Change(s => s.SaveSnapshot.Run(stream, snapshot.Version, snapshot.Schema, snapshot.State));
    public Task WriteNote(string noteId, string surrogate, string territoryId, DateTimeOffset at, string sealedText) =>
        Change(s => s.NewNote.Run(noteId, surrogate, sealedText, territoryId, Instants.ToMicroseconds(at)));
    public Task ClearDue(ImmutableArray<DueRow> served) =>
        Change(s => s.ClearDueAt.Run(JsonSerializer.Serialize(served.Select(d => new object[] { d.Stream, d.Cause, Instants.ToMicroseconds(d.At) }))));
    public Task<bool> WriteDocument(string type, string key, long expected, string payload) =>
        Change(s => expected == 0 ? s.NewDocument.Run(type, key, payload) : s.ReplaceDocument.Run(type, key, expected, payload));
    public Task<bool> ClearDocument(string type, string key, long expected) => Change(s => s.ClearDocument.Run(type, key, expected));

    public Task<IAuditSource> OpenAudit() => Task.FromResult<IAuditSource>(new SqliteAudit((file ?? throw NotOpen()).OpenReader()));

    public ValueTask DisposeAsync()
    {
        writer?.Dispose();
        reads?.Dispose();
        file?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static InvalidOperationException NotOpen() => new("The ledger is not open.");

    /// <summary>Runs one small change in its own transaction; true when it changed a row.</summary>
    private async Task<bool> Change(Func<SqliteStatements, int> change)
    {
        try
        {
            return await Writer.Run(c => change(c.Statements)) == 1;
        }
        catch (SqliteException e)
        {
            throw new LedgerUnavailableException("The ledger's file cannot be written.", e);
        }
    }
}
