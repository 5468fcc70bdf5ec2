namespace SnpLive.Silo.Access;

/// <summary>Bounds of the access log. Section <c>AccessLog</c>.</summary>
public sealed record AccessOptions
{
    /// <summary>
    /// PostgreSQL: connection string of a role that may only insert into and select from <c>access_log</c>; null: the ledger's own. Retention is always done
    /// through the ledger's own connection.
    /// </summary>
    public string? Connection { get; init; }
    /// <summary>How long entries are kept. Default: 365 days (CNIL 2021-122: six months to a year).</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(365);
    /// <summary>How often entries past <see cref="Keep"/> are removed. Default: 1 day.</summary>
    public TimeSpan PurgeEvery { get; init; } = TimeSpan.FromDays(1);
    /// <summary>How often the newest hash is written outside the database: a tail that is cut off later than that is noticed. Default: 1 min.</summary>
    public TimeSpan AnchorEvery { get; init; } = TimeSpan.FromMinutes(1);
    /// <summary>Anchors kept in the file. Default: 10,000.</summary>
    public int Anchors { get; init; } = 10_000;
    /// <summary>Entries that may wait; beyond, data are not shown. Default: 2,000.</summary>
    public int QueueLimit { get; init; } = 2_000;
    /// <summary>Entries in one transaction at most. Default: 256.</summary>
    public int MaxBatch { get; init; } = 256;
    /// <summary>How long a reader waits for the entry. Default: 3 s.</summary>
    public TimeSpan WaitLimit { get; init; } = TimeSpan.FromSeconds(3);
    /// <summary>How long a graceful stop works off the queue. Default: 3 s.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Checks the options.</summary>
    /// <exception cref="InvalidOperationException">Names every option that is wrong.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        foreach (var (name, value) in ((string, int)[])[(nameof(Anchors), Anchors), (nameof(QueueLimit), QueueLimit), (nameof(MaxBatch), MaxBatch)])
            if (value < 1) faults.Add($"{name} must be at least 1, not {value}.");
        foreach (var (name, value) in ((string, TimeSpan)[])
            [(nameof(Keep), Keep), (nameof(PurgeEvery), PurgeEvery), (nameof(AnchorEvery), AnchorEvery), (nameof(WaitLimit), WaitLimit), (nameof(StopTimeout), StopTimeout)])
            if (value <= TimeSpan.Zero) faults.Add($"{name} must be above 0, not {value}.");
        if (faults.Count > 0) throw new InvalidOperationException("AccessLog: " + string.Join(" ", faults));
    }
}
