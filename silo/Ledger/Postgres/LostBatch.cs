using Microsoft.Extensions.Logging;
using Npgsql;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>A batch was sent and its answer lost: one look, on a new connection, at what of it is in the log.</summary>
internal static class LostBatch
{
    public static async Task<CommitResult[]> Resolve(NpgsqlDataSource source, IReadOnlyList<Commit> batch, TimeSpan limit, ILogger log)
    {
        var results = new CommitResult[batch.Count];
        // Not found is not "not written": the server may still be at work on the statement.
        Array.Fill(results, Results.Unknown);
        try
        {
            using var stop = new CancellationTokenSource(limit);
            await Look(source, batch, results, stop.Token);
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            log.LogWarning(e, "What became of {Count} commits could not be looked up.", batch.Count);
        }
        return results;
    }

    private static async Task Look(NpgsqlDataSource source, IReadOnlyList<Commit> batch, CommitResult[] results, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var command = new NpgsqlCommand("""
            SELECT c.n, e.stream, e.version, e.fingerprint, e.answer, e.occurred_at
            FROM unnest($1::text[], $2::uuid[]) WITH ORDINALITY AS c(actor_id, request_id, n) JOIN event e USING (actor_id, request_id)
            """, connection);
        command.Parameters.Add(new() { Value = batch.Select(c => c.ActorId).ToArray() });
        command.Parameters.Add(new() { Value = batch.Select(c => c.RequestId).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            var n = (int)reader.GetInt64(0) - 1;
            var found = new RecordedAnswer(reader.GetString(1), reader.GetInt64(2), reader.GetString(3), reader.GetString(4), reader.GetFieldValue<DateTimeOffset>(5));
            results[n] = Results.IsSame(batch[n], found) ? Results.Appended : Results.Repeated(batch[n], found);
        }
    }
}
