using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Grains.People;
using SnpLive.Grains.People.AccessRequests;
using SnpLive.Tests.Accounts.Keys;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Accounts.AccessRequests;

[Collection(WaysIn.Name)]
public sealed class AccessRequestTests(AccountsSite site)
{
    private static readonly DateTimeOffset Start = new(2026, 6, 9, 8, 0, 0, TimeSpan.Zero);

    private static AccessRequest Request(string email) => new($"d-{email}", "Ana Essai", Role.Pharmacist, "Pharmacie de l’Essai", email, null, default);

    private static JsonObject Body(string email, string territory = "t", string? rpps = null, string role = "pharmacist")
    {
        var body = new JsonObject { ["requestId"] = Guid.NewGuid(), ["territoryId"] = territory, ["name"] = "Ana Essai", ["role"] = role, ["structure"] = "Pharmacie de l’Essai", ["email"] = email };
        if (rpps is not null) body["rpps"] = rpps;
        return body;
    }

    private static JsonObject Approve(string structure = "t-pha") => new() { ["requestId"] = Guid.NewGuid(), ["organizationId"] = structure };

    [Fact]
    public void Who_asks_again_replaces_what_they_asked_and_nobody_fills_the_list_or_stays_for_ever()
    {
        var limits = new AccessRequestLimits { MostOpen = 2, Keep = TimeSpan.FromDays(10) };
        var state = new AccessRequestsState();
        foreach (var email in (string[])["a@b.fr", "c@d.fr", "a@b.fr"]) state = AccessRequestDecider.Ask(state, Request(email), limits, Start);
        Assert.Equal(["c@d.fr", "a@b.fr"], state.Open.Select(one => one.Email));
        Assert.Same(state, AccessRequestDecider.Ask(state, Request("e@f.fr"), limits, Start));
        Assert.Equal("e@f.fr", AccessRequestDecider.Ask(state, Request("e@f.fr"), limits, Start.AddDays(11)).Open.Single().Email);
        Assert.Same(state, AccessRequestDecider.Settle(state, "d-nobody"));
        Assert.Equal("a@b.fr", AccessRequestDecider.Settle(state, "d-c@d.fr").Open.Single().Email);
    }

    [Fact]
    public async Task From_the_request_to_the_one_time_link_or_to_a_no()
    {
        using var nobody = site.Nobody();
        using var coordinator = await site.Demo("t-coo-1");
        using var pharmacist = await site.Demo("t-pha-1");
        using var neighbour = await site.Demo("u-coo-1");
        using var member = await site.Join(coordinator, "deja.membre@ex.fr");
        var form = (await nobody.Get("/api/access-requests/form")).Body!;
        Assert.Contains(form["territories"]!.AsArray(), one => (string?)one!["id"] == "t");
        Assert.DoesNotContain("regulator", form["roles"]!.AsArray().Select(one => (string?)one));

        // One answer for an address that has an account and for one that has none.
        var (known, unknown) = (await nobody.Post("/api/access-requests", Body("deja.membre@ex.fr")), await nobody.Post("/api/access-requests", Body("Ana.Essai@EX.fr")));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (known.Status, unknown.Status));
        Assert.Equal("invalid-input", (await nobody.Post("/api/access-requests", Body("x@ex.fr", role: "regulator"))).Code);
        Assert.Equal("invalid-input", (await nobody.Post("/api/access-requests", Body("x@ex.fr", rpps: "10001234567"))).Code);
        Assert.Equal("territory-unknown", (await nobody.Post("/api/access-requests", Body("x@ex.fr", "nulle-part"))).Code);

        Assert.Equal("coordinators-only", (await pharmacist.Get("/api/territories/t/access-requests")).Code);
        Assert.Equal("territory-unknown", (await neighbour.Get("/api/territories/t/access-requests")).Code);
        var list = (await coordinator.Get("/api/territories/t/access-requests")).Body!.AsArray();
        Assert.Equal([("deja.membre@ex.fr", "Personne deja.membre"), ("ana.essai@ex.fr", null)], list.Select(one => ((string)one!["email"]!, (string?)one["known"])));
        var (hers, theirs) = ((string)list[1]!["id"]!, (string)list[0]!["id"]!);
        Assert.Equal("coordinators-only", (await pharmacist.Post($"/api/territories/t/access-requests/{hers}/approve", Approve())).Code);
        Assert.Equal("access-request-unknown", (await neighbour.Post($"/api/territories/u/access-requests/{hers}/approve", Approve())).Code);

        Assert.Equal("access-request-not-invited", (await coordinator.Post($"/api/territories/t/access-requests/{hers}/approve", Approve("nulle-part"))).Code);
        Assert.Equal("access-request-not-invited", (await coordinator.Post($"/api/territories/t/access-requests/{theirs}/approve", Approve())).Code); // the address is somebody's
        var approved = await coordinator.Post($"/api/territories/t/access-requests/{hers}/approve", Approve());
        var token = AccountsSite.TokenOf((string?)approved.Body!["link"]);
        Assert.Equal(("Ana Essai", "ana.essai@ex.fr"), (await Looked(nobody, token)));
        Assert.Equal("access-request-unknown", (await coordinator.Post($"/api/territories/t/access-requests/{hers}/approve", Approve())).Code);

        var no = new JsonObject { ["requestId"] = Guid.NewGuid(), ["reason"] = "Déjà membre." };
        Assert.Equal(HttpStatusCode.NoContent, (await coordinator.Post($"/api/territories/t/access-requests/{theirs}/decline", no.DeepClone())).Status);
        Assert.Equal("access-request-unknown", (await coordinator.Post($"/api/territories/t/access-requests/{theirs}/decline", no.DeepClone())).Code);
        Assert.Empty((await coordinator.Get("/api/territories/t/access-requests")).Body!.AsArray());

        // Last: from one address not for ever.
        ApiAnswer answer;
        var asked = 0;
        do answer = await nobody.Post("/api/access-requests", Body($"n{asked}@ex.fr")); while (answer.Status == HttpStatusCode.NoContent && ++asked < 20);
        Assert.Equal("access-requests-too-many", answer.Code);
    }

    private static async Task<(string?, string?)> Looked(ApiClient nobody, string token)
    {
        var look = (await nobody.Post("/api/invitations/look", new JsonObject { ["token"] = token })).Body!;
        return ((string?)look["name"], (string?)look["login"]);
    }
}
