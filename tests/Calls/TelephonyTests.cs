using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Calls;

/// <summary>Events of a switch over HTTP: only with the centre's key, in any order, as often as it likes.</summary>
public sealed class TelephonyTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const string Centre = "sas-tel", Key = "a key that only the switch knows";

    [Fact]
    public async Task Events_in_any_order_and_repeated_give_the_true_pick_up_times()
    {
        await using var site = await Site();
        using var osnp = await site.SignIn("tel-osnp-1");
        using var phone = new HttpClient { BaseAddress = site.Server.Address };
        phone.DefaultRequestHeaders.Add("X-Snp-Telephony", Key);
        var at = DateTimeOffset.UtcNow.AddMinutes(-5);
        JsonObject ringing = Event("e1", "ringing", "p-1", at, number: "06 39 98 77 88"), answered = Event("e2", "answered", "p-1", at.AddSeconds(12), agent: "tel-osnp-1");
        foreach (var batch in (JsonObject[][])[[answered], [ringing, answered], [ringing]])
            Assert.Equal(HttpStatusCode.Accepted, (await Send(phone, batch)).StatusCode);
        var call = Grains.Calls.CallStreams.IdOfPhone(Centre, "p-1");
        var file = (await osnp.Get($"/api/calls/{call}")).Body!;
        Assert.Equal(("inHand", "tel-osnp-1"), ((string?)file["status"], (string?)file["holder"]!["id"]));
        Assert.Equal(12, ((DateTimeOffset)file["steps"]![0]!["answeredAt"]! - (DateTimeOffset)file["rangAt"]!).TotalSeconds, 0.01);
        Assert.Equal("+33639987788", (string?)file["caller"]?["phone"]); // told only by the ring, which came second

        // The same number from another line joins the file that is open, and what happens to that line happens to it.
        Assert.Equal(HttpStatusCode.Accepted, (await Send(phone, [Event("e9", "ringing", "p-9", at.AddMinutes(1), number: "06 39 98 99 00")])).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await Send(phone, [Event("e10", "ringing", "p-10", at.AddMinutes(2), number: "06 39 98 99 00"), Event("e11", "hungUp", "p-10", at.AddMinutes(3))])).StatusCode);
        var open = Grains.Calls.CallStreams.IdOfPhone(Centre, "p-9");
        await Eventually.True(async () => (await osnp.Get($"/api/calls/{open}")).Body is { } f && (int)f["repeats"]! == 1, "joined");
    }

    [Fact]
    public async Task A_recorded_busy_hour_shuffled_and_with_repeats_leaves_each_call_as_it_was_lived()
    {
        const int AtOnce = 40;
        var seed = Seeds.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var site = await Site(operators: 3);
        using var osnp = await site.SignIn("tel-osnp-1");
        using var phone = new HttpClient { BaseAddress = site.Server.Address };
        phone.DefaultRequestHeaders.Add("X-Snp-Telephony", Key);
        var start = DateTimeOffset.UtcNow.AddMinutes(-75);
        var told = BusyHour.Lines.Concat(BusyHour.Lines.Where(_ => random.Next(3) == 0)).Select(line => EventOf(line, start)).ToArray();
        random.Shuffle(told);
        foreach (var part in told.Chunk(AtOnce)) Assert.Equal(HttpStatusCode.Accepted, (await Send(phone, part)).StatusCode);

        int answered = 0, shortAbandons = 0;
        foreach (var call in BusyHour.Lines.GroupBy(line => line.Call))
        {
            var file = (await osnp.Get($"/api/calls/{Grains.Calls.CallStreams.IdOfPhone(Centre, call.Key)}")).Body!;
            var lived = call.ToArray();
            TimeSpan? Said(JsonNode? at) => at is null ? null : (DateTimeOffset)at - (DateTimeOffset)file["rangAt"]!;
            var picked = lived.FirstOrDefault(line => line.Kind == "answered");
            var (expected, said) = (picked?.After - lived[0].After, Said(file["steps"]![0]!["answeredAt"]));
            Assert.True((expected - said)?.Duration() < TimeSpan.FromMilliseconds(2) || (expected is null && said is null), $"{call.Key}: picked up after {said}, lived {expected}");
            var levels = 1 + lived.Count(line => line.Kind == "transferred");
            Assert.Equal((levels, levels == 1 ? "osnp" : "regulation"), (file["steps"]!.AsArray().Count, (string)file["level"]!));
            var last = lived.Last(line => line.Kind != "hungUp");
            Assert.Equal(last.Kind == "answered" ? "tel-" + last.Agent : null, (string?)file["holder"]?["id"]);
            var gaveUp = lived is [_, { Kind: "hungUp" } at] && at.After - lived[0].After < TimeSpan.FromSeconds(15);
            Assert.Equal(gaveUp ? "closed" : last.Kind == "answered" ? "inHand" : lived[^1].Kind == "hungUp" ? "callBack" : "waiting", (string)file["status"]!);
            (answered, shortAbandons) = (answered + (picked is null ? 0 : 1), shortAbandons + (gaveUp ? 1 : 0));
        }
        Assert.True(answered > 60 && shortAbandons > 0, $"{answered} answered, {shortAbandons} given up at once");
    }

    [Fact]
    public async Task Without_the_centres_key_nothing_is_heard()
    {
        await using var site = await Site();
        foreach (var key in (string?[])[null, "", "another key", Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))])
        {
            using var phone = new HttpClient { BaseAddress = site.Server.Address };
            if (key is not null) phone.DefaultRequestHeaders.Add("X-Snp-Telephony", key);
            Assert.Equal(HttpStatusCode.Unauthorized, (await Send(phone, [Event("e1", "ringing", "p-1", DateTimeOffset.UtcNow)])).StatusCode);
        }
        using var known = new HttpClient { BaseAddress = site.Server.Address };
        known.DefaultRequestHeaders.Add("X-Snp-Telephony", Key);
        Assert.Equal(HttpStatusCode.NotFound, (await Send(known, [Event("e1", "ringing", "p-1", DateTimeOffset.UtcNow)], "sas-44")).StatusCode); // a key opens one centre
        Assert.Equal(HttpStatusCode.BadRequest, (await Send(known, [new JsonObject { ["eventId"] = "x" }])).StatusCode);
    }

    private Task<TestSite> Site(int operators = 2) => TestSite.Start(
        Backends.Sqlite, postgres, [$"--Telephony:Keys:{Centre}={Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))}"], CallTerritory.Of("tel", Centre, operators));

    private static Task<HttpResponseMessage> Send(HttpClient phone, JsonObject[] events, string centre = Centre) =>
        phone.PostAsJsonAsync(new Uri("/api/telephony/events", UriKind.Relative), new JsonObject { ["centre"] = centre, ["events"] = new JsonArray([.. events.Select(e => e.DeepClone())]) });

    private static JsonObject EventOf(PhoneLine line, DateTimeOffset start)
    {
        var one = Event(line.EventId, line.Kind, line.Call, start + line.After, agent: line.Agent is null ? null : "tel-" + line.Agent);
        if (line.To is not null) one["to"] = line.To;
        return one;
    }

    private static JsonObject Event(string id, string kind, string call, DateTimeOffset at, string? number = null, string? agent = null)
    {
        var one = new JsonObject { ["eventId"] = id, ["kind"] = kind, ["call"] = call, ["at"] = at.ToString("O") };
        if (number is not null) one["number"] = number;
        if (agent is not null) one["agent"] = agent;
        return one;
    }
}
