using System.Collections.Concurrent;
using System.Collections.Immutable;
using SnpLive.Grains.Ledger;
using SnpLive.Silo.Ledger;

namespace SnpLive.Tests.Ledger;

/// <summary>A real backend whose writes can be held, so that a test decides what waits beside what; it records the batches.</summary>
internal sealed class GatedBackend(ILedgerBackend inner) : ILedgerBackend
{
    private TaskCompletionSource? gate;
    private TaskCompletionSource entered = new();

    public ConcurrentQueue<IReadOnlyList<Commit>> Batches { get; } = new();

    /// <summary>Makes the next write wait.</summary>
    public void Hold() => (entered, gate) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Completes when a write waits at the gate.</summary>
    public Task Entered => entered.Task.WaitAsync(TimeSpan.FromSeconds(10));

    public void Release()
    {
        var held = gate;
        gate = null;
        held?.SetResult();
    }

    public async Task<CommitResult[]> Write(IReadOnlyList<Commit> batch)
    {
        Batches.Enqueue(batch);
        if (gate is { } held)
        {
            entered.TrySetResult();
            await held.Task;
        }
        return await inner.Write(batch);
    }

    public Task Open() => inner.Open();
    public Task<StreamRead> Read(string stream) => inner.Read(stream);
    public Task SaveSnapshot(string stream, SnapshotRow snapshot) => inner.SaveSnapshot(stream, snapshot);
    public Task<RecordedAnswer?> FindAnswer(string actorId, Guid requestId) => inner.FindAnswer(actorId, requestId);
    public Task<BoardRead> ReadBoard(ImmutableArray<string> agendaIds, DateTimeOffset from, DateTimeOffset to, DateTimeOffset heldSince) =>
        inner.ReadBoard(agendaIds, from, to, heldSince);
    public Task<ImmutableArray<long>> ReadVersions(ImmutableArray<string> streams) => inner.ReadVersions(streams);
    public Task<ImmutableArray<DueRow>> ReadDue(DateTimeOffset now, int limit) => inner.ReadDue(now, limit);
    public Task ClearDue(DueRow due) => inner.ClearDue(due);
    public Task<PersonRow?> ReadPerson(string surrogate) => inner.ReadPerson(surrogate);
    public Task<string?> ReadNote(string noteId) => inner.ReadNote(noteId);
    public Task<DocumentRow?> ReadDocument(string type, string key) => inner.ReadDocument(type, key);
    public Task<bool> WriteDocument(string type, string key, long expected, string payload) => inner.WriteDocument(type, key, expected, payload);
    public Task<bool> ClearDocument(string type, string key, long expected) => inner.ClearDocument(type, key, expected);
    public Task<IAuditSource> OpenAudit() => inner.OpenAudit();
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
