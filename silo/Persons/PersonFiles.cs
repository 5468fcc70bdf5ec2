using System.Collections.Immutable;
using SnpLive.Grains.Calls;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;

namespace SnpLive.Silo.Persons;

/// <summary>One person's data, opened and changed outside the log: the log knows no identity.</summary>
internal sealed class PersonFiles(ILedger ledger, Func<IVaultStore> store, VaultKeys keys, IAccessLog log, VaultOptions options, TimeProvider clock) : IPersonFiles
{
    private readonly Sealer sealer = new(keys);
    private readonly CallFiles callFiles = new(store, new(keys));

    /// <summary>What is known of somebody here; no row and no notes: by calls only.</summary>
    private sealed record Known(StoredPerson? Row, PatientIdentity Identity, ImmutableArray<StoredNote> Notes, ImmutableArray<FoundCall>? Calls);

    /// <inheritdoc/>
    public async Task<string?> Find(PersonScope scope, PatientIdentity traits)
    {
        var text = Traits.Of(scope.SasId, traits);
        var (hash, former) = sealer.Traits(text);
        await log.Record(scope.Reason, hash);
        foreach (var (_, surrogate) in await ledger.ReadSurrogates(scope.SasId, former is null ? [hash] : [hash, former]))
            if (!(await store().NotesOf(surrogate, scope.TerritoryId)).IsEmpty) return surrogate;
        return scope.WithCalls && !(await callFiles.About(scope.SasId, text)).IsEmpty ? callFiles.PersonOf(text) : null;
    }

    /// <inheritdoc/>
    public async Task<PersonFile?> Open(PersonScope scope, string personId)
    {
        if (await Recorded(scope, personId) is not { } known) return null;
        var lastUsed = known.Row?.UsedAt ?? known.Calls!.Value.Max(one => one.Row.UsedAt);
        return new(
            personId, known.Identity, known.Row?.ObjectedAt, lastUsed + options.Keep,
            [.. known.Notes.Select(one => new PersonNote(one.Id, one.UsedAt, one.Sealed.Length == 0 ? null : sealer.Open<BookingNote>(one.Sealed)))],
            known.Calls is { } calls ? [.. await Task.WhenAll(calls.Select(one => Opened(scope, one)))] : null);
    }

    /// <inheritdoc/>
    public async Task<PersonRefusal?> Correct(PersonScope scope, string personId, PatientIdentity identity)
    {
        if (await Recorded(scope, personId) is not { Row: { } row } known) return PersonRefusal.Unknown;
        var (hash, former) = sealer.Traits(Traits.Of(scope.SasId, identity));
        if (await store().Correct(personId, scope.SasId, row.Sealed, sealer.Close(identity), former is null ? [hash] : [hash, former]) is { } refusal) return refusal;
        if (known.Calls is { IsEmpty: false } calls) await store().RenewPersons([.. calls.Select(one => Corrected(scope, one, identity))]);
        return null;
    }

    /// <inheritdoc/>
    public async Task<PersonRefusal?> Object(PersonScope scope, string personId, bool objects)
    {
        if (await Recorded(scope, personId) is not { Row: not null }) return PersonRefusal.Unknown;
        return await store().Object(personId, objects ? clock.GetUtcNow() : null) ? null : PersonRefusal.Unknown;
    }

    /// <inheritdoc/>
    public async Task<PersonRefusal?> Erase(PersonScope scope, string personId)
    {
        if (await Recorded(scope, personId) is not { } known) return PersonRefusal.Unknown;
        var now = clock.GetUtcNow();
        ImmutableArray<string> calls = [.. (known.Calls ?? []).Select(one => one.Row.FileKey)];
        return await store().Erase(known.Row is null ? null : personId, scope.TerritoryId, now, calls, now - Call.ListedFor) ? null : PersonRefusal.InUse;
    }

    /// <summary>The person, when this territory, or a call within reach, has something about them. On record before anything is opened; a call on its own record too.</summary>
    private async Task<Known?> Recorded(PersonScope scope, string personId)
    {
        var notes = await store().NotesOf(personId, scope.TerritoryId);
        var row = notes.IsEmpty ? null : await store().Person(personId) is { } stored && stored.SasId == scope.SasId ? stored : null;
        if (row is null && !scope.WithCalls) return null;
        await log.Record(scope.Reason, personId);
        var identity = row is null ? null : sealer.Open<PatientIdentity>(row.Sealed);
        ImmutableArray<FoundCall>? calls = !scope.WithCalls ? null
            : identity is null ? await callFiles.Of(scope.SasId, personId) : await callFiles.About(scope.SasId, Traits.Of(scope.SasId, identity));
        foreach (var one in calls ?? []) await log.Record(scope.Reason, one.Row.FileKey);
        if (identity is not null) return new(row, identity, notes, calls);
        return calls is { IsEmpty: false } only ? new(null, only[0].Patient, [], only) : null;
    }

    private async Task<PersonCall> Opened(PersonScope scope, FoundCall one)
    {
        var notes = await store().NotesOf(one.Row.FileKey, scope.SasId);
        return new(
            one.Row.FileKey, one.Row.UsedAt, one.People.CallerPhone, one.People.CallerName, one.People.Patient!,
            [.. notes.Select(note => note.Sealed.Length == 0 ? null : sealer.Open<Words>(note.Sealed).Text)]);
    }

    private RenewedRow Corrected(PersonScope scope, FoundCall one, PatientIdentity identity)
    {
        var patient = one.People.Patient! with
        {
            LastName = identity.LastName, FirstName = identity.FirstName, BirthDate = identity.BirthDate, Sex = identity.Sex,
            CommuneCode = identity.CommuneCode ?? one.People.Patient!.CommuneCode, RegisteredGp = identity.RegisteredGp ?? one.People.Patient!.RegisteredGp,
        };
        return new(new(one.Row.FileKey, scope.SasId, one.Row.Sealed, Found: false), sealer.Close(one.People with { Patient = patient }), TraitHash: null);
    }
}
