using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger;

/// <summary>Answers without content, made once.</summary>
internal static class Results
{
    public static readonly CommitResult Appended = new CommitResult.Appended();
    public static readonly CommitResult Fenced = new CommitResult.Fenced();
    public static readonly CommitResult Reused = new CommitResult.RequestIdReused();
    public static readonly CommitResult Unavailable = new CommitResult.Unavailable();
    public static readonly CommitResult Unknown = new CommitResult.Unknown();

    /// <summary>The answer to a command whose (actor, request id) is already in the log.</summary>
    public static CommitResult Repeated(Commit commit, RecordedAnswer first) =>
        first.Fingerprint == commit.Fingerprint ? new CommitResult.Duplicate(first) : Reused;

    /// <summary>Whether the log holds this very commit.</summary>
    public static bool IsSame(Commit commit, RecordedAnswer found) =>
        found.Stream == commit.Stream && found.Version == commit.Version && found.Fingerprint == commit.Fingerprint
        && found.Answer == commit.Answer && found.OccurredAt == Instants.Kept(commit.OccurredAt);
}
