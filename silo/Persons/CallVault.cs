using System.Collections.Immutable;
using System.Text.Json;
using SnpLive.Grains;
using SnpLive.Grains.Calls;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;

namespace SnpLive.Silo.Persons;

/// <summary>Callers, patients and notes of calls, sealed beside the persons.</summary>
public sealed class CallVault(ILedger ledger, VaultKeys keys, IAccessLog log) : ICallVault
{
    private static readonly CallPeople Nobody = new(null, null, null);
    private readonly Sealer sealer = new(keys);

    /// <inheritdoc/>
    public SealedCall Seal(string callId, CallPeople people, string? note)
    {
        var typed = JsonSerializer.Serialize(new { people, note }, SnpJson.Options);
        return new(sealer.Lasting("call\n" + callId), sealer.Close(people), note is null ? null : sealer.Close(new Words(note)), sealer.Lasting(typed));
    }

    /// <inheritdoc/>
    public string HashNumber(string centreId, string number) => sealer.Lasting($"number\n{centreId}\n{number}");

    /// <inheritdoc/>
    public async Task<SealedCall> SealWith(string callId, string fileKey, string note) => Seal(callId, await People(fileKey) ?? Nobody, note);

    /// <inheritdoc/>
    public async Task<OpenedCall> Open(string fileKey, ImmutableArray<string> noteIds, AccessReason reason)
    {
        await log.Record(reason, fileKey);
        var (people, notes) = (People(fileKey), Task.WhenAll(noteIds.Select(Note)));
        await Task.WhenAll(people, notes);
        return new(await people, [.. await notes]);
    }

    private async Task<CallPeople?> People(string fileKey) => await ledger.ReadPerson(fileKey) is { } row ? sealer.Open<CallPeople>(row.SealedIdentity) : null;

    private async Task<string?> Note(string noteId) => await ledger.ReadNote(noteId) is { } text ? sealer.Open<Words>(text).Text : null;
}
