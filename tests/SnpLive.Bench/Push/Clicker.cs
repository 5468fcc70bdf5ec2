using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Tests.Support;

namespace SnpLive.Bench.Push;

/// <summary>A click: the nth change of its slot, what the slot is then, and when the click was due.</summary>
internal sealed record Click(int Number, string State, long At);

/// <summary>People who hold and release slots at a fixed rate, whatever the answers do: a click that could not be sent in time still counts from when it was due.</summary>
internal sealed class Clicker(IReadOnlyList<PushBoard> boards)
{
    private readonly ConcurrentDictionary<string, Click> last = new();
    private readonly ConcurrentQueue<double> answers = new();
    private int failed;

    public int Failed => failed;
    /// <summary>Click to answer, ms.</summary>
    public IEnumerable<double> Answers => answers;

    /// <summary>The last click on a slot.</summary>
    public Click? Last(string slot) => last.GetValueOrDefault(slot);

    public async Task Run(double perSecond, TimeSpan duration)
    {
        var hands = boards.SelectMany((board, b) => board.People.Select((person, p) => (Order: p * boards.Count + b, Hand: new Hand(this, board, person, p)))).OrderBy(h => h.Order).Select(h => h.Hand).ToArray();
        var (began, interval) = (Stopwatch.GetTimestamp(), Stopwatch.Frequency / perSecond);
        var clicks = (int)(duration.TotalSeconds * perSecond);
        for (var n = 0; n < clicks; n++)
        {
            var due = began + (long)(n * interval);
            while (Stopwatch.GetTimestamp() < due) await Task.Delay(1);
            hands[n % hands.Length].Click(due);
        }
        await Task.WhenAll(hands.Select(h => h.Done()));
        await Task.WhenAll(hands.Select(h => h.LetGo()));
    }

    /// <summary>One person: holds a slot, then releases it, one thing after another.</summary>
    private sealed class Hand(Clicker clicker, PushBoard board, ApiClient person, int first)
    {
        private int next = first;
        private (string Slot, string Hold)? held;
        private Task busy = Task.CompletedTask;

        public void Click(long due)
        {
            var before = busy;
            busy = Task.Run(async () =>
            {
                await before;
                await Act(due);
            });
        }

        public Task Done() => busy;

        public async Task LetGo()
        {
            if (held is not null) await Act(Stopwatch.GetTimestamp());
        }

        private async Task Act(long due)
        {
            var slot = held?.Slot ?? board.Slots[next % board.Slots.Length];
            clicker.last[slot] = new((clicker.Last(slot)?.Number ?? 0) + 1, held is null ? "held" : "free", due);
            var answer = held is { } h ? await person.Post($"/api/holds/{h.Hold}/release", new JsonObject { ["requestId"] = Guid.NewGuid() }) : await person.Hold(slot);
            clicker.answers.Enqueue(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
            if (answer.Status != HttpStatusCode.OK) Interlocked.Increment(ref clicker.failed);
            // Each person has a lane of slots of its own, so that nobody is refused.
            if (held is not null || answer.Status != HttpStatusCode.OK) (held, next) = (null, next + board.People.Length);
            else held = (slot, (string)answer.Body!["holdId"]!);
        }
    }
}
