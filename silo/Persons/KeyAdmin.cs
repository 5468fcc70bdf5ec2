using System.Collections.Immutable;
using System.Text.Json;
using SnpLive.Grains;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;

namespace SnpLive.Silo.Persons;

/// <summary>Rotates and retires keys, and knows since when the hashing key is current.</summary>
internal sealed class KeyAdmin(VaultKeys keys, Func<IVaultStore> store, IDocumentStore documents, VaultOptions options, TimeProvider clock) : IVaultKeys
{
    private const string DocumentType = "vault", DocumentKey = "hash-key";
    private const int Attempts = 5;

    /// <inheritdoc/>
    public async Task<ImmutableArray<VaultKey>> Status()
    {
        keys.Reload();
        var (uses, overlap) = (await store().Uses(), await OverlapEnds());
        IEnumerable<VaultKey> Of(VaultKeyKind kind)
        {
            var ring = RingOf(kind);
            var rows = uses.Where(one => one.Seal == (kind == VaultKeyKind.Seal)).ToDictionary(one => one.Id, one => one.Rows);
            return ring.Keys.Keys.Union(rows.Keys).Order().Select(id => new VaultKey(
                kind, id, id == ring.Current, ring.Keys.ContainsKey(id), rows.GetValueOrDefault(id), kind == VaultKeyKind.Hash && id != ring.Current ? overlap : null));
        }
        return [.. Of(VaultKeyKind.Seal), .. Of(VaultKeyKind.Hash)];
    }

    /// <inheritdoc/>
    public async Task<VaultKeyRefusal?> Rotate(VaultKeyKind kind)
    {
        keys.Reload();
        if (keys.IsConfigured(kind == VaultKeyKind.Seal)) return VaultKeyRefusal.Configured;
        // Of two former keys one would no longer be asked for, although patients may be known under it only.
        if (kind == VaultKeyKind.Hash && keys.Hashes.Former is not null) return VaultKeyRefusal.FormerInUse;
        if (!Written(() => keys.Add(kind == VaultKeyKind.Seal))) return VaultKeyRefusal.FolderReadOnly;
        await NoteHashKey();
        return null;
    }

    /// <inheritdoc/>
    public async Task<VaultKeyRefusal?> Retire(VaultKeyKind kind, int id)
    {
        var status = await Status();
        if (status.FirstOrDefault(one => one.Kind == kind && one.Id == id) is not { } key) return VaultKeyRefusal.Unknown;
        if (key.Current) return VaultKeyRefusal.Current;
        if (key.Present && keys.IsConfigured(kind == VaultKeyKind.Seal)) return VaultKeyRefusal.Configured;
        if (kind == VaultKeyKind.Seal && key.Rows > 0) return VaultKeyRefusal.RowsLeft;
        if (kind == VaultKeyKind.Hash)
        {
            if (clock.GetUtcNow() < key.RetirableFrom) return VaultKeyRefusal.Overlap;
            var marks = (KeyRing.Mark(keys.Seals.Current), KeyRing.Mark(keys.Hashes.Current));
            if (!(await store().PersonsToRenew("", marks.Item1, marks.Item2, 1)).IsEmpty) return VaultKeyRefusal.RowsLeft;
        }
        if (key.Present && !Written(() => keys.Remove(kind == VaultKeyKind.Seal, id))) return VaultKeyRefusal.FolderReadOnly; // first: nothing new is made with it
        if (kind == VaultKeyKind.Hash) await DropHashes(id);
        return null;
    }

    /// <summary>Keeps since when the hashing key is current, once: the overlap begins when the first process sees it.</summary>
    internal async Task<DateTimeOffset> NoteHashKey()
    {
        for (var attempt = 1; ; attempt++)
        {
            var (row, current) = (await documents.ReadDocument(DocumentType, DocumentKey), keys.Hashes.Current);
            var known = row is null ? null : JsonSerializer.Deserialize<Known>(row.Payload, SnpJson.Options);
            if (known?.Id == current) return known.Since;
            var now = clock.GetUtcNow();
            if (await documents.WriteDocument(DocumentType, DocumentKey, row?.Version ?? 0, JsonSerializer.Serialize(new Known(current, now), SnpJson.Options)) || attempt == Attempts) return now;
        }
    }

    private static bool Written(Action change)
    {
        try { change(); }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { return false; }
        return true;
    }

    private async Task<DateTimeOffset> OverlapEnds() => await NoteHashKey() + options.Overlap;

    private KeyRing RingOf(VaultKeyKind kind) => kind == VaultKeyKind.Seal ? keys.Seals : keys.Hashes;

    private async Task DropHashes(int id)
    {
        var (sas, hash) = ("", "");
        while (await store().Traits(sas, hash, options.Page) is { IsEmpty: false } page)
        {
            ImmutableArray<(string, string)> gone = [.. page.Where(one => KeyRing.Split(one.Hash).Id == id)];
            if (!gone.IsEmpty) await store().DropTraits(gone);
            (sas, hash) = page[^1];
            await Task.Delay(options.PagePause);
        }
    }

    private sealed record Known(int Id, DateTimeOffset Since);
}
