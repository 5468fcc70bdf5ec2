using Microsoft.Data.Sqlite;
using SnpLive.Silo.Ledger;

namespace SnpLive.Tests.Ledger;

/// <summary>A ledger file of its own.</summary>
internal sealed class SqliteStore : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("snplive-ledger-").FullName;

    public LedgerOptions Options => new() { Storage = LedgerStorage.Sqlite, DataDirectory = folder };

    public async Task<int> Execute(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "ledger.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<object?> Scalar(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "ledger.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
