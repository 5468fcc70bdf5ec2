namespace SnpLive.Silo.Ledger;

/// <summary>Which database keeps the ledger.</summary>
public enum LedgerStorage
{
    /// <summary>One embedded file, one process.</summary>
    Sqlite,
    /// <summary>PostgreSQL 15 or newer, several processes.</summary>
    Postgres,
}

/// <summary>Every bound and time-out of the ledger. The defaults suit two cores and a local disk.</summary>
public sealed class LedgerOptions
{
    /// <summary>The database. Default: SQLite.</summary>
    public LedgerStorage Storage { get; set; } = LedgerStorage.Sqlite;
    /// <summary>PostgreSQL: connection string (Npgsql). Unused with SQLite.</summary>
    public string ConnectionString { get; set; } = "";
    /// <summary>PostgreSQL: connection string for the access log, of a role that may only insert and select there; null: <see cref="ConnectionString"/>.</summary>
    public string? AccessConnectionString { get; set; }
    /// <summary>SQLite: folder of the file <c>ledger.db</c>; created when absent. Default: <c>data</c>.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>Commits that may wait before new ones are answered <c>Unavailable</c>. Default: 10,000.</summary>
    public int QueueLimit { get; set; } = 10_000;
    /// <summary>Commits in one batch at most. Beyond some hundreds a larger batch only adds latency. Default: 512.</summary>
    public int MaxBatch { get; set; } = 512;
    /// <summary>How long a commit may wait before it is answered <c>Unavailable</c>, unsent. Default: 2 s.</summary>
    public TimeSpan QueueWait { get; set; } = TimeSpan.FromSeconds(2);
    /// <summary>How long a graceful stop works off the queue. Default: 5 s.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>PostgreSQL: <c>lock_timeout</c>. A foreign transaction that sits on a row delays a batch no longer than this. Default: 1 s.</summary>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(1);
    /// <summary>PostgreSQL: <c>statement_timeout</c>. Default: 5 s.</summary>
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromSeconds(5);
    /// <summary>PostgreSQL: <c>idle_in_transaction_session_timeout</c>. Default: 10 s.</summary>
    public TimeSpan IdleInTransactionTimeout { get; set; } = TimeSpan.FromSeconds(10);
    /// <summary>PostgreSQL: time to connect. Default: 3 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);
    /// <summary>PostgreSQL: sends of one batch that met a deadlock or a serialisation failure. Default: 5.</summary>
    public int ConflictAttempts { get; set; } = 5;
    /// <summary>PostgreSQL: time to retry an aborted batch in smaller pieces; what it does not reach is <c>Unavailable</c>. Default: 3 s.</summary>
    public TimeSpan RetryLimit { get; set; } = TimeSpan.FromSeconds(3);
    /// <summary>PostgreSQL: time to look up what became of a batch whose answer was lost. Default: 2 s.</summary>
    public TimeSpan ResolveTimeout { get; set; } = TimeSpan.FromSeconds(2);
    /// <summary>PostgreSQL: a writer connection that rested this long is asked first, so that a restart of the database is noticed before sending. Default: 1 s.</summary>
    public TimeSpan ProbeAfterIdle { get; set; } = TimeSpan.FromSeconds(1);
    /// <summary>PostgreSQL: batches written at the same time, each over a connection of its own. Default: 2.</summary>
    public int Writers { get; set; } = 2;
    /// <summary>PostgreSQL: connections for reads. Default: 16.</summary>
    public int ReadConnections { get; set; } = 16;

    /// <summary>SQLite: connections for reads. Default: 4.</summary>
    public int SqliteReadConnections { get; set; } = 4;
    /// <summary>SQLite: <c>busy_timeout</c>; only a checkpoint or a foreign tool can make it wait. Default: 5 s.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often due wake-ups are looked for. Default: 1 s.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(1);
    /// <summary>Wake-ups read at once. Default: 256.</summary>
    public int SweepBatch { get; set; } = 256;
    /// <summary>Wake-ups served at once: under a storm of bookings those who wait for an answer go before those to be told. Default: 16.</summary>
    public int SweepParallelism { get; set; } = 16;
    /// <summary>
    /// After a commit that is due at once: how long others may join it, so that bookings which follow each other do not each pay a look and a clearing. Default: 20 ms.
    /// </summary>
    public TimeSpan SweepGather { get; set; } = TimeSpan.FromMilliseconds(20);
    /// <summary>Time for one wake-up; then it counts as failed and is repeated. Default: 30 s.</summary>
    public TimeSpan WakeTimeout { get; set; } = TimeSpan.FromSeconds(30);
    /// <summary>First pause after a failed wake-up, doubled each time. Default: 2 s.</summary>
    public TimeSpan WakeBackOff { get; set; } = TimeSpan.FromSeconds(2);
    /// <summary>Longest pause after failed wake-ups. Default: 5 min.</summary>
    public TimeSpan WakeBackOffLimit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Findings that an audit lists; more are only counted. Default: 1,000.</summary>
    public int VerifyFindingsLimit { get; set; } = 1_000;

    /// <summary>Checks the options.</summary>
    /// <exception cref="InvalidOperationException">Names every option that is wrong and why.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (Storage == LedgerStorage.Postgres && string.IsNullOrWhiteSpace(ConnectionString))
            faults.Add($"{nameof(ConnectionString)} is needed with {nameof(Storage)}={Storage}.");
        if (Storage == LedgerStorage.Sqlite && string.IsNullOrWhiteSpace(DataDirectory))
            faults.Add($"{nameof(DataDirectory)} is needed with {nameof(Storage)}={Storage}.");
        if (!Enum.IsDefined(Storage)) faults.Add($"{nameof(Storage)} must be one of {string.Join(", ", Enum.GetNames<LedgerStorage>())}.");
        foreach (var (name, value) in Counts())
            if (value < 1) faults.Add($"{name} must be at least 1, not {value}.");
        foreach (var (name, value) in Spans())
            if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(1)) faults.Add($"{name} must be between 0 and one day, not {value}.");
        if (QueueLimit < MaxBatch) faults.Add($"{nameof(QueueLimit)} ({QueueLimit}) must not be below {nameof(MaxBatch)} ({MaxBatch}).");
        if (faults.Count > 0) throw new InvalidOperationException("Ledger options: " + string.Join(" ", faults));
    }

    private IEnumerable<(string Name, int Value)> Counts() =>
    [
        (nameof(QueueLimit), QueueLimit), (nameof(MaxBatch), MaxBatch), (nameof(ConflictAttempts), ConflictAttempts),
        (nameof(Writers), Writers), (nameof(ReadConnections), ReadConnections), (nameof(SqliteReadConnections), SqliteReadConnections),
        (nameof(SweepBatch), SweepBatch), (nameof(SweepParallelism), SweepParallelism), (nameof(VerifyFindingsLimit), VerifyFindingsLimit),
    ];

    private IEnumerable<(string Name, TimeSpan Value)> Spans() =>
    [
        (nameof(QueueWait), QueueWait), (nameof(StopTimeout), StopTimeout), (nameof(LockTimeout), LockTimeout),
        (nameof(StatementTimeout), StatementTimeout), (nameof(IdleInTransactionTimeout), IdleInTransactionTimeout),
        (nameof(ConnectTimeout), ConnectTimeout), (nameof(RetryLimit), RetryLimit), (nameof(ResolveTimeout), ResolveTimeout),
        (nameof(ProbeAfterIdle), ProbeAfterIdle), (nameof(BusyTimeout), BusyTimeout), (nameof(SweepInterval), SweepInterval), (nameof(SweepGather), SweepGather),
        (nameof(WakeTimeout), WakeTimeout), (nameof(WakeBackOff), WakeBackOff), (nameof(WakeBackOffLimit), WakeBackOffLimit),
    ];
}
