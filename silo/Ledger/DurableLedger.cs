using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Ledger;
using SnpLive.Silo.Access;
using SnpLive.Silo.Persons;
using SnpLive.Silo.Ledger.Postgres;
using SnpLive.Silo.Ledger.Sqlite;

namespace SnpLive.Silo.Ledger;

/// <summary>The ledger of this process: the group commit in front of a backend.</summary>
internal sealed class DurableLedger : ILedger, IDocumentStore, IAsyncDisposable
{
    private readonly ILedgerBackend backend;
    private readonly LedgerOptions options;
    private readonly DueSignal due;
    private readonly TimeProvider clock;
    private readonly ILogger log;
    private GroupCommit? group;
    private int disposed;

    public DurableLedger(ILedgerBackend backend, LedgerOptions options, DueSignal due, TimeProvider clock, ILogger log) =>
        (this.backend, this.options, this.due, this.clock, this.log) = (backend, options, due, clock, log);

    /// <summary>The backend that the options name.</summary>
    public static ILedgerBackend Backend(LedgerOptions options, ILogger log) => options.Storage == LedgerStorage.Postgres
        ? new PostgresBackend(options, log)
        : new SqliteBackend(options, log);

    /// <summary>Connects, brings the schema up to date and starts the writer.</summary>
    public async Task Open()
    {
        await backend.Open();
        group = new(backend, options, log);
    }

    public Task<CommitResult> Append(Commit commit)
    {
        if (group is null) return Task.FromResult(Results.Unavailable);
        var answer = group.Append(commit);
        if (!commit.SetDue.IsDefaultOrEmpty) _ = NudgeAfter(answer, commit);
        return answer; // the group's own, by which it knows what a next commit follows
    }

    public Task<StreamRead> Read(string stream) => backend.Read(stream);
    public Task SaveSnapshot(string stream, SnapshotRow snapshot) => backend.SaveSnapshot(stream, snapshot);
    public Task<RecordedAnswer?> FindAnswer(string actorId, Guid requestId) => backend.FindAnswer(actorId, requestId);
    public Task<BoardRead> ReadBoard(ImmutableArray<string> agendaIds, DateTimeOffset from, DateTimeOffset to, DateTimeOffset heldSince) =>
        backend.ReadBoard(agendaIds, from, to, heldSince);
    public Task<ImmutableArray<long>> ReadVersions(ImmutableArray<string> streams) => backend.ReadVersions(streams);
    public Task<ImmutableArray<DueRow>> ReadDue(DateTimeOffset now, int limit) => backend.ReadDue(now, limit);
    public Task ClearDue(ImmutableArray<DueRow> served) => backend.ClearDue(served);
    public Task<ImmutableArray<string>> ReadBookedStreams(ImmutableArray<string> actorIds, DateTimeOffset since) => backend.ReadBookedStreams(actorIds, since);
    public Task<ImmutableArray<string>> ReadRequestStreams(ImmutableArray<string> territoryIds, DateTimeOffset since) => backend.ReadRequestStreams(territoryIds, since);
    public Task<ClaimRow?> ReadClaimByTraits(string sasId, ImmutableArray<string> traitHashes, string key, DateTimeOffset now) =>
        backend.ReadClaimByTraits(sasId, traitHashes, key, now);
    public Task<ImmutableArray<ClaimRow>> ReadClaims(string holder, DateTimeOffset now) => backend.ReadClaims(holder, now);
    public Task<PersonRow?> ReadPerson(string surrogate) => backend.ReadPerson(surrogate);
    public Task<string?> ReadNote(string noteId) => backend.ReadNote(noteId);
    public Task<ImmutableArray<(string TraitHash, string Surrogate)>> ReadSurrogates(string sasId, ImmutableArray<string> traitHashes) => backend.ReadSurrogates(sasId, traitHashes);
    public Task<ImmutableArray<string>> ReadTraitHashes(string surrogate) => backend.ReadTraitHashes(surrogate);
    public Task<ImmutableArray<RecordedCommand>> ReadMentions(string stream, ImmutableArray<string> ids, DateTimeOffset since) => backend.ReadMentions(stream, ids, since);
    public Task WriteNote(string noteId, string surrogate, string territoryId, DateTimeOffset at, string sealedText) => backend.WriteNote(noteId, surrogate, territoryId, at, sealedText);
    public Task<DocumentRow?> ReadDocument(string type, string key) => backend.ReadDocument(type, key);
    public Task<bool> WriteDocument(string type, string key, long expected, string payload) => backend.WriteDocument(type, key, expected, payload);
    public Task<bool> ClearDocument(string type, string key, long expected) => backend.ClearDocument(type, key, expected);

    /// <summary>The access log in the same database.</summary>
    public IAccessStore Access => backend.Access;

    /// <summary>The sealed rows of the same database.</summary>
    public IVaultStore Vault => backend.Vault;

    /// <summary>One consistent picture of all tables, for <see cref="Verifier"/>.</summary>
    public Task<IAuditSource> OpenAudit() => backend.OpenAudit();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1) return;
        if (group is not null) await group.DisposeAsync();
        await backend.DisposeAsync();
    }

    private async Task NudgeAfter(Task<CommitResult> answer, Commit commit)
    {
        if (await answer is CommitResult.Appended && commit.SetDue.Any(row => row.At <= clock.GetUtcNow())) due.Nudge();
    }
}
