using Npgsql;
using SnpLive.Silo.Ledger;

namespace SnpLive.Tests.Ledger;

/// <summary>A ledger database of its own.</summary>
internal sealed class PostgresStore(string connectionString)
{
    public LedgerOptions Options => new() { Storage = LedgerStorage.Postgres, ConnectionString = connectionString };

    public async Task<int> Execute(string sql)
    {
        await using var connection = await Connect();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<object?> Scalar(string sql)
    {
        await using var connection = await Connect();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public async Task<NpgsqlConnection> Connect()
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Options=-c default_transaction_read_only=off");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Waits until a query that counts something gives at least one.</summary>
    public async Task Until(string countSql)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while ((long)(await Scalar(countSql))! == 0) await Task.Delay(10, patience.Token);
    }
}
