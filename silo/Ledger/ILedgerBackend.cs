using System.Collections.Immutable;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger;

/// <summary>A database behind <see cref="DurableLedger"/>: everything of the ledger except the queue in front of the writer.</summary>
internal interface ILedgerBackend : IDocumentStore, IAsyncDisposable
{
    /// <summary>Connects and brings the schema up to date.</summary>
    Task Open();

    /// <summary>
    /// Writes commits that share no key (<see cref="CommitKeys"/>) and are ordered by stream, and answers each, in the same order.
    /// Called by one writer, one batch at a time. A failure is an answer, too: it does not throw.
    /// </summary>
    Task<CommitResult[]> Write(IReadOnlyList<Commit> batch);

    Task<StreamRead> Read(string stream);
    Task SaveSnapshot(string stream, SnapshotRow snapshot);
    Task<RecordedAnswer?> FindAnswer(string actorId, Guid requestId);
    Task<BoardRead> ReadBoard(ImmutableArray<string> agendaIds, DateTimeOffset from, DateTimeOffset to, DateTimeOffset heldSince);
    Task<ImmutableArray<long>> ReadVersions(ImmutableArray<string> streams);
    Task<ImmutableArray<DueRow>> ReadDue(DateTimeOffset now, int limit);
    Task ClearDue(DueRow due);
    Task<PersonRow?> ReadPerson(string surrogate);
    Task<string?> ReadNote(string noteId);

    /// <summary>One consistent picture of all tables, for the audit.</summary>
    Task<IAuditSource> OpenAudit();
}
