using SnpLive.Silo.Engines;
using SnpLive.Silo.Ledger;

namespace SnpLive.Silo.Hosting;

/// <summary>What one process hosts: engine, ledger, vault.</summary>
public sealed class SiloOptions
{
    /// <summary>The ledger's options; its data directory also holds the vault's keys.</summary>
    public LedgerOptions Ledger { get; } = new();

    /// <summary>The access log's options.</summary>
    public Access.AccessOptions Access { get; set; } = new();

    /// <summary>The vault's options.</summary>
    public Persons.VaultOptions Vault { get; set; } = new();

    /// <summary>The engine's options.</summary>
    public EngineOptions Engine { get; } = new();

    /// <summary>Folder of the vault's key files. Processes that share a PostgreSQL database must share them. Default: <c>keys</c> below the ledger's data directory.</summary>
    public string? KeyDirectory { get; set; }
}
