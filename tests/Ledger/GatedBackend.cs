using System.Collections.Concurrent;
using System.Collections.Immutable;
using SnpLive.Grains.Ledger;
using SnpLive.Silo.Access;
using SnpLive.Silo.Ledger;
using SnpLive.Silo.Persons;

namespace SnpLive.Tests.Ledger;

/// <summary>A real backend whose writes can be held, so that a test decides what waits beside what; it records the batches.</summary>
internal sealed class GatedBackend(ILedgerBackend inner) : ILedgerBackend
{
    private TaskCompletionSource? gate, held;
    private TaskCompletionSource entered = new();

    public ConcurrentQueue<IReadOnlyList<Commit>> Batches { get; } = new();

    /// <summary>Makes the next write wait.</summary>
    public void Hold() => (entered, gate) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Completes when a write waits at the gate.</summary>
    public Task Entered => entered.Task.WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>Lets later writes pass the one that waits.</summary>
    public void Pass() => (held, gate) = (gate, null);

    public void Release()
    {
        var waiting = gate ?? held;
        (gate, held) = (null, null);
        waiting?.SetResult();
    }

    /// <summary>One, unless a test says otherwise: then it is plain what waits beside what.</summary>
    public int Writers { get; init; } = 1;

    public async Task<CommitResult[]> Write(int writer, IReadOnlyList<Commit> batch)
    {
        Batches.Enqueue(batch);
        if (gate is { } closed)
        {
            entered.TrySetResult();
            await closed.Task;
        }
        return await inner.Write(writer, batch);
    }

    public Task Open() => inner.Open();
    public Task<StreamRead> Read(string stream) => inner.Read(stream);
    public Task SaveSnapshot(string stream, SnapshotRow snapshot) => inner.SaveSnapshot(stream, snapshot);
    public Task<RecordedAnswer?> FindAnswer(string actorId, Guid requestId) => inner.FindAnswer(actorId, requestId);
    public Task<BoardRead> ReadBoard(ImmutableArray<string> agendaIds, DateTimeOffset from, DateTimeOffset to, DateTimeOffset heldSince) =>
        inner.ReadBoard(agendaIds, from, to, heldSince);
    public Task<ImmutableArray<long>> ReadVersions(ImmutableArray<string> streams) => inner.ReadVersions(streams);
    public Task<ImmutableArray<DueRow>> ReadDue(DateTimeOffset now, int limit) => inner.ReadDue(now, limit);
    public Task ClearDue(ImmutableArray<DueRow> served) => inner.ClearDue(served);
    public Task<ImmutableArray<string>> ReadBookedStreams(ImmutableArray<string> actorIds, DateTimeOffset since) => inner.ReadBookedStreams(actorIds, since);
    public Task<ImmutableArray<ClaimRow>> ReadClaims(string holder, DateTimeOffset now) => inner.ReadClaims(holder, now);
    public Task<ImmutableArray<string>> ReadRequestStreams(ImmutableArray<string> territoryIds, DateTimeOffset since) => inner.ReadRequestStreams(territoryIds, since);
    public Task<ClaimRow?> ReadClaimByTraits(string sasId, ImmutableArray<string> traitHashes, string key, DateTimeOffset now) => inner.ReadClaimByTraits(sasId, traitHashes, key, now);
    public Task<PersonRow?> ReadPerson(string surrogate) => inner.ReadPerson(surrogate);
    public Task<string?> ReadNote(string noteId) => inner.ReadNote(noteId);
    public Task<ImmutableArray<(string TraitHash, string Surrogate)>> ReadSurrogates(string sasId, ImmutableArray<string> traitHashes) => inner.ReadSurrogates(sasId, traitHashes);
    public Task<ImmutableArray<string>> ReadTraitHashes(string surrogate) => inner.ReadTraitHashes(surrogate);
    public Task<ImmutableArray<RecordedCommand>> ReadMentions(string stream, ImmutableArray<string> ids, DateTimeOffset since) => inner.ReadMentions(stream, ids, since);
    public Task WriteNote(string noteId, string surrogate, string territoryId, DateTimeOffset at, string sealedText) => inner.WriteNote(noteId, surrogate, territoryId, at, sealedText);
    public IAccessStore Access => inner.Access;
    public IVaultStore Vault => inner.Vault;
    public Task<DocumentRow?> ReadDocument(string type, string key) => inner.ReadDocument(type, key);
    public Task<bool> WriteDocument(string type, string key, long expected, string payload) => inner.WriteDocument(type, key, expected, payload);
    public Task<bool> ClearDocument(string type, string key, long expected) => inner.ClearDocument(type, key, expected);
    public Task<IAuditSource> OpenAudit() => inner.OpenAudit();
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
