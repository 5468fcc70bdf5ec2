using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SnpLive.Tests.Calls;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Accounts.Keys;

/// <summary>One site for the ways in that are no password: keys, a shared computer, asking for access.</summary>
[CollectionDefinition(Name)]
public sealed class WaysIn : ICollectionFixture<AccountsSite>
{
    public const string Name = "ways in";
}

[Collection(WaysIn.Name)]
public sealed class KeysOverHttpTests(AccountsSite site)
{
    private const int WrongPerMinute = 20;

    private static JsonObject Body(string[] scopes, int days = 30, Guid? requestId = null) =>
        new() { ["requestId"] = requestId ?? Guid.NewGuid(), ["name"] = "Standard téléphonique", ["scopes"] = new JsonArray([.. scopes.Select(one => JsonValue.Create(one))]), ["days"] = days };

    private HttpClient Machine(string? key)
    {
        var http = new HttpClient { BaseAddress = site.Address };
        if (key is not null) http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return http;
    }

    private async Task<(HttpStatusCode Status, string? Code)> Look(string? key, string path = "/api/machines/slots/t")
    {
        using var http = Machine(key);
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        return (answer.StatusCode, answer.IsSuccessStatusCode ? null : (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["code"]);
    }

    [Fact]
    public async Task A_key_opens_its_scope_in_its_territory_until_it_is_revoked_or_over()
    {
        using var coordinator = await site.Demo("t-coo-1");
        using var pharmacist = await site.Demo("t-pha-1");
        using var neighbour = await site.Demo("u-coo-1");
        Assert.Equal("coordinators-only", (await pharmacist.Post("/api/territories/t/keys", Body(["slots.read"]))).Code);
        Assert.Equal("coordinators-only", (await pharmacist.Get("/api/territories/t/keys")).Code);
        Assert.Equal("territory-unknown", (await neighbour.Post("/api/territories/t/keys", Body(["slots.read"]))).Code);
        Assert.Equal("invalid-input", (await coordinator.Post("/api/territories/t/keys", Body(["telephony"]))).Code); // no centre in this territory's file
        Assert.Equal("invalid-input", (await coordinator.Post("/api/territories/t/keys", Body(["slots.read"], days: 400))).Code);

        var made = await coordinator.Post("/api/territories/t/keys", Body(["slots.read"]));
        var (secret, id) = ((string)made.Body!["secret"]!, (string)made.Body["key"]!["id"]!);
        Assert.StartsWith("snp_t.", secret, StringComparison.Ordinal);
        using (var machine = Machine(secret))
        {
            var before = await Free(pharmacist);
            var slots = (await machine.GetFromJsonAsync<JsonObject>("/api/machines/slots/t"))!["slots"]!.AsArray();
            var after = await Free(pharmacist); // time goes on meanwhile
            Assert.NotEmpty(slots);
            Assert.Equal(["id", "start", "end", "stream", "mode", "places", "commune", "postalCode"], slots[0]!.AsObject().Select(one => one.Key));
            var seen = slots.Select(one => (string)one!["id"]!).ToHashSet();
            Assert.Subset(before.Union(after).ToHashSet(), seen);
            Assert.Superset(before.Intersect(after).ToHashSet(), seen);
            Assert.Equal(HttpStatusCode.Forbidden, (await machine.PostAsJsonAsync("/api/telephony/events", new { centre = "sas-t", events = Array.Empty<object>() })).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await machine.GetAsync(new Uri("/api/territories", UriKind.Relative))).StatusCode); // it is nobody
        }
        Assert.Equal((HttpStatusCode.NotFound, "territory-unknown"), await Look(secret, "/api/machines/slots/u"));
        Assert.Equal((HttpStatusCode.Unauthorized, "api-key-invalid"), await Look(null));
        Assert.Equal((HttpStatusCode.Unauthorized, "api-key-invalid"), await Look(secret[..^1] + (secret[^1] == 'A' ? 'B' : 'A')));

        var list = (await coordinator.Get("/api/territories/t/keys")).Body!;
        Assert.DoesNotContain(secret.Split('.')[2], list.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(("active", DateOnly.FromDateTime(site.Clock.GetUtcNow().UtcDateTime).ToString("O", System.Globalization.CultureInfo.InvariantCulture)), ((string?)list["keys"]![0]!["status"], (string?)list["keys"]![0]!["lastUsed"]));

        Assert.Equal("api-key-unknown", (await coordinator.Post("/api/territories/t/keys/k-none/revoke", new JsonObject { ["requestId"] = Guid.NewGuid() })).Code);
        Assert.Equal(HttpStatusCode.NoContent, (await coordinator.Post($"/api/territories/t/keys/{id}/revoke", new JsonObject { ["requestId"] = Guid.NewGuid() })).Status);
        Assert.Equal((HttpStatusCode.Unauthorized, "api-key-invalid"), await Look(secret));

        // A lost answer: the same command gives the same key another secret, and the one nobody saw is worth nothing.
        var request = Guid.NewGuid();
        var (lost, told) = (await coordinator.Post("/api/territories/t/keys", Body(["slots.read"], 1, request)), await coordinator.Post("/api/territories/t/keys", Body(["slots.read"], 1, request)));
        Assert.Equal((string?)lost.Body!["key"]!["id"], (string?)told.Body!["key"]!["id"]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Look((string)lost.Body["secret"]!)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Look((string)told.Body["secret"]!)).Status);
        site.Clock.Offset += TimeSpan.FromDays(1);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Look((string)told.Body["secret"]!)).Status);
        site.Clock.Offset -= TimeSpan.FromDays(1);

        await TelephonyIsOpened(coordinator);

        // Last, for it shuts this address out: whoever tries keys is not listened to for a while.
        for (var i = 0; i < WrongPerMinute; i++) await Look("snp_t.k-none.guess");
        Assert.Equal((HttpStatusCode.TooManyRequests, "api-key-too-many-wrong"), await Look("snp_t.k-none.guess"));
    }

    private static async Task<HashSet<string>> Free(ApiClient person) => [.. (await person.Slots("t", "free")).Select(one => (string)one["id"]!)];

    private async Task TelephonyIsOpened(ApiClient stranger)
    {
        using var imported = await site.Operator("/api/import", new JsonObject { ["files"] = new JsonArray(new JsonObject { ["name"] = "tel.json", ["content"] = CallTerritory.Of("tel", "sas-tel", 1, 1).ToJsonString() }) });
        Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
        using var coordinator = await site.Demo("tel-coo-1");
        Assert.Equal("territory-unknown", (await stranger.Get("/api/territories/tel/keys")).Code);
        var made = await coordinator.Post("/api/territories/tel/keys", Body(["telephony"]));
        using var exchange = Machine((string)made.Body!["secret"]!);
        var ringing = new JsonObject { ["eventId"] = "e1", ["kind"] = "ringing", ["call"] = "p-1", ["at"] = DateTimeOffset.UtcNow.ToString("O") };
        JsonObject Events(string centre) => new() { ["centre"] = centre, ["events"] = new JsonArray(ringing.DeepClone()) };
        using var heard = await exchange.PostAsJsonAsync("/api/telephony/events", Events("sas-tel"));
        Assert.Equal(HttpStatusCode.Accepted, heard.StatusCode);
        using var elsewhere = await exchange.PostAsJsonAsync("/api/telephony/events", Events("sas-t"));
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        using var slots = await exchange.GetAsync(new Uri("/api/machines/slots/tel", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, slots.StatusCode);
    }
}
