using System.Collections.Immutable;
using SnpLive.Grains.Ledger;

namespace SnpLive.Tests.Ledger;

/// <summary>A ledger whose database is away.</summary>
internal sealed class Absent(Action asked) : ILedger
{
    public Task<CommitResult> Append(Commit commit) => Task.FromResult<CommitResult>(new CommitResult.Unavailable());
    public Task<StreamRead> Read(string stream) => Away<StreamRead>();
    public Task SaveSnapshot(string stream, SnapshotRow snapshot) => Away<bool>();
    public Task<RecordedAnswer?> FindAnswer(string actorId, Guid requestId) => Away<RecordedAnswer?>();
    public Task<BoardRead> ReadBoard(ImmutableArray<string> agendaIds, DateTimeOffset from, DateTimeOffset to, DateTimeOffset heldSince) => Away<BoardRead>();
    public Task<ImmutableArray<long>> ReadVersions(ImmutableArray<string> streams) => Away<ImmutableArray<long>>();
    public Task<ImmutableArray<DueRow>> ReadDue(DateTimeOffset now, int limit) => Away<ImmutableArray<DueRow>>();
    public Task ClearDue(DueRow due) => Away<bool>();
    public Task<PersonRow?> ReadPerson(string surrogate) => Away<PersonRow?>();
    public Task<string?> ReadNote(string noteId) => Away<string?>();

    private Task<T> Away<T>()
    {
        asked();
        return Task.FromException<T>(new LedgerUnavailableException("away"));
    }
}
