using System.Collections.Immutable;
using SnpLive.Grains.People;

namespace SnpLive.Silo.Persons;

/// <summary>A sealed row that a key is to be renewed on.</summary>
/// <param name="Id">Surrogate, or id of the note.</param>
/// <param name="SasId">Of a person; empty for a note.</param>
/// <param name="Sealed">As it stands.</param>
/// <param name="Found">Whether it is looked for by traits.</param>
internal sealed record SealedRow(string Id, string SasId, string Sealed, bool Found);

/// <summary>A renewed row. It is written only where the row still stands as it was read.</summary>
/// <param name="Row">As it was read.</param>
/// <param name="Sealed">Sealed anew.</param>
/// <param name="TraitHash">Under the current key; null: none.</param>
internal sealed record RenewedRow(SealedRow Row, string Sealed, string? TraitHash);

/// <summary>How many rows a key of a ring made.</summary>
/// <param name="Seal">Of the sealing ring; otherwise of the hashing one.</param>
/// <param name="Id">The key.</param>
/// <param name="Rows">Rows.</param>
internal sealed record KeyUse(bool Seal, int Id, long Rows);

/// <summary>A person as stored.</summary>
internal sealed record StoredPerson(string SasId, string Sealed, DateTimeOffset UsedAt, DateTimeOffset? ObjectedAt);

/// <summary>A note as stored; <c>Sealed</c> is empty once its retention has ended.</summary>
internal sealed record StoredNote(string Id, string Sealed, DateTimeOffset UsedAt);

/// <summary>The file of a call as stored.</summary>
internal sealed record StoredCall(string FileKey, string Sealed, DateTimeOffset UsedAt);

/// <summary>What one page of a retention walk did.</summary>
/// <param name="Notes">Notes emptied or removed.</param>
/// <param name="Persons">Identities removed.</param>
internal sealed record VaultPurge(int Notes, int Persons)
{
    internal int Most => Math.Max(Notes, Persons);
}

/// <summary>The sealed rows beside the log: what bookings do not need, but who keeps them does. Every change is one small transaction.</summary>
internal interface IVaultStore
{
    /// <summary>
    /// One page of the retention. Words of notes go first: a note used before <paramref name="notesBefore"/> is emptied (a written reason of a break-glass:
    /// used before <paramref name="before"/>). Identities used before <paramref name="before"/> go with their hashes and what is left of their notes.
    /// </summary>
    /// <param name="notesBefore">UTC.</param>
    /// <param name="before">UTC, not later.</param>
    /// <param name="limit">Rows of each kind at most.</param>
    Task<VaultPurge> Purge(DateTimeOffset notesBefore, DateTimeOffset before, int limit);

    /// <summary>Identities after one, in order, that another key than the current one sealed, or whose traits are not hashed with the current one.</summary>
    Task<ImmutableArray<SealedRow>> PersonsToRenew(string after, string sealMark, string hashMark, int limit);

    /// <summary>Notes after one, in order, that another key than the current one sealed.</summary>
    Task<ImmutableArray<SealedRow>> NotesToRenew(string after, string sealMark, int limit);

    /// <summary>Writes renewed identities.</summary>
    Task RenewPersons(ImmutableArray<RenewedRow> rows);

    /// <summary>Writes renewed notes.</summary>
    Task RenewNotes(ImmutableArray<RenewedRow> rows);

    /// <summary>How many rows each key made.</summary>
    Task<ImmutableArray<KeyUse>> Uses();

    /// <summary>Hashes of traits after one, in order.</summary>
    Task<ImmutableArray<(string SasId, string Hash)>> Traits(string afterSas, string afterHash, int limit);

    /// <summary>Removes hashes of traits.</summary>
    Task DropTraits(ImmutableArray<(string SasId, string Hash)> rows);

    /// <summary>A person; null when erased or unknown.</summary>
    Task<StoredPerson?> Person(string surrogate);

    /// <summary>A person's notes in a territory, the newest first, without written reasons of break-glass.</summary>
    Task<ImmutableArray<StoredNote>> NotesOf(string surrogate, string territoryId);

    /// <summary>Replaces an identity and its hashes, when it still stands as it was read.</summary>
    /// <returns>Null: done.</returns>
    Task<PersonRefusal?> Correct(string surrogate, string sasId, string before, string after, ImmutableArray<string> hashes);

    /// <summary>Sets since when a person objects; null: they do not.</summary>
    Task<bool> Object(string surrogate, DateTimeOffset? at);

    /// <summary>Files of a SAS's calls after one, in order.</summary>
    Task<ImmutableArray<StoredCall>> CallFiles(string sasId, string after, int limit);

    /// <summary>
    /// Removes a person's notes in a territory, and the person when none is left elsewhere, and files of calls with their notes. False, and nothing, when one of these notes is
    /// needed after <paramref name="now"/>, or one of these files was written after <paramref name="callsBefore"/>.
    /// </summary>
    /// <param name="surrogate">The person; null: files of calls only.</param>
    /// <param name="territoryId">Whose notes.</param>
    /// <param name="now">UTC.</param>
    /// <param name="calls">Keys of files.</param>
    /// <param name="callsBefore">UTC.</param>
    Task<bool> Erase(string? surrogate, string territoryId, DateTimeOffset now, ImmutableArray<string> calls, DateTimeOffset callsBefore);

    /// <summary>Streams of a territory's own log: agendas, requests, notices.</summary>
    Task<ImmutableArray<string>> StreamsOf(string territoryId);

    /// <summary>Removes streams whole, with every row that they account for.</summary>
    Task EraseStreams(ImmutableArray<string> streams);

    /// <summary>Removes wake-ups of notices and requests of agendas that are gone: some wait for a stream that has not begun.</summary>
    Task EraseWakes(ImmutableArray<string> agendas);

    /// <summary>One page of removing a territory's notes, and the persons about whom nothing is left.</summary>
    /// <returns>Notes removed.</returns>
    Task<int> EraseNotes(string territoryId, int limit);

    /// <summary>Removes the documents of a territory and of the people who belong to no other.</summary>
    Task EraseDocuments(string territoryId, ImmutableArray<string> people);
}
