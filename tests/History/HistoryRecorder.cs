using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.History;

/// <summary>Sends commands of one person again and again under the same request id until somebody answers, and writes down what was seen.</summary>
internal sealed class HistoryRecorder(ConcurrentQueue<SlotOperation> history, ConcurrentQueue<string> broken)
{
    // Says nothing about the command: not even that it was without effect, for it may be a repeat.
    private static readonly string[] NoWord = ["ledger-unavailable", "outcome-unknown", "command-expired", "unavailable", "too-many-requests", "not-signed-in", "internal-error"];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LookUpFor = TimeSpan.FromSeconds(30);

    /// <summary>Operations whose outcome was asked for more than once.</summary>
    public int Repeats => repeats;
    /// <summary>Answers that did not come in time or at all.</summary>
    public int Silences => silences;
    private int repeats, silences;

    public static long Now => Stopwatch.GetTimestamp();

    /// <summary>A command: asked again under its id until somebody answers, and over only when none of its requests is under way any more.</summary>
    /// <remarks><c>idOf</c> names the id of hold or booking in an accepted answer; <c>patience</c> is how long the caller waits before he asks again: the request itself goes on.</remarks>
    /// <returns>The id ("" when there is none); null when refused or unknown.</returns>
    public async Task<string?> Command(ApiClient person, string slot, SlotVerb verb, string? subject, string path, JsonObject body,
        string? idOf, Func<TimeSpan> patience, int attempts)
    {
        var request = (Guid)body["requestId"]!;
        SlotOperation Seen(long from, long to, string? answer, bool? accepted) => new(slot, verb, person.Identity, $"{request}", subject, from, to, answer, accepted);
        var asked = new List<Task<Heard>>();
        for (var attempt = 1; attempt <= attempts; attempt++)
        {
            if (attempt > 1) Interlocked.Increment(ref repeats);
            asked.Add(Ask(() => person.Post(path, body.DeepClone())));
            if (await Task.WhenAny(asked[^1], Task.Delay(patience())) == asked[^1] && (await asked[^1]).IsDecided) break;
            await Task.Delay(Pause);
        }
        var heard = await Task.WhenAll(asked);
        foreach (var no in heard.Where(h => h is { IsDecided: true, IsAccepted: false })) history.Enqueue(Seen(no.Sent, no.Returned, no.Answer!.Code, false));
        if (heard.Where(h => h.IsAccepted).ToArray() is { Length: > 0 } yes)
        {
            var ids = yes.Select(h => idOf is null ? "" : (string)h.Answer!.Body![idOf]!).Distinct().ToArray();
            if (ids.Length > 1) broken.Enqueue($"{verb} {slot} under one request id: {string.Join(", ", ids)}");
            history.Enqueue(Seen(heard[0].Sent, yes.Min(h => h.Returned), idOf is null ? null : ids[0], true));
            return ids[0];
        }
        if (heard.All(h => h.IsDecided || h.Answer?.Code == "ledger-unavailable")) return null;
        var found = await LookUp(person, request, idOf, heard[0].Sent, Seen);
        history.Enqueue(found);
        return found.IsOpen ? null : found.Answer ?? "";
    }

    /// <summary>A question that promises the present.</summary>
    public async Task Read(ApiClient person, string path, Func<JsonNode, IEnumerable<(string Slot, SlotVerb Verb, string? Subject, string Answer)>> seen)
    {
        var heard = await Ask(() => person.Get(path));
        if (!heard.IsAccepted) return;
        foreach (var (slot, verb, subject, answer) in seen(heard.Answer!.Body!))
            history.Enqueue(new(slot, verb, person.Identity, null, subject, heard.Sent, heard.Returned, answer, true));
    }

    /// <summary>What became of a command, asked by its request id; open when the log does not know it: only a request that died with its server is asked for here.</summary>
    private async Task<SlotOperation> LookUp(ApiClient person, Guid request, string? idOf, long began, Func<long, long, string?, bool?, SlotOperation> seen)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < LookUpFor; await Task.Delay(Pause))
        {
            var heard = await Ask(() => person.Get($"/api/commands/{request}"));
            if (heard.IsAccepted) return seen(began, heard.Returned, idOf is null ? null : (string)heard.Answer!.Body!["answer"]![idOf]!, true);
            if (heard.Answer?.Code != "command-unknown") continue;
            history.Enqueue(seen(heard.Sent, heard.Returned, "command-unknown", false) with { Verb = SlotVerb.LookUp });
            break;
        }
        return seen(began, long.MaxValue, null, null);
    }

    private async Task<Heard> Ask(Func<Task<ApiAnswer>> question)
    {
        var sent = Now;
        try
        {
            var answer = await question();
            if (answer.Status == HttpStatusCode.InternalServerError) broken.Enqueue($"{answer}");
            return new(sent, Now, answer);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            Interlocked.Increment(ref silences);
            return new(sent, long.MaxValue, null);
        }
    }

    private sealed record Heard(long Sent, long Returned, ApiAnswer? Answer)
    {
        public bool IsAccepted => Answer is { Status: HttpStatusCode.OK or HttpStatusCode.Created };
        public bool IsDecided => IsAccepted || (Answer?.Code is { } code && !NoWord.Contains(code));
    }
}
