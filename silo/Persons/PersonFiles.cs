using System.Collections.Immutable;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;

namespace SnpLive.Silo.Persons;

/// <summary>One person's data, opened and changed outside the log: the log knows no identity.</summary>
internal sealed class PersonFiles(ILedger ledger, Func<IVaultStore> store, VaultKeys keys, IAccessLog log, VaultOptions options, TimeProvider clock) : IPersonFiles
{
    private readonly Sealer sealer = new(keys);

    /// <inheritdoc/>
    public async Task<string?> Find(PersonScope scope, PatientIdentity traits)
    {
        var (hash, former) = sealer.Traits(Traits.Of(scope.SasId, traits));
        await log.Record(scope.Reason, hash);
        foreach (var (_, surrogate) in await ledger.ReadSurrogates(scope.SasId, former is null ? [hash] : [hash, former]))
            if (!(await store().NotesOf(surrogate, scope.TerritoryId)).IsEmpty) return surrogate;
        return null;
    }

    /// <inheritdoc/>
    public async Task<PersonFile?> Open(PersonScope scope, string personId)
    {
        if (await Known(scope, personId) is not var (row, notes)) return null;
        await log.Record(scope.Reason, personId);
        return new(
            personId, sealer.Open<PatientIdentity>(row.Sealed), row.ObjectedAt, row.UsedAt + options.Keep,
            [.. notes.Select(one => new PersonNote(one.Id, one.UsedAt, one.Sealed.Length == 0 ? null : sealer.Open<BookingNote>(one.Sealed)))]);
    }

    /// <inheritdoc/>
    public async Task<PersonRefusal?> Correct(PersonScope scope, string personId, PatientIdentity identity)
    {
        if (await Known(scope, personId) is not var (row, _)) return PersonRefusal.Unknown;
        await log.Record(scope.Reason, personId);
        var (hash, former) = sealer.Traits(Traits.Of(scope.SasId, identity));
        return await store().Correct(personId, scope.SasId, row.Sealed, sealer.Close(identity), former is null ? [hash] : [hash, former]);
    }

    /// <inheritdoc/>
    public async Task<PersonRefusal?> Object(PersonScope scope, string personId, bool objects)
    {
        if (await Known(scope, personId) is null) return PersonRefusal.Unknown;
        await log.Record(scope.Reason, personId);
        return await store().Object(personId, objects ? clock.GetUtcNow() : null) ? null : PersonRefusal.Unknown;
    }

    /// <inheritdoc/>
    public async Task<PersonRefusal?> Erase(PersonScope scope, string personId)
    {
        if (await Known(scope, personId) is null) return PersonRefusal.Unknown;
        await log.Record(scope.Reason, personId);
        return await store().Erase(personId, scope.TerritoryId, clock.GetUtcNow()) ? null : PersonRefusal.InUse;
    }

    /// <summary>The person, when this territory has something about them. Files of calls are the SAS's own and no person's here.</summary>
    private async Task<(StoredPerson Row, ImmutableArray<StoredNote> Notes)?> Known(PersonScope scope, string personId)
    {
        var notes = await store().NotesOf(personId, scope.TerritoryId);
        if (notes.IsEmpty || await store().Person(personId) is not { } row || row.SasId != scope.SasId) return null;
        return (row, notes);
    }
}
