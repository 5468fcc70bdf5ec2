using System.Collections.Immutable;
using System.Text.Json;
using SnpLive.Grains;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;

namespace SnpLive.Silo.Persons;

/// <summary>Seals with AES-256-GCM and hashes traits with HMAC-SHA-256; the ledger keeps what is sealed.</summary>
public sealed class PersonVault(ILedger ledger, VaultKeys keys, IAccessLog log) : IPersonVault
{
    internal const string Glass = "glass:";
    private readonly Sealer sealer = new(keys);

    /// <inheritdoc/>
    public SealedPatient Seal(string sasId, PatientIdentity identity, BookingNote note)
    {
        var typed = JsonSerializer.Serialize(new { identity, note }, SnpJson.Options);
        var (hash, former) = sealer.Traits(Traits.Of(sasId, identity));
        return new(hash, sealer.Close(identity), sealer.Close(note), !string.IsNullOrWhiteSpace(note.Address), sealer.Lasting(typed), former);
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> BookedUntil(string sasId, PatientIdentity traits, string careStream, DateTimeOffset now, AccessReason reason)
    {
        var (hash, former) = sealer.Traits(Traits.Of(sasId, traits));
        await log.Record(reason, hash);
        return (await ledger.ReadClaimByTraits(sasId, former is null ? [hash] : [hash, former], careStream, now))?.Until;
    }

    /// <inheritdoc/>
    public async Task<OpenedPatient> Open(string surrogate, string noteId, AccessReason reason)
    {
        await log.Record(reason, surrogate);
        var (person, note) = (ledger.ReadPerson(surrogate), ledger.ReadNote(noteId));
        await Task.WhenAll(person, note);
        return new(
            await person is { } row ? sealer.Open<PatientIdentity>(row.SealedIdentity) : null,
            await note is { } text ? sealer.Open<BookingNote>(text) : null,
            (await person)?.ObjectedAt is not null);
    }

    /// <inheritdoc/>
    public Task KeepReason(string reasonId, string surrogate, string territoryId, DateTimeOffset now, string reason) =>
        ledger.WriteNote(Glass + reasonId, surrogate, territoryId, now, sealer.Close(new Words(reason)));

    /// <inheritdoc/>
    public async Task<string?> OpenReason(string reasonId, AccessReason reason, string subject)
    {
        await log.Record(reason, subject);
        return await ledger.ReadNote(Glass + reasonId) is { } text ? sealer.Open<Words>(text).Text : null;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<AccessEntry>> Merged(string sasId, ImmutableArray<AccessEntry> entries)
    {
        ImmutableArray<string> searched = [.. entries.Where(one => one.Action == AccessAction.Search).Select(one => one.Subject).Distinct()];
        if (searched.IsEmpty) return entries;
        var known = (await ledger.ReadSurrogates(sasId, searched)).ToDictionary(one => one.TraitHash, one => one.Surrogate, StringComparer.Ordinal);
        return [.. entries.Select(one => one.Action == AccessAction.Search && known.TryGetValue(one.Subject, out var surrogate) ? one with { Subject = surrogate } : one)];
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> SubjectsOf(string surrogate) => [surrogate, .. await ledger.ReadTraitHashes(surrogate)];
}
