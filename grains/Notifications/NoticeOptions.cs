namespace SnpLive.Grains.Notifications;

/// <summary>Bounds and times of notices. Section <c>Notifications</c>.</summary>
public sealed class NoticeOptions
{
    /// <summary>Attempts of one delivery. Default: 12, which the pauses spread over about 4 hours.</summary>
    public int MaxAttempts { get; set; } = 12;
    /// <summary>How long an attempt may stay without an answer before the next begins (the process may have died). Default: 45 s.</summary>
    public TimeSpan AttemptLease { get; set; } = TimeSpan.FromSeconds(45);
    /// <summary>First pause after a failed attempt, doubled each time. Default: 5 s.</summary>
    public TimeSpan BackOff { get; set; } = TimeSpan.FromSeconds(5);
    /// <summary>Longest pause. Default: 30 min.</summary>
    public TimeSpan BackOffLimit { get; set; } = TimeSpan.FromMinutes(30);
    /// <summary>Unseen this long before the start, a notice goes to the telesecretariat. Default: 60 min.</summary>
    public TimeSpan UnseenBefore { get; set; } = TimeSpan.FromMinutes(60);
    /// <summary>What a practitioner has at least, when the slot was booked later than that. Default: 5 min.</summary>
    public TimeSpan UnseenGrace { get; set; } = TimeSpan.FromMinutes(5);
    /// <summary>How long after the end of its slot a notice stays in the list. Default: 7 days.</summary>
    public TimeSpan Memory { get; set; } = TimeSpan.FromDays(7);
    /// <summary>How long a web node hears news without renewing. Default: 15 s.</summary>
    public TimeSpan NodeLease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The pause after a failed attempt.</summary>
    /// <param name="attempt">The attempt that failed, 1…</param>
    public TimeSpan PauseAfter(int attempt)
    {
        var pause = BackOff * Math.Pow(2, Math.Clamp(attempt - 1, 0, 30));
        return pause < BackOffLimit ? pause : BackOffLimit;
    }

    /// <summary>Checks the options.</summary>
    /// <exception cref="InvalidOperationException">Names what is wrong.</exception>
    public void Validate()
    {
        if (MaxAttempts is < 1 or > 100) throw new InvalidOperationException($"Notifications: {nameof(MaxAttempts)} must lie between 1 and 100.");
        foreach (var (name, value) in (ReadOnlySpan<(string, TimeSpan)>)[
            (nameof(AttemptLease), AttemptLease), (nameof(BackOff), BackOff), (nameof(BackOffLimit), BackOffLimit), (nameof(Memory), Memory), (nameof(NodeLease), NodeLease)])
            if (value <= TimeSpan.Zero) throw new InvalidOperationException($"Notifications: {name} must be positive.");
        if (UnseenBefore < TimeSpan.Zero || UnseenGrace < TimeSpan.Zero) throw new InvalidOperationException("Notifications: UnseenBefore and UnseenGrace must not be negative.");
    }
}
