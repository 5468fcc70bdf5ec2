namespace SnpLive.Silo.Ledger;

/// <summary>Another process has the ledger's file: SQLite serves one process at a time.</summary>
public sealed class LedgerInUseException : Exception
{
    /// <summary>Creates the exception.</summary>
    public LedgerInUseException() { }
    /// <summary>Creates the exception.</summary>
    public LedgerInUseException(string message) : base(message) { }
    /// <summary>Creates the exception.</summary>
    public LedgerInUseException(string message, Exception inner) : base(message, inner) { }
}
