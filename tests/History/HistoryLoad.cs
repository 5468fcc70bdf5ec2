using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.History;

/// <summary>
/// Concurrent callers over HTTP on a few hot slots. What is read and checked promises the present: the owner's view of an agenda, a booking, a command by its
/// request id. Boards are not checked here: they follow the present, and ConvergenceTests checks that they reach it.
/// </summary>
internal sealed class HistoryLoad(string territory, int seed)
{
    private const int AttemptsPerCommand = 6;
    private readonly ConcurrentQueue<SlotOperation> history = new();
    private readonly ConcurrentQueue<string> broken = new();

    /// <summary>Everything that callers saw.</summary>
    public IReadOnlyCollection<SlotOperation> History => history;

    /// <summary>Answers that no server may give.</summary>
    public IReadOnlyCollection<string> Broken => broken;

    public string Summary { get; private set; } = "";

    /// <param name="callers">Each books and holds for himself.</param>
    /// <param name="owners">Owners of the agendas, who look at them.</param>
    /// <param name="slots">The hot slots.</param>
    /// <param name="stop">Ends the load; commands under way are still settled.</param>
    public async Task Run(IReadOnlyList<ApiClient> callers, IReadOnlyList<ApiClient> owners, string[] slots, CancellationToken stop)
    {
        var recorder = new HistoryRecorder(history, broken);
        var all = callers.Select((person, n) => Task.Run(() => new Caller(recorder, person, slots, new Random(seed + n)).Work(stop)))
            .Concat(owners.Select((person, n) => Task.Run(() => Watch(recorder, person, slots, new Random(seed - 1 - n), stop))));
        await Task.WhenAll(all);
        // Once more when all is quiet: what is now must follow from what was acknowledged.
        foreach (var owner in owners) await Look(recorder, owner, slots);
        Summary = $"{history.Count} operations on {slots.Length} slots ({history.Count(o => o.IsOpen)} never known, {recorder.Silences} unanswered attempts, {recorder.Repeats} repeats): "
            + string.Join(", ", history.GroupBy(o => $"{o.Verb} {(o.Accepted == false ? o.Answer : "ok")}").OrderByDescending(g => g.Count()).Select(g => $"{g.Key} {g.Count()}"));
    }

    private async Task Watch(HistoryRecorder recorder, ApiClient owner, string[] slots, Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Look(recorder, owner, slots);
            await Task.Delay(random.Next(5, 60), CancellationToken.None);
        }
    }

    private Task Look(HistoryRecorder recorder, ApiClient owner, string[] slots)
    {
        var agenda = $"{territory}-agenda-{owner.Identity.Split('-')[^1]}";
        return recorder.Read(owner, $"/api/agendas/{agenda}", body => body["slots"]!.AsArray()
            .Where(s => slots.Contains((string)s!["id"]!)).Select(s => ((string)s!["id"]!, SlotVerb.ReadSlot, (string?)null, (string)s["state"]!)));
    }

    private sealed class Caller(HistoryRecorder recorder, ApiClient person, string[] slots, Random random)
    {
        private readonly Dictionary<string, string> holds = []; // by slot
        private readonly List<(string Slot, string Booking)> bookings = [];

        public async Task Work(CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                var slot = slots[random.Next(slots.Length)];
                await (random.Next(10) switch
                {
                    < 3 => Hold(slot),
                    < 6 => Book(holds.Count > 0 && random.Next(2) == 0 ? holds.Keys.ElementAt(random.Next(holds.Count)) : slot),
                    6 when holds.Count > 0 => Release(),
                    < 9 when bookings.Count > 0 => Cancel(),
                    _ => Read(),
                });
            }
            foreach (var slot in holds.Keys.ToArray()) await Release(slot);
        }

        private async Task Hold(string slot)
        {
            if (holds.ContainsKey(slot)) return;
            var id = await Send(slot, SlotVerb.Hold, null, $"/api/slots/{slot}/hold", new(), "holdId");
            if (id is not null) holds[slot] = id;
        }

        private async Task Book(string slot)
        {
            holds.Remove(slot, out var hold);
            var body = ApiClient.Booking(Patient.New(), Guid.NewGuid(), random.Next(4) == 0 ? null : hold);
            var id = await Send(slot, SlotVerb.Book, hold, $"/api/slots/{slot}/bookings", body, "bookingId");
            if (id is not null) bookings.Add((slot, id));
            else if (hold is not null) holds[slot] = hold;
        }

        private Task Release() => Release(holds.Keys.ElementAt(random.Next(holds.Count)));

        private async Task Release(string slot)
        {
            holds.Remove(slot, out var hold);
            await Send(slot, SlotVerb.Release, hold, $"/api/holds/{hold}/release", new(), null);
        }

        private async Task Cancel()
        {
            var n = random.Next(bookings.Count);
            var (slot, booking) = bookings[n];
            bookings.RemoveAt(n);
            await Send(slot, SlotVerb.Cancel, booking, $"/api/bookings/{booking}/cancel", new() { ["reason"] = "patientRequest" }, null);
            // Both may be looked at later, and cancelled twice.
            if (random.Next(4) == 0) bookings.Add((slot, booking));
        }

        private async Task Read()
        {
            if (bookings.Count == 0) return;
            var (slot, booking) = bookings[random.Next(bookings.Count)];
            await recorder.Read(person, $"/api/bookings/{booking}", body => [(slot, SlotVerb.ReadBooking, booking, (string)body["status"]!)]);
        }

        private Task<string?> Send(string slot, SlotVerb verb, string? subject, string path, JsonObject body, string? idOf)
        {
            body["requestId"] ??= Guid.NewGuid();
            return recorder.Command(person, slot, verb, subject, path, body, idOf, Patience, AttemptsPerCommand);
        }

        // Most wait as people do; some turn away at once, while the server is still at it.
        private TimeSpan Patience() => TimeSpan.FromMilliseconds(random.Next(10) switch { 0 => random.Next(1, 15), 1 => random.Next(15, 200), _ => 3000 });
    }
}
