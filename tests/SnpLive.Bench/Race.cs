using System.Diagnostics;
using SnpLive.Grains.Agendas;
using SnpLive.Tests.Ledger;

namespace SnpLive.Bench;

/// <summary>What came of callers that all want one slot at the same instant. Times in ms since that instant.</summary>
internal sealed record RaceResult(int Winners, int Unexpected, double FirstConfirmation, IReadOnlyList<double> Refusals);

internal static class Race
{
    private const int CheckedCallers = 64;

    public static async Task<RaceResult> Run(IBookingSystem system, string slotId, int callers)
    {
        var commands = Enumerable.Range(0, callers).Select(caller => Territory.Booking(slotId, caller)).ToArray();
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var began = 0L;
        async Task<(Outcome Outcome, double Milliseconds)> Call(BookSlot command)
        {
            await start.Task;
            var outcome = await system.Book(command);
            return (outcome, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        var calls = commands.Select(Call).ToArray();
        began = Stopwatch.GetTimestamp();
        start.SetResult();
        var answers = await Task.WhenAll(calls);
        return new(answers.Count(a => a.Outcome == Outcome.Booked), answers.Count(a => a.Outcome == Outcome.Unexpected),
            answers.Where(a => a.Outcome == Outcome.Booked).Select(a => a.Milliseconds).DefaultIfEmpty(0).Min(),
            [.. answers.Where(a => a.Outcome == Outcome.Taken).Select(a => a.Milliseconds)]);
    }

    /// <summary>Every system must pass before any is measured: many callers, one slot, exactly one winner, one row.</summary>
    public static async Task Check(PostgresServer postgres, IEnumerable<Contestant> contestants)
    {
        foreach (var contestant in contestants)
        {
            var territory = new Territory(1, 10);
            await using var trial = await Trial.Begin(postgres, contestant, territory);
            for (var slot = 0; slot < territory.Slots; slot++)
            {
                var race = await Run(trial.System, territory.SlotId(slot), CheckedCallers);
                if (race.Winners != 1) throw new BrokenRoundException($"{contestant.Letter}: {CheckedCallers} callers on one slot gave {race.Winners} winners");
                await trial.Verify(slot + 1, race.Unexpected);
            }
            Console.WriteLine($"race check {contestant.Letter}: {territory.Slots} slots x {CheckedCallers} callers, one winner each");
        }
    }
}
