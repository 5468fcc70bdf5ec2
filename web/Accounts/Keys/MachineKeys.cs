using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using SnpLive.Grains.People.Keys;
using SnpLive.Grains.Territories;
using SnpLive.Web.Hosting;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Accounts.Keys;

/// <summary>Machines' keys on this web node. Section <c>ApiKeys</c>, as <see cref="KeyLimits"/>.</summary>
internal sealed record KeyOptions
{
    /// <summary>Wrong keys per address (IPv6: per /64) and minute, before everything from there is refused for a while.</summary>
    public int WrongPerAddress { get; init; } = 20;
}

/// <summary>Keys as their grains know them, some seconds old at most.</summary>
internal sealed class MachineKeys(
    IGrainFactory grains, TerritoryCatalogue catalogue, TimeProvider time, Clock clock, SignInLimits limits, KeyOptions options, ILogger<MachineKeys> logger) : IDisposable
{
    private readonly ShortMemory<MachineKeysState> memory = new(time, limits.ActorCache, id => grains.GetGrain<IMachineKeysGrain>(id).Get());
    private readonly PartitionedRateLimiter<string> wrong = SignInGate.Limiter(options.WrongPerAddress);

    /// <summary>Whether keys from an address are still looked at.</summary>
    internal bool Admits(IPAddress? address)
    {
        using var lease = wrong.AttemptAcquire(SignInGate.Network(address), permitCount: 0);
        return lease.IsAcquired;
    }

    /// <summary>One more wrong key from there.</summary>
    internal void Wrong(IPAddress? address) => wrong.AttemptAcquire(SignInGate.Network(address)).Dispose();

    /// <summary>The key and its territory; null: it opens nothing.</summary>
    internal async Task<(TerritoryDocument Territory, MachineKey Key)?> Find(KeyToken token)
    {
        if ((await catalogue.Read()).Territory(token.TerritoryId) is not { } territory) return null;
        if ((await memory.Find(territory.Id)).Find(token.KeyId) is not { } key || !key.Holds(clock.Now)) return null;
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(key.SecretHash), Encoding.ASCII.GetBytes(token.Hash)) ? (territory, key) : null;
    }

    /// <summary>Notes the day of a use. A ledger that is away for a moment must not refuse a right key.</summary>
    internal async Task Note(string territoryId, MachineKey key)
    {
        var today = DateOnly.FromDateTime(clock.Now.UtcDateTime);
        if (key.LastUsed >= today) return;
        try
        {
            await grains.GetGrain<IMachineKeysGrain>(territoryId).Used(key.Id, today);
            memory.Forget(territoryId);
        }
        catch (Exception e) when (e is not OutOfMemoryException) { logger.UseNotNoted(e.GetType().Name); }
    }

    /// <summary>Sends a command; this node knows its effect at once.</summary>
    internal async Task<KeyAnswer> Send(string territoryId, KeyCommand command)
    {
        try { return await grains.GetGrain<IMachineKeysGrain>(territoryId).Execute(command); }
        finally { memory.Forget(territoryId); }
    }

    public void Dispose() => wrong.Dispose();
}

internal static partial class KeyLog
{
    [LoggerMessage(64, LogLevel.Warning, "The day of a key's last use could not be kept ({Kind}).")]
    internal static partial void UseNotNoted(this ILogger logger, string kind);

    [LoggerMessage(65, LogLevel.Information, "Key {Key} of {Territory}: {What} by {By}.")]
    internal static partial void KeyChanged(this ILogger logger, string key, string territory, string what, string by);
}
