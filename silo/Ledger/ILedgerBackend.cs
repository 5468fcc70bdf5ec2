using System.Collections.Immutable;
using SnpLive.Grains.Ledger;
using SnpLive.Silo.Access;
using SnpLive.Silo.Persons;

namespace SnpLive.Silo.Ledger;

/// <summary>A database behind <see cref="DurableLedger"/>: everything of the ledger except the queue in front of the writer.</summary>
internal interface ILedgerBackend : IDocumentStore, IAsyncDisposable
{
    /// <summary>Connects and brings the schema up to date.</summary>
    Task Open();

    /// <summary>Batches that it can write at the same time, at least 1.</summary>
    int Writers { get; }

    /// <summary>
    /// Writes commits that share no key (<see cref="CommitKeys"/>) but a stream, and answers each, in the same order. Those of one stream stand together, by
    /// version, and each follows the one before: it is written only if that one is, and fenced otherwise.
    /// Called with one batch at a time for each <paramref name="writer"/>, from 0 to <see cref="Writers"/> − 1; batches of different writers share no key either.
    /// A failure is an answer, too: it does not throw.
    /// </summary>
    Task<CommitResult[]> Write(int writer, IReadOnlyList<Commit> batch);

    Task<StreamRead> Read(string stream);
    Task SaveSnapshot(string stream, SnapshotRow snapshot);
    Task<RecordedAnswer?> FindAnswer(string actorId, Guid requestId);
    Task<BoardRead> ReadBoard(ImmutableArray<string> agendaIds, DateTimeOffset from, DateTimeOffset to, DateTimeOffset heldSince);
    Task<ImmutableArray<long>> ReadVersions(ImmutableArray<string> streams);
    Task<ImmutableArray<DueRow>> ReadDue(DateTimeOffset now, int limit);
    Task ClearDue(ImmutableArray<DueRow> served);
    Task<ImmutableArray<string>> ReadBookedStreams(ImmutableArray<string> actorIds, DateTimeOffset since);
    Task<ImmutableArray<ClaimRow>> ReadClaims(string holder, DateTimeOffset now);
    Task<ImmutableArray<string>> ReadRequestStreams(ImmutableArray<string> territoryIds, DateTimeOffset since);
    Task<ClaimRow?> ReadClaimByTraits(string sasId, ImmutableArray<string> traitHashes, string key, DateTimeOffset now);
    Task<PersonRow?> ReadPerson(string surrogate);
    Task<string?> ReadNote(string noteId);
    Task<ImmutableArray<string>> ReadTraitHashes(string surrogate);
    Task<ImmutableArray<(string TraitHash, string Surrogate)>> ReadSurrogates(string sasId, ImmutableArray<string> traitHashes);
    Task<ImmutableArray<RecordedCommand>> ReadMentions(string stream, ImmutableArray<string> ids, DateTimeOffset since);
    Task WriteNote(string noteId, string surrogate, string territoryId, DateTimeOffset at, string sealedText);

    /// <summary>The access log beside it.</summary>
    IAccessStore Access { get; }

    /// <summary>The sealed rows, for whoever keeps them.</summary>
    IVaultStore Vault { get; }

    /// <summary>One consistent picture of all tables, for the audit.</summary>
    Task<IAuditSource> OpenAudit();
}
