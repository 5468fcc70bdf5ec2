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
    public Task ClearDue(ImmutableArray<DueRow> served) => Away<bool>();
    public Task<ImmutableArray<string>> ReadBookedStreams(ImmutableArray<string> actorIds, DateTimeOffset since) => Away<ImmutableArray<string>>();
    public Task<ImmutableArray<ClaimRow>> ReadClaims(string holder, DateTimeOffset now) => Away<ImmutableArray<ClaimRow>>();
    public Task<ImmutableArray<string>> ReadRequestStreams(ImmutableArray<string> territoryIds, DateTimeOffset since) => Away<ImmutableArray<string>>();
    public Task<ClaimRow?> ReadClaimByTraits(string sasId, ImmutableArray<string> traitHashes, string key, DateTimeOffset now) => Away<ClaimRow?>();
    public Task<PersonRow?> ReadPerson(string surrogate) => Away<PersonRow?>();
    public Task<string?> ReadNote(string noteId) => Away<string?>();
    public Task<ImmutableArray<(string TraitHash, string Surrogate)>> ReadSurrogates(string sasId, ImmutableArray<string> traitHashes) => Away<ImmutableArray<(string TraitHash, string Surrogate)>>();
    public Task<ImmutableArray<string>> ReadTraitHashes(string surrogate) => Away<ImmutableArray<string>>();
    public Task<ImmutableArray<RecordedCommand>> ReadMentions(string stream, ImmutableArray<string> ids, DateTimeOffset since) => Away<ImmutableArray<RecordedCommand>>();
    public Task WriteNote(string noteId, string surrogate, string territoryId, DateTimeOffset at, string sealedText) => Away<bool>();

    private Task<T> Away<T>()
    {
        asked();
        return Task.FromException<T>(new LedgerUnavailableException("away"));
    }
}
