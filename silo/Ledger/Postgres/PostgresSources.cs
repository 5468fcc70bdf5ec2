using System.Globalization;
using Npgsql;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>The two ways to connect: a pool for reads, and fresh connections for the writer.</summary>
internal static class PostgresSources
{
    // One writes, the others read for data officers.
    private const int AccessConnections = 3;

    public static NpgsqlDataSource Reader(LedgerOptions options)
    {
        var settings = Common(options, "");
        settings.MaxPoolSize = options.ReadConnections;
        // The reads are few and always the same; after a few uses Npgsql prepares them by itself.
        settings.MaxAutoPrepare = 40;
        return NpgsqlDataSource.Create(settings);
    }

    /// <summary>
    /// The writer's arrays meet tables by their keys, and a batch has at most some hundred rows: the only sensible plan is a look-up per row. The planner, which
    /// does not see the arrays' lengths and may plan before the tables have statistics, is kept to that plan, and plans once.
    /// </summary>
    public static NpgsqlDataSource Writer(LedgerOptions options)
    {
        var settings = Common(options,
            "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c enable_bitmapscan=off");
        settings.Pooling = false;
        return NpgsqlDataSource.Create(settings);
    }

    /// <summary>Appends to the access log and reads it, as a role of its own where one is given.</summary>
    public static NpgsqlDataSource Access(LedgerOptions options)
    {
        var settings = Common(options, "", options.AccessConnectionString);
        settings.MaxPoolSize = AccessConnections;
        settings.MaxAutoPrepare = 10;
        return NpgsqlDataSource.Create(settings);
    }

    private static NpgsqlConnectionStringBuilder Common(LedgerOptions options, string extra, string? connection = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection ?? options.ConnectionString);
        settings.ApplicationName ??= "snplive";
        settings.Timeout = Seconds(options.ConnectTimeout);
        // The server gives up first and says so; this is for a server that says nothing any more.
        settings.CommandTimeout = Seconds(options.StatementTimeout + options.LockTimeout);
        settings.IncludeErrorDetail = false;
        // Nobody changes a session, so there is nothing to reset: seven statements less each time a connection goes back to the pool.
        settings.NoResetOnClose = true;
        settings.Options = $"{settings.Options} -c lock_timeout={Milliseconds(options.LockTimeout)} -c statement_timeout={Milliseconds(options.StatementTimeout)} "
            + $"-c idle_in_transaction_session_timeout={Milliseconds(options.IdleInTransactionTimeout)} -c jit=off {extra}";
        return settings;
    }

    private static int Seconds(TimeSpan span) => Math.Max(1, (int)Math.Ceiling(span.TotalSeconds));
    private static string Milliseconds(TimeSpan span) => ((long)span.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
