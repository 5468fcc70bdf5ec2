using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger.Postgres;

/// <summary>Writes batches over one connection of its own and finds out what became of each commit, also when things go wrong.</summary>
internal sealed class PostgresWriter(NpgsqlDataSource source, StreamHeads heads, LedgerOptions options, ILogger log) : IAsyncDisposable
{
    // A commit alone that lost a race is decided again on a fresh snapshot; each round needs yet another process to interfere.
    private const int RaceAttempts = 4;

    private readonly WriterConnection connection = new(source, options);
    private readonly Hope hope = new();

    /// <summary>Makes a batch ready to run in one of the two ways; nothing of it has been sent when this throws.</summary>
    private delegate Task<Func<Task<CommitResult[]>>> Way(IReadOnlyList<Commit> batch);

    public async Task<CommitResult[]> Write(IReadOnlyList<Commit> batch)
    {
        var hopeful = IsHopeful(batch);
        var (results, aborted) = hopeful ? await Send(batch, Plainly) : default;
        var fulfilled = results is not null;
        results ??= await InWaves(batch, aborted);
        heads.Saw(batch, results);
        var disappointments = results.Count(result => result is not CommitResult.Appended);
        hope.Saw(batch.Count, hopeful && !fulfilled ? Math.Max(1, disappointments) : disappointments);
        return results;
    }

    private bool IsHopeful(IReadOnlyList<Commit> batch) => hope.IsWorthTrying(batch.Count) && batch.All(PlainStatements.CanWrite) && heads.LeadTo(batch);

    private async Task<Func<Task<CommitResult[]>>> Plainly(IReadOnlyList<Commit> batch)
    {
        var statements = await connection.PreparePlain(batch);
        return async () =>
        {
            await statements.ExecuteNonQueryAsync();
            LedgerMetrics.Taken("plain");
            return All(batch, Results.Appended);
        };
    }

    private async Task<Func<Task<CommitResult[]>>> Carefully(IReadOnlyList<Commit> batch)
    {
        var statement = await connection.Prepare(batch);
        return async () =>
        {
            var results = await BatchAnswer.Read(statement, batch);
            LedgerMetrics.Taken("careful");
            return results;
        };
    }

    /// <summary>The careful statement cannot see its own rows, so the next of a stream goes when the one before is appended, and not at all otherwise.</summary>
    /// <param name="batch">See <see cref="ILedgerBackend.Write"/>.</param>
    /// <param name="aborted">How the server refused it as a whole when it was hoped to be new; null: it was not sent.</param>
    private async Task<CommitResult[]> InWaves(IReadOnlyList<Commit> batch, PostgresException? aborted)
    {
        var results = All(batch, Results.Fenced);
        List<int> wave = [.. Enumerable.Range(0, batch.Count).Where(n => n == 0 || batch[n].Stream != batch[n - 1].Stream)];
        if (wave.Count == batch.Count) return await WriteApart(batch, aborted);
        while (wave.Count > 0)
        {
            var answers = await WriteApart([.. wave.Select(n => batch[n])], null);
            for (var i = 0; i < wave.Count; i++) results[wave[i]] = answers[i];
            wave = [.. wave.Where(n => results[n] is CommitResult.Appended && n + 1 < batch.Count && batch[n + 1].Stream == batch[n].Stream).Select(n => n + 1)];
        }
        return results;
    }

    private async Task<CommitResult[]> WriteApart(IReadOnlyList<Commit> batch, PostgresException? aborted)
    {
        CommitResult[]? results = null;
        if (aborted is null || PostgresErrors.IsRace(aborted)) (results, aborted) = await Send(batch, Carefully);
        if (results is not null) return results;
        if (PostgresErrors.IsServerWide(aborted!)) return All(batch, Results.Unavailable);
        if (batch.Count == 1) return [await Alone(batch[0], aborted!)];
        log.LogWarning("A batch of {Count} was refused with {State} ({Reason}); its commits are retried in smaller pieces.",
            batch.Count, aborted!.SqlState, aborted.MessageText);
        results = All(batch, Results.Unavailable);
        await Retry(batch, results, .., aborted, Stopwatch.GetTimestamp());
        return results;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <summary>Sends a batch, again after deadlocks. Returns the answers, or the error with which the server refused it as a whole.</summary>
    private async Task<(CommitResult[]? Results, PostgresException? Aborted)> Send(IReadOnlyList<Commit> batch, Way way)
    {
        for (var attempt = 1; ; attempt++)
        {
            Func<Task<CommitResult[]>> run;
            try
            {
                run = await way(batch);
            }
            catch (Exception e)
            {
                log.LogWarning(e, "{Count} commits could not be sent.", batch.Count);
                await connection.Drop();
                return (All(batch, Results.Unavailable), null);
            }
            try
            {
                return (await run(), null);
            }
            catch (PostgresException e) when (PostgresErrors.IsRolledBack(e))
            {
                LedgerMetrics.Aborted(e.SqlState);
                if (!PostgresErrors.IsConflict(e) || attempt >= options.ConflictAttempts) return (null, e);
            }
            catch (Exception e)
            {
                log.LogWarning(e, "The connection was lost with {Count} commits under way; they are looked up.", batch.Count);
                await connection.Drop();
                return (await LostBatch.Resolve(source, batch, options.ResolveTimeout, log), null);
            }
            // The other party of a deadlock goes on at once; a random pause keeps the two from meeting again.
            await Task.Delay(Random.Shared.Next(1, 5 << attempt));
        }
    }

    /// <summary>
    /// Retries a part of an aborted batch in smaller pieces, down to single commits. What the time limit leaves out keeps its answer, unavailable: it was
    /// rolled back with the batch and not sent again.
    /// </summary>
    private async Task Retry(IReadOnlyList<Commit> batch, CommitResult[] results, Range part, PostgresException aborted, long began)
    {
        var (from, count) = part.GetOffsetAndLength(batch.Count);
        // Halving finds a few poisoned commits in a few sends. But a row that a stranger locks costs its time-out at every meeting: meet it only once.
        var piece = PostgresErrors.IsTooLate(aborted) ? 1 : (count + 1) / 2;
        for (var at = from; at < from + count && Stopwatch.GetElapsedTime(began) < options.RetryLimit; at += piece)
        {
            var end = Math.Min(at + piece, from + count);
            var (answers, again) = await Send([.. batch.Skip(at).Take(end - at)], Carefully);
            if (answers is not null) answers.CopyTo(results, at);
            else if (PostgresErrors.IsServerWide(again!)) return;
            else if (end - at == 1) results[at] = await Alone(batch[at], again!);
            else await Retry(batch, results, at..end, again!, began);
        }
    }

    /// <summary>Decides about one commit that was refused on its own account: nothing of it is durable.</summary>
    private async Task<CommitResult> Alone(Commit commit, PostgresException aborted)
    {
        for (var attempt = 1; attempt < RaceAttempts && PostgresErrors.IsRace(aborted); attempt++)
        {
            var (answer, again) = await Send([commit], Carefully);
            if (answer is not null) return answer[0];
            aborted = again!;
        }
        if (PostgresErrors.IsTooLate(aborted) || PostgresErrors.IsConflict(aborted) || PostgresErrors.IsServerWide(aborted))
            return Results.Unavailable;
        if (aborted.ConstraintName is "occupancy_slot_place" or "occupancy_booking") return await TakenPlace(commit, aborted);
        if (aborted.ConstraintName is "event_stream_version") return Results.Fenced;
        log.LogWarning("{Stream} version {Version} was rejected: {State} {Reason} {Constraint}.",
            commit.Stream, commit.Version, aborted.SqlState, aborted.MessageText, aborted.ConstraintName);
        return new CommitResult.Rejected($"{aborted.SqlState} {aborted.MessageText} {aborted.ConstraintName}".TrimEnd());
    }

    private async Task<CommitResult> TakenPlace(Commit commit, PostgresException aborted)
    {
        // The error names no row (details may hold data and are off); ask which place it was.
        try
        {
            await using var ask = source.CreateCommand("""
                SELECT slot_id, place FROM occupancy
                WHERE (slot_id, place) IN (SELECT * FROM unnest($1::text[], $2::int4[])) OR booking_id = ANY($3::text[])
                """);
            ask.Parameters.Add(new() { Value = commit.Occupy.Select(o => o.SlotId).ToArray() });
            ask.Parameters.Add(new() { Value = commit.Occupy.Select(o => o.Place).ToArray() });
            ask.Parameters.Add(new() { Value = commit.Occupy.Select(o => o.BookingId).ToArray() });
            await using var reader = await ask.ExecuteReaderAsync();
            if (await reader.ReadAsync())
            {
                var (slot, place) = (reader.GetString(0), reader.GetInt32(1));
                return new CommitResult.PlaceTaken(commit.Occupy.FirstOrDefault(o => o.SlotId == slot && o.Place == place) ?? commit.Occupy[0]);
            }
        }
        catch (NpgsqlException e)
        {
            log.LogWarning(e, "The place that was taken could not be read back ({Constraint}).", aborted.ConstraintName);
        }
        return new CommitResult.PlaceTaken(commit.Occupy[0]);
    }

    private static CommitResult[] All(IReadOnlyList<Commit> batch, CommitResult result)
    {
        var results = new CommitResult[batch.Count];
        Array.Fill(results, result);
        return results;
    }
}
