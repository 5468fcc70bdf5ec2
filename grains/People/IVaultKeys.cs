using System.Collections.Immutable;

namespace SnpLive.Grains.People;

/// <summary>What a key of the vault is for.</summary>
public enum VaultKeyKind
{
    /// <summary>Seals identities and notes.</summary>
    Seal = 0,
    /// <summary>Hashes traits, so that a patient is found again.</summary>
    Hash = 1,
}

/// <summary>A key of the vault; never the key itself.</summary>
/// <param name="Kind">For what.</param>
/// <param name="Id">Its number.</param>
/// <param name="Current">Whether new rows are made with it.</param>
/// <param name="Present">Whether the server has it; false: rows are left of one that is gone.</param>
/// <param name="Rows">Rows made with it.</param>
/// <param name="RetirableFrom">Of a former hashing key: the end of the overlap, UTC. Otherwise null.</param>
public sealed record VaultKey(VaultKeyKind Kind, int Id, bool Current, bool Present, long Rows, DateTimeOffset? RetirableFrom);

/// <summary>Why a key is not rotated or retired.</summary>
public enum VaultKeyRefusal
{
    /// <summary>The keys come from the configuration: the operator changes them there.</summary>
    Configured,
    /// <summary>The former hashing key is still asked for.</summary>
    FormerInUse,
    /// <summary>There is no such key.</summary>
    Unknown,
    /// <summary>It is the current one.</summary>
    Current,
    /// <summary>The overlap is not over.</summary>
    Overlap,
    /// <summary>Rows are left that only it opens or finds.</summary>
    RowsLeft,
    /// <summary>The folder of the keys cannot be written.</summary>
    FolderReadOnly,
}

/// <summary>The vault's keys, for the server's operator.</summary>
public interface IVaultKeys
{
    /// <summary>All keys, by kind and number.</summary>
    Task<ImmutableArray<VaultKey>> Status();

    /// <summary>Makes a new current key. Rows of before are renewed in the background; nothing stands still.</summary>
    /// <returns>Null: done.</returns>
    Task<VaultKeyRefusal?> Rotate(VaultKeyKind kind);

    /// <summary>Forgets a former key for good.</summary>
    /// <returns>Null: done.</returns>
    Task<VaultKeyRefusal?> Retire(VaultKeyKind kind, int id);
}
