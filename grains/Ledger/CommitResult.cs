namespace SnpLive.Grains.Ledger;

/// <summary>What became of a commit. Only <see cref="Appended"/> changed anything, and <see cref="Unknown"/> may have.</summary>
public abstract record CommitResult
{
    private CommitResult() { }

    /// <summary>Durable.</summary>
    public sealed record Appended : CommitResult;

    /// <summary>Another writer moved the stream on, or what this one follows was not appended: reload and decide again.</summary>
    public sealed record Fenced : CommitResult;

    /// <summary>This (actor, request id) was accepted before with the same content.</summary>
    /// <param name="First">What was recorded then.</param>
    public sealed record Duplicate(RecordedAnswer First) : CommitResult;

    /// <summary>This (actor, request id) was accepted before for another command.</summary>
    public sealed record RequestIdReused : CommitResult;

    /// <summary>A claim is held by another owner.</summary>
    /// <param name="Claim">The claim in force.</param>
    public sealed record ClaimTaken(ClaimRow Claim) : CommitResult;

    /// <summary>The place is occupied, although the stream's version was right: the second lock held.</summary>
    /// <param name="Place">The place that was asked for.</param>
    public sealed record PlaceTaken(OccupancyRow Place) : CommitResult;

    /// <summary>The patient is known under another surrogate: decide again with that one.</summary>
    /// <param name="Surrogate">The surrogate in use.</param>
    public sealed record PersonKnown(string Surrogate) : CommitResult;

    /// <summary>The database refused this very commit (a poisoned row); its neighbours were not harmed.</summary>
    /// <param name="Detail">The database's reason, for the log.</param>
    public sealed record Rejected(string Detail) : CommitResult;

    /// <summary>Never sent: the queue was full or waited too long, or the database could not be reached.</summary>
    public sealed record Unavailable : CommitResult;

    /// <summary>Sent, and the answer was lost: it may be durable. Look up by request id.</summary>
    public sealed record Unknown : CommitResult;
}

/// <summary>An accepted command as the ledger remembers it.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Version">The version it wrote.</param>
/// <param name="Fingerprint">Digest of its content.</param>
/// <param name="Answer">The answer (JSON).</param>
/// <param name="OccurredAt">When it was decided, UTC.</param>
public sealed record RecordedAnswer(string Stream, long Version, string Fingerprint, string Answer, DateTimeOffset OccurredAt);
