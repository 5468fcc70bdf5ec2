using System.Collections.Immutable;

namespace SnpLive.Grains.Ledger;

/// <summary>
/// One accepted command, ready to be made durable: its events and every row that must change with them, in one transaction.
/// It carries no patient identity in clear: <see cref="Person"/> holds sealed text only.
/// </summary>
public sealed record Commit
{
    /// <summary>The stream that the command changes, such as <c>agenda/slv-mg-01</c>.</summary>
    public required string Stream { get; init; }
    /// <summary>The version this commit writes: the last known version of the stream plus one (the first is 1).</summary>
    public required long Version { get; init; }
    /// <summary>
    /// What <see cref="ILedger.Append"/> returned for the commit just before in this stream, when that one was still under way as this one was decided;
    /// null: it was known to be durable. This one is written only if that very commit was appended, and <see cref="CommitResult.Fenced"/> otherwise: its
    /// version alone would not tell that nobody else wrote the one before.
    /// </summary>
    public Task<CommitResult>? Follows { get; init; }
    /// <summary>Who asked. With <see cref="RequestId"/> the scope in which a repeated command finds its first answer.</summary>
    public required string ActorId { get; init; }
    /// <summary>Made by the caller before its first send.</summary>
    public required Guid RequestId { get; init; }
    /// <summary>Digest of the command's content: the same request id with another digest is refused.</summary>
    public required string Fingerprint { get; init; }
    /// <summary>The answer given to the caller (JSON), kept for repeats.</summary>
    public required string Answer { get; init; }
    /// <summary>When the command was decided, UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }
    /// <summary>The civil date of <see cref="OccurredAt"/> in the territory's time zone, for indicators.</summary>
    public required DateOnly LocalDate { get; init; }
    /// <summary>The tenant, for indicators and audit.</summary>
    public required string TerritoryId { get; init; }
    /// <summary>The care stream concerned; empty when none.</summary>
    public required string CareStream { get; init; }
    /// <summary>What happened, in one word of the domain such as <c>slot-booked</c>.</summary>
    public required string Kind { get; init; }
    /// <summary>The door it came through, such as <c>pharmacist</c>.</summary>
    public required string Channel { get; init; }
    /// <summary>Version of the payload's schema.</summary>
    public required int Schema { get; init; }
    /// <summary>The command's events (JSON). Never patient identity, never free text.</summary>
    public required string Payload { get; init; }
    /// <summary>Claims to take or extend.</summary>
    public ImmutableArray<ClaimRow> TakeClaims { get; init; } = [];
    /// <summary>Claims to give back; dropping one that is gone or another owner's changes nothing.</summary>
    public ImmutableArray<ClaimKey> DropClaims { get; init; } = [];
    /// <summary>Places to occupy.</summary>
    public ImmutableArray<OccupancyRow> Occupy { get; init; } = [];
    /// <summary>Bookings whose place becomes free again.</summary>
    public ImmutableArray<string> VacateBookings { get; init; } = [];
    /// <summary>Published facts of slots, inserted or replaced.</summary>
    public ImmutableArray<SlotRow> Slots { get; init; } = [];
    /// <summary>Wake-ups to set (one per stream and cause; a second one replaces the first).</summary>
    public ImmutableArray<DueRow> SetDue { get; init; } = [];
    /// <summary>Wake-ups that are done.</summary>
    public ImmutableArray<DueKey> ClearDue { get; init; } = [];
    /// <summary>The patient's sealed identity and note, when the command books.</summary>
    public PersonWrite? Person { get; init; }
}

/// <summary>Names a claim and the owner that may drop it.</summary>
/// <param name="Holder">A patient surrogate, or <c>actor:…</c> for the bound on holds per person.</param>
/// <param name="Key">The care stream, or <c>hold-1</c>, <c>hold-2</c>.</param>
/// <param name="Owner">The booking or hold for which it was taken.</param>
public sealed record ClaimKey(string Holder, string Key, string Owner);

/// <summary>
/// One active owner per (holder, key) until an instant. Taking succeeds when there is none, when the present one has ended
/// (<c>until ≤ Commit.OccurredAt</c>), or when the owner is the same (it is then extended).
/// </summary>
/// <param name="Holder">See <see cref="ClaimKey"/>.</param>
/// <param name="Key">See <see cref="ClaimKey"/>.</param>
/// <param name="Owner">See <see cref="ClaimKey"/>.</param>
/// <param name="Until">End of the claim, UTC, exclusive.</param>
public sealed record ClaimRow(string Holder, string Key, string Owner, DateTimeOffset Until);

/// <summary>A booking sits on a place of a slot. (slot, place) and booking are unique in the database.</summary>
/// <param name="SlotId">The slot.</param>
/// <param name="Place">1…capacity.</param>
/// <param name="BookingId">The booking.</param>
public sealed record OccupancyRow(string SlotId, int Place, string BookingId);

/// <summary>Published facts of a slot, as a board or a cold start reads them by range.</summary>
/// <param name="SlotId">The slot.</param>
/// <param name="AgendaId">Its agenda.</param>
/// <param name="Start">UTC.</param>
/// <param name="End">UTC, after <paramref name="Start"/>.</param>
/// <param name="Withdrawn">Whether it was taken back.</param>
/// <param name="Version">Version of the agenda's stream that wrote the row.</param>
/// <param name="Facts">The facts (JSON of <c>SlotFacts</c>).</param>
public sealed record SlotRow(string SlotId, string AgendaId, DateTimeOffset Start, DateTimeOffset End, bool Withdrawn, long Version, string Facts);

/// <summary>Names a wake-up.</summary>
/// <param name="Stream">The stream whose grain is to be woken; it may be another stream than the commit's.</param>
/// <param name="Cause">Why, understood by the grain; unique per stream.</param>
public sealed record DueKey(string Stream, string Cause);

/// <summary>A wake-up at an instant.</summary>
/// <param name="Stream">See <see cref="DueKey"/>.</param>
/// <param name="Cause">See <see cref="DueKey"/>.</param>
/// <param name="At">UTC.</param>
public sealed record DueRow(string Stream, string Cause, DateTimeOffset At);

/// <summary>
/// A patient's sealed identity. (SAS, trait hash) and surrogate are unique: when a hash is known under another surrogate the
/// commit is not made and the answer is <see cref="CommitResult.PersonKnown"/>; when it is known under the same one the sealed identity is replaced.
/// </summary>
/// <param name="Surrogate">Random; stands for the patient in events and claims.</param>
/// <param name="SasId">A surrogate belongs to one SAS.</param>
/// <param name="TraitHash">Keyed hash of the normalised traits; null for the file of a call, which nobody looks for by traits.</param>
/// <param name="SealedIdentity">Sealed text; opaque to the ledger.</param>
/// <param name="NoteId">Key of the note: the booking's id.</param>
/// <param name="SealedNote">Contact and free text given with this booking, sealed; null when none.</param>
/// <param name="FormerHash">The same traits under the key that is being replaced; null: none is.</param>
/// <param name="NeededUntil">Until when (UTC) it is needed: the retention counts from there. Null: from the commit.</param>
/// <param name="IsKnown">The ledger told this surrogate (<see cref="CommitResult.PersonKnown"/>): the patient has a row already. Only a hint for how to write.</param>
public sealed record PersonWrite(
    string Surrogate, string SasId, string? TraitHash, string SealedIdentity, string NoteId, string? SealedNote, string? FormerHash = null, DateTimeOffset? NeededUntil = null, bool IsKnown = false);
