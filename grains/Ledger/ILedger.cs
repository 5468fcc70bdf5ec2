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

    /// <summary>Removes wake-ups that were served, except those set to another instant meanwhile.</summary>
    Task ClearDue(ImmutableArray<DueRow> served);

    /// <summary>Streams in which one of these persons booked at <paramref name="since"/> (UTC) or later: whom to ask about an organisation's bookings.</summary>
    Task<ImmutableArray<string>> ReadBookedStreams(ImmutableArray<string> actorIds, DateTimeOffset since);

    /// <summary>Streams of requests opened in one of these territories at <paramref name="since"/> (UTC) or later.</summary>
    Task<ImmutableArray<string>> ReadRequestStreams(ImmutableArray<string> territoryIds, DateTimeOffset since);

    /// <summary>The claim in force at <paramref name="now"/> (UTC) of the patient with one of these hashes of traits in a SAS; null when there is none, or no such patient.</summary>
    Task<ClaimRow?> ReadClaimByTraits(string sasId, ImmutableArray<string> traitHashes, string key, DateTimeOffset now);

    /// <summary>Claims of a holder in force at <paramref name="now"/> (UTC), by key.</summary>
    Task<ImmutableArray<ClaimRow>> ReadClaims(string holder, DateTimeOffset now);

    /// <summary>The sealed identity of a patient, or null when erased or unknown.</summary>
    Task<PersonRow?> ReadPerson(string surrogate);

    /// <summary>The surrogates of the patients with these keyed hashes of traits in a SAS; who is not known is left out.</summary>
    Task<ImmutableArray<(string TraitHash, string Surrogate)>> ReadSurrogates(string sasId, ImmutableArray<string> traitHashes);

    /// <summary>The keyed hashes of a patient's traits: one per key in use, none when erased or unknown.</summary>
    Task<ImmutableArray<string>> ReadTraitHashes(string surrogate);

    /// <summary>Commands of a stream, recorded at <paramref name="since"/> (UTC) or later, whose events name one of these ids; in order.</summary>
    Task<ImmutableArray<RecordedCommand>> ReadMentions(string stream, ImmutableArray<string> ids, DateTimeOffset since);

    /// <summary>Keeps a sealed note outside the log, once: one under this id stays as it is.</summary>
    /// <param name="noteId">Its key.</param>
    /// <param name="surrogate">Whom it is about.</param>
    /// <param name="territoryId">Whose it is.</param>
    /// <param name="at">UTC: the retention counts from there.</param>
    /// <param name="sealedText">The note.</param>
    Task WriteNote(string noteId, string surrogate, string territoryId, DateTimeOffset at, string sealedText);

    /// <summary>The sealed note of a booking, or null when there is none or its retention has ended.</summary>
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
/// <param name="ObjectedAt">Since when (UTC) the patient objects to sharing with the registered GP; null: no objection.</param>
public sealed record PersonRow(string SasId, string SealedIdentity, DateTimeOffset? ObjectedAt = null);

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
