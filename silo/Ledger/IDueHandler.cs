using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger;

/// <summary>Wakes whoever a due row names. The same row may be given more than once: serving it must be idempotent.</summary>
public interface IDueHandler
{
    /// <summary>Serves a wake-up; throwing means that it is given again later.</summary>
    Task Wake(DueRow due);
}
