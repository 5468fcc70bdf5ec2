using System.Data;
using System.Diagnostics;
using Npgsql;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>The writer's own connection with its prepared statements, opened when needed.</summary>
internal sealed class WriterConnection(NpgsqlDataSource source, LedgerOptions options) : IAsyncDisposable
{
    private readonly BatchInput input = new();
    private readonly Dictionary<BatchParts, NpgsqlCommand> prepared = [];
    private readonly Dictionary<int, NpgsqlBatch> plain = [];
    private NpgsqlConnection? connection;
    private long lastUse;

    /// <summary>The plain statements for a batch, ready to run. Nothing of the batch has been sent when this throws.</summary>
    public async Task<NpgsqlBatch> PreparePlain(IReadOnlyList<Commit> batch)
    {
        input.Fill(batch);
        var steps = PlainStatements.NeededBy(input);
        var open = await Connected();
        if (!plain.TryGetValue(steps, out var statements))
        {
            statements = PlainStatements.Build(open, input, steps);
            await statements.PrepareAsync();
            plain.Add(steps, statements);
        }
        lastUse = Stopwatch.GetTimestamp();
        return statements;
    }

    /// <summary>The statement for a batch, ready to run. Nothing of the batch has been sent when this throws.</summary>
    public async Task<NpgsqlCommand> Prepare(IReadOnlyList<Commit> batch)
    {
        input.Fill(batch);
        var open = await Connected();
        if (!prepared.TryGetValue(input.Parts, out var command))
        {
            command = BatchStatement.Build(open, input, input.Parts);
            await command.PrepareAsync();
            prepared.Add(input.Parts, command);
        }
        lastUse = Stopwatch.GetTimestamp();
        return command;
    }

    /// <summary>Forgets the connection: its state is not known.</summary>
    public async Task Drop()
    {
        foreach (var command in prepared.Values) await command.DisposeAsync();
        prepared.Clear();
        foreach (var statements in plain.Values) await statements.DisposeAsync();
        plain.Clear();
        if (connection is null) return;
        await connection.DisposeAsync();
        connection = null;
    }

    public async ValueTask DisposeAsync() => await Drop();

    private async Task<NpgsqlConnection> Connected()
    {
        // Breaking while it rested leaves no trace until something is sent; asking first turns "unknown" into a mere reconnect.
        if (connection is { State: ConnectionState.Open } && (Stopwatch.GetElapsedTime(lastUse) < options.ProbeAfterIdle || await Answers(connection))) return connection;
        await Drop();
        return connection = await source.OpenConnectionAsync();
    }

    private static async Task<bool> Answers(NpgsqlConnection connection)
    {
        try
        {
            await using var probe = new NpgsqlCommand("SELECT 1", connection);
            await probe.ExecuteScalarAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
