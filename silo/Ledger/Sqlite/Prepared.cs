using Microsoft.Data.Sqlite;

namespace SnpLive.Silo.Ledger.Sqlite;

/// <summary>A statement that is prepared once and run many times; its parameters are ?1, ?2, …</summary>
internal sealed class Prepared : IDisposable
{
    private readonly SqliteCommand command;

    // Statements are constants of this folder.
#pragma warning disable CA2100
    public Prepared(SqliteConnection connection, string sql, int parameters)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 1; i <= parameters; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i}" });
    }
#pragma warning restore CA2100

    /// <summary>Runs it; returns the number of rows changed.</summary>
    public int Run(params ReadOnlySpan<object?> values) => Bind(values).ExecuteNonQuery();

    /// <summary>The first column of the first row, or null.</summary>
    public object? Scalar(params ReadOnlySpan<object?> values) => Bind(values).ExecuteScalar();

    /// <summary>The first row through <paramref name="map"/>, or null.</summary>
    public T? First<T>(Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> values) where T : class
    {
        using var reader = Bind(values).ExecuteReader();
        return reader.Read() ? map(reader) : null;
    }

    public void Dispose() => command.Dispose();

    private SqliteCommand Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
