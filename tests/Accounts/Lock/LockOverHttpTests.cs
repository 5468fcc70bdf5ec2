using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Tests.Accounts.Keys;
using SnpLive.Tests.Live;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Accounts.Lock;

[Collection(WaysIn.Name)]
public sealed class LockOverHttpTests(AccountsSite site)
{
    private static JsonObject Pin(string pin) => new() { ["requestId"] = Guid.NewGuid(), ["pin"] = pin };

    private static Task<ApiAnswer> Unlock(ApiClient pc, string person, string pin) => pc.Post("/api/session/unlock", new JsonObject { ["person"] = person, ["pin"] = pin });

    private static async Task<string?> WhoIs(ApiClient pc) => (string?)(await pc.Get("/api/session")).Body?["identity"]?["id"];

    /// <summary>A full sign-in on this computer, and the PIN chosen right after it.</summary>
    private static async Task Join(ApiClient pc, string person, string pin)
    {
        Assert.Equal(HttpStatusCode.OK, (await pc.Post("/api/session", new JsonObject { ["identity"] = person })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await pc.Post("/api/account/pin", Pin(pin))).Status);
    }

    /// <summary>A computer that two pharmacists share: the second of them is in front of it.</summary>
    private async Task<ApiClient> Counter()
    {
        var pc = site.Nobody();
        await Join(pc, "t-pha-1", "2580");
        Assert.Equal(HttpStatusCode.NoContent, (await pc.Post("/api/session/share", new JsonObject())).Status);
        await Join(pc, "t-pha-2", "3691");
        return pc;
    }

    [Fact]
    public async Task Locked_nothing_is_read_or_booked_and_the_colleague_who_unlocks_acts_as_herself()
    {
        using var pc = await Counter();
        var slots = await pc.Slots("t", "free");
        var (slot, other) = ((string)slots[30]["id"]!, (string)slots[31]["id"]!);
        Assert.Equal(HttpStatusCode.OK, (await pc.Hold(slot)).Status);
        var copied = pc.Cookies.GetCookieHeader(site.Address);
        await using var screen = await LiveClient.ConnectAsync(site.Address, [new("Cookie", copied)]);
        await screen.WatchAsync("t");

        Assert.Equal(HttpStatusCode.NoContent, (await pc.Post("/api/session/lock", new JsonObject())).Status);
        await screen.Closed.WaitAsync(TimeSpan.FromSeconds(10));
        foreach (var path in (string[])["/api/session", "/api/territories", "/api/territories/t/board", "/api/bookings", "/api/account/pin"])
            Assert.Equal(((HttpStatusCode)423, "session-locked"), ((await pc.Get(path)).Status, (await pc.Get(path)).Code));
        Assert.Equal("session-locked", (await pc.Book(slot, Patient.New())).Code);
        Assert.Equal("session-locked", (await pc.Post("/api/session/share", new JsonObject())).Code);
        await Assert.ThrowsAnyAsync<Exception>(() => LiveClient.ConnectAsync(site.Address, [new("Cookie", copied)]));
        var exit = await pc.Post("/api/emergencies", new JsonObject { ["requestId"] = Guid.NewGuid(), ["territoryId"] = "t" });
        Assert.Equal(HttpStatusCode.Created, exit.Status); // the emergency key knows no lock

        var shown = (await pc.Get("/api/session/lock")).Body!;
        Assert.Equal((true, "t-pha-2", "t-pha-1 t-pha-2"), ((bool)shown["shared"]!, (string?)shown["last"], string.Join(' ', shown["people"]!.AsArray().Select(one => (string?)one!["id"]))));
        Assert.Equal("pin-wrong", (await Unlock(pc, "t-pha-1", "3691")).Code); // her colleague's
        Assert.Equal(HttpStatusCode.Locked, (await pc.Get("/api/session")).Status);

        // Her own again, with what she had in hand: then the colleague, and it is given back.
        Assert.Equal(HttpStatusCode.OK, (await Unlock(pc, "t-pha-2", "3691")).Status);
        var held = await pc.Hold(other);
        Assert.Equal(HttpStatusCode.OK, held.Status);
        await pc.Post("/api/session/lock", new JsonObject());
        var unlocked = await Unlock(pc, "t-pha-1", "2580");
        Assert.Equal(("t-pha-1", 300), ((string?)unlocked.Body!["identity"]!["id"], (int)unlocked.Body["locksAfter"]!));
        Assert.Equal("t-pha-1", await WhoIs(pc));
        await Eventually.True(async () => (await pc.Slots("t", "free")).Any(one => (string?)one["id"] == other), "her hold is given back");
        Assert.Equal(HttpStatusCode.Created, (await pc.Book(other, Patient.New())).Status);

        // What was copied while she was in front of it opens nothing now.
        using var thief = new HttpClient { BaseAddress = site.Address };
        thief.DefaultRequestHeaders.Add("Cookie", copied);
        Assert.Equal(HttpStatusCode.Locked, (await thief.GetAsync(new Uri("/api/session", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Without_the_computers_own_cookie_a_pin_opens_nothing()
    {
        using var pc = await Counter();
        using var elsewhere = site.Nobody();
        Assert.Equal("pc-not-shared", (await Unlock(elsewhere, "t-pha-1", "2580")).Code);
        Assert.False((bool)(await elsewhere.Get("/api/session/lock")).Body!["shared"]!);
        Assert.Equal("full-sign-in-needed", (await Unlock(pc, "t-pha-3", "2580")).Code); // not of this shift
    }

    [Fact]
    public async Task Six_wrong_pins_and_only_a_full_sign_in_helps()
    {
        using var pc = await Counter();
        await pc.Post("/api/session/lock", new JsonObject());
        for (var i = 1; i < 6; i++) Assert.Equal("pin-wrong", (await Unlock(pc, "t-pha-1", "1470")).Code);
        Assert.Equal("full-sign-in-needed", (await Unlock(pc, "t-pha-1", "1470")).Code);
        Assert.Equal("full-sign-in-needed", (await Unlock(pc, "t-pha-1", "2580")).Code);
        Assert.Equal(HttpStatusCode.OK, (await pc.Post("/api/session", new JsonObject { ["identity"] = "t-pha-1" })).Status);
        await pc.Post("/api/session/lock", new JsonObject());
        Assert.Equal(HttpStatusCode.OK, (await Unlock(pc, "t-pha-1", "2580")).Status);
    }

    [Fact]
    public async Task A_pin_is_chosen_right_after_signing_in_and_the_shift_ends()
    {
        using var pc = site.Nobody();
        await pc.Post("/api/session", new JsonObject { ["identity"] = "t-pha-4" });
        Assert.Equal("pin-missing", (await pc.Post("/api/session/share", new JsonObject())).Code);
        Assert.Equal("invalid-input", (await pc.Post("/api/account/pin", Pin("1234"))).Code);
        Assert.Equal("pc-not-shared", (await pc.Post("/api/session/lock", new JsonObject())).Code);
        site.Clock.Offset += TimeSpan.FromMinutes(11);
        Assert.Equal("pin-too-late", (await pc.Post("/api/account/pin", Pin("2580"))).Code);
        Assert.False((bool)(await pc.Get("/api/account/pin")).Body!["mayChange"]!);
        site.Clock.Offset -= TimeSpan.FromMinutes(11);
        Assert.Equal(HttpStatusCode.NoContent, (await pc.Post("/api/account/pin", Pin("2580"))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await pc.Post("/api/session/share", new JsonObject())).Status);
        Assert.Equal("t-pha-4", await WhoIs(pc));
        site.Clock.Offset += TimeSpan.FromHours(10);
        Assert.Equal("session-locked", (await pc.Get("/api/session")).Code);
        Assert.Equal("full-sign-in-needed", (await Unlock(pc, "t-pha-4", "2580")).Code);
        Assert.Empty((await pc.Get("/api/session/lock")).Body!["people"]!.AsArray());
        site.Clock.Offset -= TimeSpan.FromHours(10);
        Assert.Equal(HttpStatusCode.NoContent, (await pc.Post("/api/session/unshare", new JsonObject())).Status);
        Assert.Equal("t-pha-4", await WhoIs(pc)); // goes on as on any computer
        Assert.Equal("pc-not-shared", (await Unlock(pc, "t-pha-4", "2580")).Code);
    }

    [Fact]
    public async Task Who_is_revoked_or_signed_out_cannot_unlock()
    {
        using var coordinator = await site.Demo("t-coo-1");
        using var pc = await Counter();
        using var member = await site.Join(coordinator, "comptoir@ex.fr");
        site.NextCode();
        Assert.Equal(HttpStatusCode.OK, (await pc.Post("/api/session/password", member.SignInBody())).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await pc.Post("/api/account/pin", Pin("1470"))).Status);
        var person = (await WhoIs(pc))!;
        await pc.Post("/api/session/lock", new JsonObject());
        Assert.Equal(HttpStatusCode.OK, (await Unlock(pc, person, "1470")).Status);
        await pc.Post("/api/session/lock", new JsonObject());
        await coordinator.Post($"/api/territories/t/accounts/{person}/revoke", new JsonObject { ["requestId"] = Guid.NewGuid() });
        Assert.Equal("full-sign-in-needed", (await Unlock(pc, person, "1470")).Code);

        Assert.Equal(HttpStatusCode.OK, (await Unlock(pc, "t-pha-2", "3691")).Status);
        await pc.Delete("/api/session");
        Assert.Equal("full-sign-in-needed", (await Unlock(pc, "t-pha-2", "3691")).Code);
        Assert.Equal(HttpStatusCode.OK, (await Unlock(pc, "t-pha-1", "2580")).Status);
    }
}
