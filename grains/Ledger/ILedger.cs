using System.Collections.Immutable;

namespace SnpLive.Grains.Ledger;

/// <summary>
/// The truth: an append-only log with database constraints. Implementations throw <see cref="LedgerUnavailableException"/> from reads when
/// the database cannot be reached; <see cref="Append"/> never throws, it answers.
/// </summary>
public interface ILedger
{
    /// <summary>Makes one command durable together with what waits beside it (group commit).</summary>
    Task<CommitResult> Append(Commit commit);

    /// <summary>The newest snapshot of a stream, if any, and the commands after it in order.</summary>
    Task<StreamRead> Read(string stream);

    /// <summary>Keeps a snapshot; never overwrites a newer one.</summary>
    Task SaveSnapshot(string stream, SnapshotRow snapshot);

    /// <summary>What was accepted under (actor, request id), or null.</summary>
    Task<RecordedAnswer?> FindAnswer(string actorId, Guid requestId);

    /// <summary>Slots of these agendas that end after <paramref name="from"/> and start before <paramref name="to"/>, in one consistent read.</summary>
    /// <param name="agendaIds">The agendas.</param>
    /// <param name="from">UTC.</param>
    /// <param name="to">UTC.</param>
    /// <param name="heldSince">Agendas with a hold decided after this instant are named in the answer.</param>
    Task<BoardRead> ReadBoard(ImmutableArray<string> agendaIds, DateTimeOffset from, DateTimeOffset to, DateTimeOffset heldSince);

    /// <summary>The last version of each of these streams (0 where there is none), in the order asked, by one query.</summary>
    Task<ImmutableArray<long>> ReadVersions(ImmutableArray<string> streams);

    /// <summary>Wake-ups due at <paramref name="now"/>, oldest first.</summary>
    Task<ImmutableArray<DueRow>> ReadDue(DateTimeOffset now, int limit);

    /// <summary>Removes a wake-up that was served, unless it has been set to another instant meanwhile.</summary>
    Task ClearDue(DueRow due);

    /// <summary>The sealed identity of a patient, or null when erased or unknown.</summary>
    Task<PersonRow?> ReadPerson(string surrogate);

    /// <summary>The sealed note of a booking, or null.</summary>
    Task<string?> ReadNote(string noteId);
}

/// <summary>A document store for settings-like grains: one version per key, changed only by who knows it.</summary>
public interface IDocumentStore
{
    /// <summary>The document, or null.</summary>
    Task<DocumentRow?> ReadDocument(string type, string key);

    /// <summary>Writes when the stored version is <paramref name="expected"/> (0: does not exist yet); false when it is not.</summary>
    Task<bool> WriteDocument(string type, string key, long expected, string payload);

    /// <summary>Removes when the stored version is <paramref name="expected"/>; false when it is not.</summary>
    Task<bool> ClearDocument(string type, string key, long expected);
}

/// <summary>A document and its version (1, 2, …).</summary>
/// <param name="Version">Grows by one at each write.</param>
/// <param name="Payload">JSON.</param>
public sealed record DocumentRow(long Version, string Payload);

/// <summary>A folded state at a version.</summary>
/// <param name="Version">The stream version it stands for.</param>
/// <param name="Schema">Version of the state's schema.</param>
/// <param name="State">JSON.</param>
public sealed record SnapshotRow(long Version, int Schema, string State);

/// <summary>One recorded command of a stream.</summary>
/// <param name="Version">Its version.</param>
/// <param name="ActorId">Who asked.</param>
/// <param name="RequestId">The caller's id.</param>
/// <param name="Fingerprint">Digest of its content.</param>
/// <param name="Answer">JSON.</param>
/// <param name="OccurredAt">UTC.</param>
/// <param name="Schema">Version of the payload's schema.</param>
/// <param name="Payload">Its events, JSON.</param>
public sealed record RecordedCommand(long Version, string ActorId, Guid RequestId, string Fingerprint, string Answer,
    DateTimeOffset OccurredAt, int Schema, string Payload);

/// <summary>What is needed to build a stream's state.</summary>
/// <param name="Snapshot">The newest snapshot, or null.</param>
/// <param name="Tail">Commands after it, by version.</param>
public sealed record StreamRead(SnapshotRow? Snapshot, ImmutableArray<RecordedCommand> Tail);

/// <summary>One slot with the number of its occupied places.</summary>
/// <param name="Slot">Published facts.</param>
/// <param name="Taken">Occupied places.</param>
public sealed record BoardSlotRow(SlotRow Slot, int Taken);

/// <summary>One consistent picture of some agendas.</summary>
/// <param name="Versions">Last version per agenda asked for, in the order asked.</param>
/// <param name="Slots">Their slots in the range.</param>
/// <param name="RecentlyHeld">Agendas with recent holds, whose exact picture only the grain knows.</param>
public sealed record BoardRead(ImmutableArray<long> Versions, ImmutableArray<BoardSlotRow> Slots, ImmutableArray<string> RecentlyHeld);

/// <summary>A patient in the vault.</summary>
/// <param name="SasId">The SAS it belongs to.</param>
/// <param name="SealedIdentity">Sealed text.</param>
public sealed record PersonRow(string SasId, string SealedIdentity);

/// <summary>The database cannot be reached or answered too late.</summary>
public sealed class LedgerUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    public LedgerUnavailableException() { }
    /// <summary>Creates the exception.</summary>
    public LedgerUnavailableException(string message) : base(message) { }
    /// <summary>Creates the exception.</summary>
    public LedgerUnavailableException(string message, Exception inner) : base(message, inner) { }
}
