namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>
/// How often commits were not as new as hoped lately, and so whether a batch is likely to be written by <see cref="PlainStatements"/> at once: one such commit makes all of them
/// be sent twice. Known patients, claims that ended but still stand, and repeats are what it meets. Used by one writer.
/// </summary>
internal sealed class Hope
{
    // Commits that it remembers, more or less.
    private const double Memory = 256;
    // Not looking spares a batch some quarter of its cost; a try in vain costs it about as much again as the plain way. It pays up to about this chance.
    private const double WorthTrying = 0.25;

    private double disappointing;

    /// <summary>Whether a batch of this size is likely enough to go through.</summary>
    public bool IsWorthTrying(int commits) => disappointing * commits <= WorthTrying;

    /// <summary>So many commits were written or refused, and so many of them not as hoped.</summary>
    public void Saw(int commits, int disappointments)
    {
        var weight = Math.Min(1, commits / Memory);
        disappointing += (Math.Min(1.0, (double)disappointments / commits) - disappointing) * weight;
    }
}
