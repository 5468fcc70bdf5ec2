using Npgsql;
using SnpLive.Tests.Ledger;

namespace SnpLive.Bench;

/// <summary>A promise was broken: no figure of this run counts.</summary>
internal sealed class BrokenRoundException(string message) : Exception(message);

/// <summary>One system with a database of its own, which goes away afterwards: every trial begins equally empty.</summary>
internal sealed class Trial : IAsyncDisposable
{
    private readonly string server;
    private readonly string name;

    private Trial(Contestant contestant, IBookingSystem system, Territory territory, string database)
    {
        (Contestant, System, Territory) = (contestant, system, territory);
        Database = database;
        var settings = new NpgsqlConnectionStringBuilder(database);
        name = settings.Database!;
        server = new NpgsqlConnectionStringBuilder(database) { Database = "postgres", Pooling = false }.ConnectionString;
    }

    public Contestant Contestant { get; }
    public string Database { get; }
    public IBookingSystem System { get; }
    public Territory Territory { get; }

    public static async Task<Trial> Begin(PostgresServer postgres, Contestant contestant, Territory territory)
    {
        var database = await postgres.NewDatabase();
        var trial = new Trial(contestant, contestant.Create(), territory, database);
        await trial.System.Open(database, territory);
        // Nobody pays for the writes of those before.
        await trial.OnServer("CHECKPOINT");
        return trial;
    }

    /// <summary>What was acknowledged is what is stored, once.</summary>
    /// <exception cref="BrokenRoundException">It is not.</exception>
    public async Task Verify(long acknowledged, long unexpected)
    {
        var stored = await System.Stored();
        var fault = unexpected > 0 ? $"{unexpected} answers that nobody should get"
            : stored.Bookings != acknowledged ? $"{acknowledged} bookings acknowledged, {stored.Bookings} stored"
            : stored.SoldTwice > 0 ? $"{stored.SoldTwice} slots sold twice"
            : stored.Fault;
        if (fault is not null) throw new BrokenRoundException($"{Contestant.Letter} broke its promise: {fault}");
    }

    /// <summary>Transactions that ended in this trial's database so far, rolled back ones included.</summary>
    public async Task<long> Transactions()
    {
        // Longer than the second during which a server process keeps its counters to itself.
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        await System.TouchConnections();
        return (long)(await OnServer($"SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = '{name}'"))!;
    }

    public async ValueTask DisposeAsync()
    {
        await System.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await OnServer($"DROP DATABASE {name} WITH (FORCE)");
    }

    private async Task<object?> OnServer(string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        // Constants and the name that the server's starter gave.
#pragma warning disable CA2100
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
