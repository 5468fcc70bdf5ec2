using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Faults;

/// <summary>
/// People who book while something breaks. Each asks again under the same request id until he is answered; every answer that is not a booking must be one that
/// says so. Afterwards each acknowledged booking is there once, and nothing else is.
/// </summary>
internal sealed class FaultLoad : IDisposable
{
    /// <summary>The answers that a caller may ask again after.</summary>
    private static readonly string[] Retryable = ["ledger-unavailable", "outcome-unknown", "unavailable", "command-expired"];
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);
    private readonly TestSite site;
    private readonly ApiClient[] people;
    private readonly ApiClient[] owners;
    private readonly string territory;
    private readonly ConcurrentQueue<string> free;
    private readonly ConcurrentDictionary<Guid, Booked> acknowledged = new();
    private readonly ConcurrentDictionary<string, int> answers = new();
    private readonly ConcurrentQueue<string> wrong = new();
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;
    private long slowest;
    private bool cancels;
    private int done;

    private sealed record Booked(string SlotId, Patient Patient, ApiClient Person, string BookingId);

    private FaultLoad(TestSite site, string territory, ApiClient[] people, ApiClient[] owners, IEnumerable<string> free) =>
        (this.site, this.territory, this.people, this.owners, this.free) = (site, territory, people, owners, new(free));

    public int Acknowledged => acknowledged.Count;

    /// <summary>Answers by code; "silence" where there was none.</summary>
    public string Answers => string.Join(", ", answers.OrderByDescending(a => a.Value).Select(a => $"{a.Key} {a.Value}")) + $"; slowest answer {TimeSpan.FromMilliseconds(slowest).TotalSeconds:F1} s";

    public int Count(string answer) => answers.GetValueOrDefault(answer);

    /// <summary>All that were made, the cancelled ones included.</summary>
    public int Done => done;

    /// <param name="site">Where.</param>
    /// <param name="territory">Whose slots.</param>
    /// <param name="doctors">Its agendas.</param>
    /// <param name="cancels">Whether bookings are cancelled again, so that the slots never run out.</param>
    public static async Task<FaultLoad> Begin(TestSite site, string territory, int doctors, bool cancels = false)
    {
        var people = await Task.WhenAll(Enumerable.Range(1, 4).SelectMany(n => new[] { $"{territory}-reg-{n}", $"{territory}-pha-{n}" }).Select(site.SignIn));
        var owners = await Task.WhenAll(Enumerable.Range(1, doctors).Select(n => site.SignIn($"{territory}-gp-{n}")));
        var (from, to) = (DateTimeOffset.UtcNow.AddHours(2), DateTimeOffset.UtcNow.AddHours(44));
        var free = (await people[0].Slots(territory, "free")).Where(s => (DateTimeOffset)s["start"]! > from && (DateTimeOffset)s["start"]! < to).Select(s => (string)s["id"]!);
        var load = new FaultLoad(site, territory, people, owners, free) { cancels = cancels };
        load.running = Task.WhenAll(people.Select(p => Task.Run(() => load.Book(p))));
        return load;
    }

    /// <summary>Waits until so many more bookings were acknowledged: the service is there.</summary>
    public Task Flows(int more, string when, TimeSpan? within = null)
    {
        var target = Done + more;
        return Eventually.True(() => Task.FromResult(Done >= target), $"bookings flow {when}", within ?? TimeSpan.FromSeconds(40), () => Answers + "\n" + site.Server.Output);
    }

    /// <summary>Ends the load and holds the server to its word.</summary>
    public async Task Settle()
    {
        await stop.CancelAsync();
        await running;
        Assert.True(wrong.IsEmpty, $"Answers that no caller can do anything with: {string.Join('\n', wrong.Take(5))}");
        foreach (var (request, booked) in acknowledged)
        {
            var again = await booked.Person.Book(booked.SlotId, booked.Patient, request);
            Assert.True(again.Status == HttpStatusCode.Created && (string?)again.Body!["bookingId"] == booked.BookingId, $"{booked.SlotId} was acknowledged as {booked.BookingId}, then: {again}");
        }
        var there = new List<string>();
        foreach (var owner in owners)
        {
            var agenda = await owner.Get($"/api/agendas/{territory}-agenda-{owner.Identity.Split('-')[^1]}");
            there.AddRange(agenda.Body!["bookings"]!.AsArray().Where(b => (string?)b!["status"] == "booked").Select(b => (string)b!["id"]!));
        }
        Assert.Equal(acknowledged.Values.Select(b => b.BookingId).Order(StringComparer.Ordinal), there.Order(StringComparer.Ordinal));
    }

    public void Dispose()
    {
        foreach (var one in people.Concat(owners)) one.Dispose();
        stop.Dispose();
    }

    private async Task Book(ApiClient person)
    {
        while (!stop.IsCancellationRequested && free.TryDequeue(out var slot))
        {
            var (patient, request) = (Patient.New(), Guid.NewGuid());
            // What was begun is brought to its end, also after the load: then everything is acknowledged, and nothing may be besides.
            var answer = await Insist(() => person.Book(slot, patient, request));
            if (answer.Status == HttpStatusCode.Created)
            {
                acknowledged[request] = new(slot, patient, person, (string)answer.Body!["bookingId"]!);
                Interlocked.Increment(ref done);
                if (cancels) await Cancel(request);
            }
            await Task.Delay(Pace);
        }
    }

    private async Task Cancel(Guid request)
    {
        acknowledged.TryRemove(request, out var booked);
        var body = new JsonObject { ["requestId"] = Guid.NewGuid(), ["reason"] = "patientRequest" };
        await Insist(() => booked!.Person.Post($"/api/bookings/{booked.BookingId}/cancel", body.DeepClone()));
        free.Enqueue(booked!.SlotId);
    }

    private async Task<ApiAnswer> Insist(Func<Task<ApiAnswer>> command)
    {
        while (true)
        {
            if (await Once(command) is { } answer) return answer;
            await Task.Delay(Pace);
        }
    }

    /// <summary>One attempt; null when the caller may ask again.</summary>
    private async Task<ApiAnswer?> Once(Func<Task<ApiAnswer>> command)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var answer = await command().WaitAsync(Patience);
            Tally(answer.Code ?? $"{(int)answer.Status}", clock);
            if (Retryable.Contains(answer.Code)) return null;
            if (answer.Status is not (HttpStatusCode.Created or HttpStatusCode.OK)) wrong.Enqueue($"{answer}");
            return answer;
        }
        catch (Exception e) when (e is TimeoutException or HttpRequestException or TaskCanceledException or IOException)
        {
            Tally("silence", clock);
            return null;
        }
    }

    private void Tally(string answer, Stopwatch clock)
    {
        answers.AddOrUpdate(answer, 1, (_, n) => n + 1);
        InterlockedMax(ref slowest, clock.ElapsedMilliseconds);
    }

    private static void InterlockedMax(ref long place, long value)
    {
        for (var seen = Volatile.Read(ref place); seen < value; seen = Volatile.Read(ref place))
            if (Interlocked.CompareExchange(ref place, value, seen) == seen) return;
    }
}
