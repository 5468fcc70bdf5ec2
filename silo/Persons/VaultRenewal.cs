using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.People;

namespace SnpLive.Silo.Persons;

/// <summary>
/// After a rotation: seals again with the current key, and hashes traits with it, page by page. Restart-safe, since a row says itself whether it is done; a row
/// that changed meanwhile is left to whoever changed it, who used the current key.
/// </summary>
internal sealed partial class VaultRenewal(VaultKeys keys, Func<IVaultStore> store, VaultOptions options, ILogger<VaultRenewal> log)
{
    private readonly Sealer sealer = new(keys);

    /// <summary>One pass over all rows.</summary>
    /// <returns>Rows renewed, and rows that no key of this server opens.</returns>
    internal async Task<(int Renewed, int Unreadable)> Run(CancellationToken stop)
    {
        var (seal, hash) = (KeyRing.Mark(keys.Seals.Current), KeyRing.Mark(keys.Hashes.Current));
        var persons = await Walk(after => store().PersonsToRenew(after, seal, hash, options.Page), store().RenewPersons, stop);
        var notes = await Walk(after => store().NotesToRenew(after, seal, options.Page), store().RenewNotes, stop);
        var (renewed, unreadable) = (persons.Renewed + notes.Renewed, persons.Unreadable + notes.Unreadable);
        if (renewed > 0) LogRenewed(log, renewed);
        if (unreadable > 0) LogUnreadable(log, unreadable);
        return (renewed, unreadable);
    }

    private async Task<(int Renewed, int Unreadable)> Walk(Func<string, Task<ImmutableArray<SealedRow>>> read, Func<ImmutableArray<RenewedRow>, Task> write, CancellationToken stop)
    {
        var (after, renewed, unreadable) = ("", 0, 0);
        while (await read(after) is { IsEmpty: false } page)
        {
            ImmutableArray<RenewedRow> rows = [.. page.Select(Renewed).OfType<RenewedRow>()];
            if (!rows.IsEmpty) await write(rows);
            (after, renewed, unreadable) = (page[^1].Id, renewed + rows.Length, unreadable + page.Length - rows.Length);
            await Task.Delay(options.PagePause, stop);
        }
        return (renewed, unreadable);
    }

    // A key that is missing must not stop the others.
    private RenewedRow? Renewed(SealedRow row)
    {
        try
        {
            return new(row, sealer.Renew(row.Sealed), row.Found ? sealer.Traits(Traits.Of(row.SasId, sealer.Open<PatientIdentity>(row.Sealed))).Current : null);
        }
        catch (Exception e) when (e is InvalidDataException or CryptographicException or FormatException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(91, LogLevel.Information, "{Count} rows of the vault now bear the current keys.")]
    private static partial void LogRenewed(ILogger logger, int count);

    [LoggerMessage(92, LogLevel.Warning, "{Count} rows of the vault are opened by no key of this server.")]
    private static partial void LogUnreadable(ILogger logger, int count);
}
