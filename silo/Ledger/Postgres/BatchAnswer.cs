using Npgsql;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>Runs a batch statement and reads its verdicts.</summary>
internal static class BatchAnswer
{
    public static async Task<CommitResult[]> Read(NpgsqlCommand command, IReadOnlyList<Commit> batch)
    {
        var results = new CommitResult[batch.Count];
        var verdicts = new Verdict[batch.Count];
        Array.Fill(results, Results.Appended);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var (n, verdict) = (reader.GetInt32(0), (Verdict)reader.GetInt32(1));
            if (verdict == Verdict.Check || verdicts[n] != Verdict.Check && verdicts[n] <= verdict) continue;
            verdicts[n] = verdict;
            results[n] = Result(reader, verdict, batch[n]);
        }
        // The rows arrive before the transaction is committed: it is durable only when the server says that it is ready again, and
        // NextResult reads up to that message (or to the error that came instead).
        await reader.NextResultAsync();
        return results;
    }

    private static CommitResult Result(NpgsqlDataReader row, Verdict verdict, Commit commit) => verdict switch
    {
        Verdict.Known => Results.Repeated(commit, new(row.GetString(2), row.GetInt64(6), row.GetString(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(7))),
        Verdict.Stale => Results.Fenced,
        Verdict.OtherPerson => new CommitResult.PersonKnown(row.GetString(2)),
        Verdict.Held => new CommitResult.ClaimTaken(new(row.GetString(2), row.GetString(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(7))),
        _ => throw new InvalidOperationException($"Unknown verdict {verdict}."),
    };
}
