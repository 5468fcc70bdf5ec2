using System.Diagnostics;
using SnpLive.Tests.Ledger;

namespace SnpLive.Bench;

/// <summary>
/// What came of callers that all begin at the same instant. Times in ms: of a caller's first request since that instant (whatever delayed it is part of it),
/// of its further ones since they were sent.
/// </summary>
internal sealed record RaceResult(int Winners, int Unexpected, double FirstConfirmation, IReadOnlyList<double> Refusals);

internal static class Race
{
    private const int CheckedCallers = 64;
    private const int CheckedSlots = 10;

    /// <summary>Each caller tries the slots in turn, one further on than its neighbour, until it has one or all were refused.</summary>
    public static async Task<RaceResult> Run(IBookingSystem system, string[] slots, int callers)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var began = 0L;
        async Task<List<(Outcome Outcome, double Milliseconds, double SinceStart)>> Call(int caller)
        {
            await start.Task;
            var answers = new List<(Outcome, double, double)>();
            var sent = began;
            for (var n = 0; n < slots.Length; n++)
            {
                var outcome = await system.Book(caller, slots[(caller + n) % slots.Length]);
                answers.Add((outcome, Stopwatch.GetElapsedTime(sent).TotalMilliseconds, Stopwatch.GetElapsedTime(began).TotalMilliseconds));
                if (outcome != Outcome.Taken) break;
                sent = Stopwatch.GetTimestamp();
            }
            return answers;
        }
        var calls = Enumerable.Range(0, callers).Select(Call).ToArray();
        began = Stopwatch.GetTimestamp();
        start.SetResult();
        var answers = (await Task.WhenAll(calls)).SelectMany(a => a).ToArray();
        return new(answers.Count(a => a.Outcome == Outcome.Booked), answers.Count(a => a.Outcome == Outcome.Unexpected),
            answers.Where(a => a.Outcome == Outcome.Booked).Select(a => a.SinceStart).DefaultIfEmpty(0).Min(),
            [.. answers.Where(a => a.Outcome == Outcome.Taken).Select(a => a.Milliseconds)]);
    }

    /// <summary>Every system must pass before any is measured: many callers, one slot, exactly one winner, one row.</summary>
    public static async Task Check(PostgresServer postgres, IEnumerable<Contestant> contestants)
    {
        foreach (var contestant in contestants)
        {
            var territory = new Territory(1, CheckedSlots, CheckedCallers);
            await using var trial = await Trial.Begin(postgres, contestant, territory);
            for (var slot = 0; slot < territory.Slots; slot++)
            {
                var race = await Run(trial.System, [territory.SlotId(slot)], CheckedCallers);
                if (race.Winners != 1) throw new BrokenRoundException($"{contestant.Letter}: {CheckedCallers} callers on one slot gave {race.Winners} winners");
                await trial.Verify(slot + 1, race.Unexpected);
            }
            Console.WriteLine($"race check {contestant.Letter}: {territory.Slots} slots x {CheckedCallers} callers, one winner each");
        }
    }
}
