using System.Collections.Immutable;

namespace SnpLive.Grains.People.Keys;

/// <summary>What a machine may do with its key.</summary>
public enum KeyScope
{
    /// <summary>Telling telephone events of the SAS whose centre the territory's own file describes.</summary>
    Telephony = 0,
    /// <summary>Reading free slots of the territory, without anything about a person.</summary>
    SlotsRead = 1,
}

/// <summary>A machine's key. Its secret is kept nowhere: only its hash.</summary>
/// <param name="Id">Technical id, unique within its territory.</param>
/// <param name="Name">What it is for, as its coordinator called it.</param>
/// <param name="Scopes">What it opens.</param>
/// <param name="SecretHash">SHA-256 of the secret, base64url: 256 bits of chance need no slow hash.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="CreatedBy">The coordinator's id.</param>
/// <param name="RequestId">The command that made it.</param>
/// <param name="Expires">UTC; worth nothing from then on.</param>
[GenerateSerializer, Immutable, Alias("snp.MachineKey")]
public sealed record MachineKey(
    [property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] ImmutableArray<KeyScope> Scopes, [property: Id(3)] string SecretHash,
    [property: Id(4)] DateTimeOffset CreatedAt, [property: Id(5)] string CreatedBy, [property: Id(6)] Guid RequestId, [property: Id(7)] DateTimeOffset Expires)
{
    /// <summary>Since when (UTC) it is revoked; null: it is not.</summary>
    [Id(8)] public DateTimeOffset? RevokedAt { get; init; }
    /// <summary>Who revoked it; null: nobody.</summary>
    [Id(9)] public string? RevokedBy { get; init; }
    /// <summary>The day (UTC) of its last use, no finer: a journal of a machine's doings is not kept here. Null: never used.</summary>
    [Id(10)] public DateOnly? LastUsed { get; init; }

    /// <summary>Whether it opens anything.</summary>
    public bool Holds(DateTimeOffset now) => RevokedAt is null && now < Expires;
}

/// <summary>What a territory's document of keys holds.</summary>
[GenerateSerializer, Immutable, Alias("snp.MachineKeysState")]
public sealed record MachineKeysState
{
    /// <summary>In the order they were made; those that no longer hold stay for a while, to be seen.</summary>
    [Id(0)] public ImmutableArray<MachineKey> Keys { get; init; } = [];

    /// <summary>A key by id; null: there is none.</summary>
    public MachineKey? Find(string id) => Keys.FirstOrDefault(one => one.Id == id);
}

/// <summary>A command about a territory's keys. The web has checked that its sender coordinates that territory.</summary>
[GenerateSerializer, Immutable, Alias("snp.KeyCommand")]
public abstract record KeyCommand
{
    /// <summary>The caller's id, made before its first send.</summary>
    [Id(0)] public required Guid RequestId { get; init; }
    /// <summary>Who asks: a person's id.</summary>
    [Id(1)] public required string By { get; init; }
}

/// <summary>Makes a key.</summary>
/// <param name="KeyId">A new id.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What it opens; at least one.</param>
/// <param name="SecretHash">Hash of its secret.</param>
/// <param name="DaysItLasts">For how many days from now.</param>
[GenerateSerializer, Immutable, Alias("snp.CreateKey")]
public sealed record CreateKey(
    [property: Id(0)] string KeyId, [property: Id(1)] string Name, [property: Id(2)] ImmutableArray<KeyScope> Scopes, [property: Id(3)] string SecretHash,
    [property: Id(4)] int DaysItLasts) : KeyCommand;

/// <summary>A key is worth nothing from now on.</summary>
/// <param name="KeyId">Which.</param>
[GenerateSerializer, Immutable, Alias("snp.RevokeKey")]
public sealed record RevokeKey([property: Id(0)] string KeyId) : KeyCommand;

/// <summary>Why nothing was changed.</summary>
public enum KeyRefusal
{
    /// <summary>Something was, or it stood so already.</summary>
    None = 0,
    /// <summary>There is no such key.</summary>
    Unknown = 1,
    /// <summary>The territory has as many keys in force as it may.</summary>
    TooMany = 2,
    /// <summary>It would last longer than keys may, or not at all.</summary>
    BadLife = 3,
}

/// <summary>What became of a command.</summary>
/// <param name="Refusal">Why not; <see cref="KeyRefusal.None"/>: done.</param>
/// <param name="Key">The key that was made or revoked; null when refused.</param>
/// <param name="State">All keys as they are now.</param>
[GenerateSerializer, Immutable, Alias("snp.KeyAnswer")]
public sealed record KeyAnswer([property: Id(0)] KeyRefusal Refusal, [property: Id(1)] MachineKey? Key, [property: Id(2)] MachineKeysState State);

/// <summary>Bounds of machines' keys. Section <c>ApiKeys</c>.</summary>
public sealed class KeyLimits
{
    /// <summary>For how long a key may be made. Default: 366 days.</summary>
    public TimeSpan LongestLife { get; set; } = TimeSpan.FromDays(366);
    /// <summary>Keys in force at once, per territory. Default: 20.</summary>
    public int MostPerTerritory { get; set; } = 20;
    /// <summary>Keys that no longer hold and are still shown; older ones are forgotten. Default: 30.</summary>
    public int MostShownAfterwards { get; set; } = 30;
}
