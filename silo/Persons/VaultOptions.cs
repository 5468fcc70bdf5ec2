namespace SnpLive.Silo.Persons;

/// <summary>Retention, keys and bounds of the vault. Section <c>Vault</c>.</summary>
public sealed record VaultOptions
{
    /// <summary>A booking's window is 24 or 48 real hours (domain reference §3): a key that is replaced must be asked for longer than that.</summary>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromHours(48);

    /// <summary>How long an identity is kept after the last appointment. Default: 365 days (domain reference §11.2).</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(365);
    /// <summary>How long phone, address and free text of a booking, a request or a call are kept after it: purged before the identity. Default: 90 days.</summary>
    public TimeSpan KeepNotes { get; init; } = TimeSpan.FromDays(90);
    /// <summary>How often rows past their retention are looked for, by the domain's clock. Default: 1 day.</summary>
    public TimeSpan WalkEvery { get; init; } = TimeSpan.FromDays(1);
    /// <summary>How often it is looked whether a walk is due or a key is new. Default: 30 s.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(30);
    /// <summary>Rows changed in one transaction at most. Default: 200.</summary>
    public int Page { get; init; } = 200;
    /// <summary>Rest between two pages, so that bookings go first. Default: 50 ms.</summary>
    public TimeSpan PagePause { get; init; } = TimeSpan.FromMilliseconds(50);
    /// <summary>How long patients are looked for under the former key of traits as well, before it may be retired. Default: 15 days.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromDays(15);
    /// <summary>Keys that seal, by number: 32 bytes in base64, or <c>file:</c> and a path. The greatest number is the current one. Empty: key files.</summary>
    public Dictionary<string, string> Seal { get; init; } = [];
    /// <summary>Keys that hash traits, likewise.</summary>
    public Dictionary<string, string> Hash { get; init; } = [];

    /// <summary>Checks the options.</summary>
    /// <exception cref="InvalidOperationException">Names every option that is wrong.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        foreach (var (name, value) in ((string, TimeSpan)[])
            [(nameof(Keep), Keep), (nameof(KeepNotes), KeepNotes), (nameof(WalkEvery), WalkEvery), (nameof(LookEvery), LookEvery)])
            if (value <= TimeSpan.Zero) faults.Add($"{name} must be above 0, not {value}.");
        if (PagePause < TimeSpan.Zero) faults.Add($"{nameof(PagePause)} must not be below 0, but is {PagePause}.");
        if (KeepNotes > Keep) faults.Add($"{nameof(KeepNotes)} ({KeepNotes}) must not be longer than {nameof(Keep)} ({Keep}).");
        if (Page < 1) faults.Add($"{nameof(Page)} must be at least 1, not {Page}.");
        if (Overlap <= LongestWindow) faults.Add($"{nameof(Overlap)} must be longer than a booking's window ({LongestWindow}), not {Overlap}.");
        if (faults.Count > 0) throw new InvalidOperationException("Vault: " + string.Join(" ", faults));
    }
}
