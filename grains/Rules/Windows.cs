namespace SnpLive.Grains.Rules;

/// <summary>The 24 or 48 hours inside which a patient must be seen (domain reference §3.2), in real hours: a DST change neither adds nor takes one.</summary>
public static class Windows
{
    /// <summary>How far a caller's clock may run ahead of ours when it tells the time of a decision.</summary>
    public static readonly TimeSpan DecisionSkew = TimeSpan.FromMinutes(2);

    /// <summary>The last instant at which a slot may start, included.</summary>
    public static DateTimeOffset Deadline(DateTimeOffset decidedAt, int windowHours) => decidedAt + TimeSpan.FromHours(windowHours);

    /// <summary>Whether a decision can be acted on at <paramref name="now"/>: not in the future, and its window not over.</summary>
    public static bool IsOpen(DateTimeOffset decidedAt, int windowHours, DateTimeOffset now) =>
        decidedAt <= now + DecisionSkew && now < Deadline(decidedAt, windowHours);
}
