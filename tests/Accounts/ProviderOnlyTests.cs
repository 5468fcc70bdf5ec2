using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Tests.Accounts.Keys;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Accounts;

[Collection(WaysIn.Name)]
public sealed class ProviderOnlyTests(AccountsSite site)
{
    private const string Rpps = "10001234565";

    private string Day(int days) => DateOnly.FromDateTime(site.Clock.GetUtcNow().UtcDateTime).AddDays(days).ToString("O", CultureInfo.InvariantCulture);

    private static JsonObject Until(string? day)
    {
        var body = new JsonObject { ["requestId"] = Guid.NewGuid() };
        if (day is not null) body["until"] = day;
        return body;
    }

    [Fact]
    public async Task Who_has_an_rpps_number_comes_in_at_the_provider_or_by_a_dated_exception()
    {
        var territory = TestTerritory.Of("carte", "sas-carte", 1);
        territory["signIn"] = new JsonObject { ["rppsProviderOnly"] = true };
        using var imported = await site.Operator("/api/import", new JsonObject { ["files"] = new JsonArray(new JsonObject { ["name"] = "carte.json", ["content"] = territory.ToJsonString() }) });
        Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
        using var coordinator = await site.Demo("carte-coo-1");
        using var nobody = site.Nobody();

        // Without a number nothing changes; with one the link leads to the provider.
        var people = (await coordinator.Post("/api/territories/carte/invitations", AccountsSite.Invitation([Invitee("sans@ex.fr", null), Invitee("avec@ex.fr", Rpps)]))).Body!["people"]!;
        var (without, with) = (AccountsSite.TokenOf((string?)people[0]!["link"]), AccountsSite.TokenOf((string?)people[1]!["link"]));
        Assert.Null((bool?)(await Look(nobody, without))["providerOnly"]);
        Assert.True((bool)(await Look(nobody, with))["providerOnly"]!);
        JsonObject Accept(string token) => new() { ["requestId"] = Guid.NewGuid(), ["token"] = token, ["password"] = Member.FirstPassword };
        Assert.Equal(HttpStatusCode.OK, (await nobody.Post("/api/invitations/accept", Accept(without))).Status);
        Assert.Equal("provider-only", (await nobody.Post("/api/invitations/accept", Accept(with))).Code);

        var person = with.Split('.')[0];
        var path = $"/api/territories/carte/accounts/{person}/exception";
        using var pharmacist = await site.Demo("carte-pha-1");
        Assert.Equal("coordinators-only", (await pharmacist.Post(path, Until(Day(3)))).Code);
        Assert.Equal("person-unknown", (await coordinator.Post("/api/territories/carte/accounts/t-pha-1/exception", Until(Day(3)))).Code);
        Assert.Equal("invalid-input", (await coordinator.Post(path, Until(Day(-3)))).Code);
        Assert.Equal("invalid-input", (await coordinator.Post(path, Until(Day(200)))).Code); // none is for ever
        Assert.Equal(HttpStatusCode.NoContent, (await coordinator.Post(path, Until(Day(3)))).Status);
        var row = (await coordinator.Get("/api/territories/carte/accounts")).Body!["people"]!.AsArray().Single(one => (string?)one!["id"] == person)!;
        Assert.True((bool)row["providerOnly"]! && row["localUntil"] is not null, row.ToJsonString());

        var shown = await nobody.Post("/api/invitations/accept", Accept(with));
        using var member = new Member(site, nobody, "avec@ex.fr", (string)shown.Body!["secret"]!, with);
        Assert.Equal(HttpStatusCode.OK, (await nobody.Post("/api/invitations/activate", new JsonObject { ["requestId"] = Guid.NewGuid(), ["token"] = with, ["code"] = member.Code })).Status);
        Assert.Equal(HttpStatusCode.OK, (await nobody.Get("/api/session")).Status);
        site.NextCode();
        var (other, signedIn) = await member.SignIn();
        Assert.Equal(HttpStatusCode.OK, signedIn.Status);

        // The exception is over: so are its sessions, and a right proof is told the way.
        Assert.Equal(HttpStatusCode.NoContent, (await coordinator.Post(path, Until(null))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.Get("/api/session")).Status);
        site.NextCode();
        Assert.Equal("sign-in-refused", (await member.SignIn("pas le bon mot de passe")).Answer.Code); // who cannot prove it is told nothing
        Assert.Equal("provider-only", (await member.SignIn()).Answer.Code);
        await coordinator.Post(path, Until(Day(1)));
        site.NextCode();
        Assert.Equal(HttpStatusCode.OK, (await member.SignIn()).Answer.Status);
        site.Clock.Offset += TimeSpan.FromDays(3);
        Assert.Equal("provider-only", (await member.SignIn()).Answer.Code);
        site.Clock.Offset -= TimeSpan.FromDays(3);
        other.Dispose();
    }

    [Fact]
    public async Task A_doctor_of_the_sas_comes_under_the_strictest_territory_that_it_serves()
    {
        const string Doctor = "ouvert-doc";
        JsonObject open = TestTerritory.Of("ouvert", "sas-commun", 0), strict = TestTerritory.Of("exigeant", "sas-commun", 0);
        strict["signIn"] = new JsonObject { ["rppsProviderOnly"] = true };
        open["professionals"]!.AsArray().Add((JsonNode)new JsonObject
        {
            ["id"] = Doctor, ["name"] = "Dr Garde", ["role"] = "regulator", ["organizationId"] = "ouvert-sas", ["sasId"] = "sas-commun", ["rpps"] = "10009876540",
        });
        using var imported = await site.Operator("/api/import", new JsonObject
        {
            ["files"] = new JsonArray([.. new[] { open, strict }.Select(one => new JsonObject { ["name"] = $"{one["id"]}.json", ["content"] = one.ToJsonString() })]),
        });
        Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
        using var invited = await site.Operator("/api/operator/invitations", new JsonObject { ["requestId"] = Guid.NewGuid(), ["territoryId"] = "ouvert", ["email"] = "garde@ex.fr", ["personId"] = Doctor });
        var token = AccountsSite.TokenOf((string?)JsonNode.Parse(await invited.Content.ReadAsStringAsync())!["link"]);
        using var nobody = site.Nobody();
        var accept = new JsonObject { ["requestId"] = Guid.NewGuid(), ["token"] = token, ["password"] = Member.FirstPassword };
        Assert.True((bool)(await Look(nobody, token))["providerOnly"]!);
        Assert.Equal("provider-only", (await nobody.Post("/api/invitations/accept", accept)).Code);

        // The territory that has no such rule can lift none; the one that has it can, until a day.
        using var theirs = await site.Demo("ouvert-coo-1");
        using var ours = await site.Demo("exigeant-coo-1");
        Assert.Equal(HttpStatusCode.NoContent, (await theirs.Post($"/api/territories/ouvert/accounts/{Doctor}/exception", Until(Day(3)))).Status);
        Assert.Equal("provider-only", (await nobody.Post("/api/invitations/accept", accept)).Code);
        Assert.Empty(await Centre(theirs, "ouvert"));
        Assert.Null(Assert.Single(await Centre(ours, "exigeant"))!["localUntil"]);
        Assert.Equal("person-unknown", (await ours.Post("/api/territories/exigeant/accounts/carte-doc/exception", Until(Day(3)))).Code);
        Assert.Equal(HttpStatusCode.NoContent, (await ours.Post($"/api/territories/exigeant/accounts/{Doctor}/exception", Until(Day(3)))).Status);
        var row = Assert.Single(await Centre(ours, "exigeant"))!;
        Assert.True((string?)row["id"] == Doctor && row["localUntil"] is not null && row["login"] is null, row.ToJsonString());

        var shown = await nobody.Post("/api/invitations/accept", accept);
        using var member = new Member(site, nobody, "garde@ex.fr", (string)shown.Body!["secret"]!, token);
        Assert.Equal(HttpStatusCode.OK, (await nobody.Post("/api/invitations/activate", new JsonObject { ["requestId"] = Guid.NewGuid(), ["token"] = token, ["code"] = member.Code })).Status);
        Assert.Equal(HttpStatusCode.OK, (await nobody.Get("/api/session")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await ours.Post($"/api/territories/exigeant/accounts/{Doctor}/exception", Until(null))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.Get("/api/session")).Status);
        site.NextCode();
        Assert.Equal("provider-only", (await member.SignIn()).Answer.Code);
    }

    private static async Task<JsonArray> Centre(ApiClient coordinator, string territory) => (await coordinator.Get($"/api/territories/{territory}/accounts")).Body!["centre"]!.AsArray();

    private static JsonObject Invitee(string email, string? rpps)
    {
        var person = AccountsSite.Person(email);
        person["organizationId"] = "carte-pha";
        if (rpps is not null) person["rpps"] = rpps;
        return person;
    }

    private static async Task<JsonObject> Look(ApiClient nobody, string token) => (await nobody.Post("/api/invitations/look", new JsonObject { ["token"] = token })).Body!.AsObject();
}
