using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using SnpLive.Grains.People;
using SnpLive.Tests.Live;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Accounts;

public sealed class AccountsOverHttpTests(AccountsSite site) : IClassFixture<AccountsSite>
{
    private static JsonObject Command() => new() { ["requestId"] = Guid.NewGuid() };

    [Fact]
    public async Task From_the_operators_invitation_to_a_session_and_back_in_with_password_and_code()
    {
        using var invited = await site.Operator("/api/operator/invitations", new JsonObject { ["requestId"] = Guid.NewGuid(), ["territoryId"] = "t", ["email"] = "Premiere@cpts.FR", ["name"] = "Première Coordinatrice" });
        Assert.Equal(HttpStatusCode.OK, invited.StatusCode);
        var token = AccountsSite.TokenOf((string?)(await invited.Content.ReadFromJsonAsync<JsonObject>())!["link"]);
        using var client = site.Nobody();
        var look = await client.Post("/api/invitations/look", new JsonObject { ["token"] = token });
        Assert.Equal(("Première Coordinatrice", "premiere@cpts.fr", "coordinator"), ((string?)look.Body!["name"], (string?)look.Body["login"], (string?)look.Body["role"]));
        var shown = await client.Post("/api/invitations/accept", new JsonObject { ["requestId"] = Guid.NewGuid(), ["token"] = token, ["password"] = Member.FirstPassword });
        var secret = (string)shown.Body!["secret"]!;
        Assert.Contains($"secret={secret}&issuer=SnpLive", (string?)shown.Body["uri"], StringComparison.Ordinal);
        Assert.StartsWith("<svg", (string?)shown.Body["qr"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.Get("/api/session")).Status); // not before the first code
        using var member = new Member(site, client, "premiere@cpts.fr", secret, token);
        var activate = new JsonObject { ["requestId"] = Guid.NewGuid(), ["token"] = token, ["code"] = member.Code };
        var active = await client.Post("/api/invitations/activate", activate.DeepClone());
        Assert.Equal(10, active.Body!["recoveryCodes"]!.AsArray().Distinct().Count());
        var again = await client.Post("/api/invitations/activate", activate.DeepClone()); // its answer was lost: the same once more
        Assert.Equal(active.Body.ToJsonString(), again.Body!.ToJsonString());
        var session = await client.Get("/api/session");
        Assert.Equal(("Première Coordinatrice", "pwd+otp"), ((string?)session.Body!["identity"]!["name"], (string?)session.Body["method"]));
        Assert.Equal(HttpStatusCode.OK, (await client.Get("/api/territories/t/accounts")).Status);

        await client.Delete("/api/session");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.Get("/api/session")).Status);
        site.NextCode();
        var (other, answer) = await member.SignIn();
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(HttpStatusCode.OK, (await other.Get("/api/territories")).Status);
        other.Dispose();
    }

    [Fact]
    public async Task A_link_is_good_once_and_not_for_ever()
    {
        using var coordinator = await site.Demo("t-coo-1");
        using var member = await site.Join(coordinator, "unefois@ex.fr");
        using var nobody = site.Nobody();
        JsonObject Accept(string token) => new() { ["requestId"] = Guid.NewGuid(), ["token"] = token, ["password"] = "un autre mot de passe" };
        Assert.Equal("invitation-invalid", (await nobody.Post("/api/invitations/accept", Accept(member.Token))).Code); // used
        var old = await AccountsSite.Invite(coordinator, "trop.tard@ex.fr");
        Assert.Equal("invitation-invalid", (await nobody.Post("/api/invitations/accept", Accept(old[..^1] + (old[^1] == 'A' ? 'B' : 'A')))).Code); // guessed
        site.Clock.Offset += TimeSpan.FromMinutes(10);
        Assert.Equal("invitation-invalid", (await nobody.Post("/api/invitations/look", new JsonObject { ["token"] = old })).Code);
        Assert.Equal("invitation-invalid", (await nobody.Post("/api/invitations/accept", Accept(old))).Code); // expired
    }

    [Theory]
    [InlineData("court")]
    [InlineData("azertyuiop123")]
    [InlineData("12-MotDePasse-2026!")]
    [InlineData("faible.mdp au bureau")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    public async Task A_weak_password_is_refused_with_a_sentence(string password)
    {
        using var coordinator = await site.Demo("t-coo-1");
        var token = await AccountsSite.Invite(coordinator, $"faible.mdp@ex{password.Length}.fr");
        using var nobody = site.Nobody();
        var answer = await nobody.Post("/api/invitations/accept", new JsonObject { ["requestId"] = Guid.NewGuid(), ["token"] = token, ["password"] = password });
        Assert.Equal("invalid-input", answer.Code);
        Assert.NotEmpty((string?)answer.Body!["errors"]!["password"]![0] ?? "");
    }

    [Fact]
    public async Task Whatever_is_wrong_the_answer_is_the_same_and_so_is_a_used_code()
    {
        using var coordinator = await site.Demo("t-coo-1");
        using var member = await site.Join(coordinator, "secret@ex.fr");
        using var nobody = site.Nobody();
        site.NextCode();
        var code = member.Code;
        var (signedIn, first) = await member.SignIn(code: code);
        signedIn.Dispose();
        Assert.Equal(HttpStatusCode.OK, first.Status);
        ApiAnswer[] refused =
        [
            (await member.SignIn(code: code)).Answer, // used
            (await member.SignIn(code: member.WrongCode)).Answer,
            (await member.SignIn(password: "pas le bon mot de passe")).Answer,
            await nobody.Post("/api/session/password", new JsonObject { ["login"] = "inconnu@ex.fr", ["password"] = member.Password, ["code"] = member.Code }),
        ];
        Assert.All(refused, one => Assert.Equal((HttpStatusCode.UnprocessableEntity, refused[0].Body!.ToJsonString()), (one.Status, one.Body!.ToJsonString())));
        Assert.Equal("sign-in-refused", refused[0].Code);
    }

    [Fact]
    public async Task Too_many_wrong_proofs_lock_the_account_for_a_while()
    {
        using var coordinator = await site.Demo("t-coo-1");
        using var member = await site.Join(coordinator, "bloque@ex.fr");
        site.NextCode();
        for (var i = 0; i < 5; i++) Assert.Equal("sign-in-refused", (await member.SignIn(password: "au hasard, encore une fois")).Answer.Code);
        Assert.Equal("sign-in-refused", (await member.SignIn()).Answer.Code); // right now, and locked
        Assert.Equal(HttpStatusCode.OK, (await member.Client.Get("/api/session")).Status); // who is in stays in
        site.NextCode();
        Assert.Equal(HttpStatusCode.OK, (await member.SignIn()).Answer.Status);
    }

    [Fact]
    public async Task A_recovery_code_opens_once()
    {
        using var coordinator = await site.Demo("t-coo-1");
        using var member = await site.Join(coordinator, "perdu@ex.fr");
        Assert.Equal(HttpStatusCode.OK, (await member.SignIn(code: member.RecoveryCodes[3].ToLowerInvariant())).Answer.Status);
        Assert.Equal("sign-in-refused", (await member.SignIn(code: member.RecoveryCodes[3])).Answer.Code);
        Assert.Equal(9, (int?)(await member.Client.Get("/api/account")).Body!["recoveryCodesLeft"]);
    }

    [Fact]
    public async Task Only_the_coordination_of_the_territory_sees_and_invites_its_members()
    {
        using var nobody = site.Nobody();
        using var pharmacist = await site.Demo("t-pha-1");
        using var regulator = await site.Demo("t-reg-1");
        using var stranger = await site.Demo("u-coo-1");
        var invitation = AccountsSite.Invitation([AccountsSite.Person("intrus@ex.fr")]);
        foreach (var (who, status) in new[] { (nobody, HttpStatusCode.Unauthorized), (pharmacist, HttpStatusCode.Forbidden), (regulator, HttpStatusCode.Forbidden), (stranger, HttpStatusCode.NotFound) })
        {
            Assert.Equal(status, (await who.Get("/api/territories/t/accounts")).Status);
            Assert.Equal(status, (await who.Post("/api/territories/t/invitations", invitation.DeepClone())).Status);
            Assert.Equal(status, (await who.Post("/api/territories/t/accounts/t-pha-1/revoke", Command())).Status);
        }
        using var own = await site.Demo("t-coo-1");
        Assert.Equal("person-unknown", (await own.Post("/api/territories/t/accounts/u-pha-1/revoke", Command())).Code); // another territory's member
        Assert.Equal("not-yourself", (await own.Post("/api/territories/t/accounts/t-coo-1/revoke", Command())).Code);
        using var withSession = await site.Operator("/api/operator/invitations", Command());
        Assert.Equal(HttpStatusCode.BadRequest, withSession.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await own.Post("/api/operator/invitations", Command())).Status);
    }

    [Fact]
    public async Task Nobody_is_given_a_link_to_be_somebody_of_another_territory_too()
    {
        await site.Put(new("t-both", null, "Deux Territoires", null, Role.TeleSecretary, "t-tele", null, ["t", "u"], [], [], Demo: false));
        using var coordinator = await site.Demo("t-coo-1");
        JsonObject[] both = [new() { ["personId"] = "t-both", ["email"] = "deux@ex.fr" }];
        var refused = await coordinator.Post("/api/territories/t/invitations", AccountsSite.Invitation(both));
        Assert.Equal((null, true), ((string?)refused.Body!["people"]![0]!["link"], ((string?)refused.Body["people"]![0]!["problem"])!.Contains("autre territoire", StringComparison.Ordinal)));
        using var byOperator = await site.Operator("/api/operator/invitations", new JsonObject { ["requestId"] = Guid.NewGuid(), ["territoryId"] = "t", ["email"] = "deux@ex.fr", ["personId"] = "t-both" });
        Assert.NotNull((await byOperator.Content.ReadFromJsonAsync<JsonObject>())!["link"]);
        Assert.Equal(HttpStatusCode.NoContent, (await coordinator.Post("/api/territories/t/accounts/t-both/revoke", Command())).Status); // to keep out is safe
    }

    [Fact]
    public async Task Sixty_are_invited_in_one_go_once_and_a_wrong_line_stops_no_other()
    {
        using var coordinator = await site.Demo("t-coo-1");
        JsonObject[] people = [.. Enumerable.Range(1, 60).Select(n => AccountsSite.Person($"membre{n}@liste.fr"))];
        people[4]["email"] = "pas une adresse";
        people[5]["role"] = "regulator"; // a SAS's people come with its file
        people[6]["organizationId"] = "u-pha";
        people[7]["email"] = "MEMBRE1@liste.fr"; // twice
        var requestId = Guid.NewGuid();
        var first = await coordinator.Post("/api/territories/t/invitations", AccountsSite.Invitation([.. people.Select(one => one.DeepClone().AsObject())], requestId));
        var lines = first.Body!["people"]!.AsArray();
        Assert.Equal([5, 6, 7, 8], Enumerable.Range(1, 60).Where(n => lines[n - 1]!["problem"] is not null));
        Assert.Equal(56, lines.Count(one => one!["link"] is not null));
        var count = (await coordinator.Get("/api/territories/t/accounts")).Body!["people"]!.AsArray().Count;
        var again = await coordinator.Post("/api/territories/t/invitations", AccountsSite.Invitation([.. people.Select(one => one.DeepClone().AsObject())], requestId));
        Assert.Equal(56, again.Body!["people"]!.AsArray().Count(one => one!["link"] is not null));
        var listed = (await coordinator.Get("/api/territories/t/accounts")).Body!["people"]!.AsArray();
        Assert.Equal(count, listed.Count);
        Assert.Equal(56, listed.Count(one => ((string?)one!["login"])?.EndsWith("@liste.fr", StringComparison.Ordinal) == true && (string?)one["status"] == "invited"));
        using var nobody = site.Nobody();
        Assert.Equal("invitation-invalid", (await nobody.Post("/api/invitations/look", new JsonObject { ["token"] = AccountsSite.TokenOf((string?)lines[0]!["link"]) })).Code); // renewed
        var other = await coordinator.Post("/api/territories/t/invitations", AccountsSite.Invitation([AccountsSite.Person("membre1@liste.fr")]));
        Assert.NotNull(other.Body!["people"]![0]!["problem"]); // another person under the same address
    }

    [Fact]
    public async Task A_changed_password_ends_the_other_sessions_and_a_changed_factor_the_old_codes()
    {
        using var coordinator = await site.Demo("t-coo-1");
        using var member = await site.Join(coordinator, "change@ex.fr");
        site.NextCode();
        var (other, _) = await member.SignIn();
        Assert.Equal(2, (await member.Client.Get("/api/account")).Body!["sessions"]!.AsArray().Count);
        site.NextCode();
        JsonObject Change(string now, string code, string next) => new() { ["requestId"] = Guid.NewGuid(), ["password"] = now, ["code"] = code, ["newPassword"] = next };
        var stolen = member.Client.Cookies.GetCookieHeader(site.Address);
        Assert.Equal("proof-wrong", (await member.Client.Post("/api/account/password", Change("deviné au hasard", member.Code, "trois petits tours"))).Code);
        Assert.Equal(HttpStatusCode.NoContent, (await member.Client.Post("/api/account/password", Change(member.Password, member.Code, "trois petits tours"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await member.Client.Get("/api/account")).Status); // with its new cookie
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.Get("/api/session")).Status);
        using var thief = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = site.Address };
        thief.DefaultRequestHeaders.Add("Cookie", stolen);
        using var copied = await thief.GetAsync(new Uri("/api/session", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, copied.StatusCode); // the stamp is another
        site.NextCode();
        var old = member.Secret;
        var shown = await member.Client.Post("/api/account/factor", new JsonObject { ["requestId"] = Guid.NewGuid(), ["password"] = "trois petits tours", ["code"] = member.Code });
        var secret = (string)shown.Body!["secret"]!;
        Assert.Equal("code-wrong", (await member.Client.Post("/api/account/factor/confirm", new JsonObject { ["requestId"] = Guid.NewGuid(), ["code"] = member.WrongCode })).Code);
        var confirmed = await member.Client.Post("/api/account/factor/confirm", new JsonObject { ["requestId"] = Guid.NewGuid(), ["code"] = site.CodeOf(secret) });
        Assert.Equal(10, confirmed.Body!["recoveryCodes"]!.AsArray().Count);
        site.NextCode();
        Assert.Equal("sign-in-refused", (await member.SignIn("trois petits tours", site.CodeOf(old))).Answer.Code);
        Assert.Equal("sign-in-refused", (await member.SignIn("trois petits tours", member.RecoveryCodes[0])).Answer.Code);
        Assert.Equal(HttpStatusCode.OK, (await member.SignIn("trois petits tours", site.CodeOf(secret))).Answer.Status);
        other.Dispose();
    }

    [Fact]
    public async Task Who_is_revoked_loses_session_board_and_hold_within_ten_seconds()
    {
        using var coordinator = await site.Demo("t-coo-1");
        using var witness = await site.Demo("t-pha-1");
        using var member = await site.Join(coordinator, "parti@ex.fr");
        var slot = (string)(await member.Client.Slots("t", "free"))[20]["id"]!;
        Assert.Equal(HttpStatusCode.OK, (await member.Client.Hold(slot)).Status);
        await using var screen = await LiveClient.ConnectAsync(site.Address, [new("Cookie", member.Client.Cookies.GetCookieHeader(site.Address))]);
        await screen.WatchAsync("t");
        await screen.UntilAsync(one => one.Picture("t")?.StateOf(slot) == "held", "her own hold on her screen");
        var person = (string)(await member.Client.Get("/api/session")).Body!["identity"]!["id"]!;

        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal(HttpStatusCode.NoContent, (await coordinator.Post($"/api/territories/t/accounts/{person}/revoke", Command())).Status);
        await screen.Closed.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.Unauthorized, (await member.Client.Get("/api/session")).Status);
        await Eventually.True(async () => (await witness.Slots("t", "free")).Any(one => (string?)one["id"] == slot), "her hold is given back", TimeSpan.FromSeconds(10));
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 10);
        site.NextCode();
        Assert.Equal("sign-in-refused", (await member.SignIn()).Answer.Code);
        await Assert.ThrowsAnyAsync<Exception>(() => LiveClient.ConnectAsync(site.Address, [new("Cookie", member.Client.Cookies.GetCookieHeader(site.Address))]));

        // Invited again she is somebody else to the server: the old password is worth nothing.
        var again = await coordinator.Post("/api/territories/t/invitations", AccountsSite.Invitation([new() { ["personId"] = person }]));
        Assert.NotNull(again.Body!["people"]![0]!["link"]);
        Assert.Equal("sign-in-refused", (await member.SignIn()).Answer.Code);
    }

    [Fact]
    public async Task Who_was_invited_is_a_colleague_like_any_other()
    {
        using var coordinator = await site.Demo("t-coo-1");
        using var member = await site.Join(coordinator, "collegue@ex.fr");
        using var colleague = await site.Demo("t-pha-2");
        var booked = await member.Client.Book((string)(await member.Client.Slots("t", "free"))[24]["id"]!, Patient.New());
        Assert.Equal(HttpStatusCode.Created, booked.Status);
        Assert.Contains((string)booked.Body!["bookingId"]!, (await colleague.Get("/api/bookings")).Body!.ToJsonString(), StringComparison.Ordinal);
        using var doctor = await site.Join(coordinator, "medecin@ex.fr", "generalPractitioner");
        Assert.Contains((await colleague.Get("/api/territories/t/members")).Body!.AsArray(), one => (string?)one!["name"] == "Personne medecin");
    }

    [Fact]
    public async Task A_revocation_done_elsewhere_ends_the_live_link_too()
    {
        using var coordinator = await site.Demo("t-coo-1");
        using var member = await site.Join(coordinator, "ailleurs@ex.fr");
        var person = (string)(await member.Client.Get("/api/session")).Body!["identity"]!["id"]!;
        await using var screen = await LiveClient.ConnectAsync(site.Address, [new("Cookie", member.Client.Cookies.GetCookieHeader(site.Address))]);
        await screen.WatchAsync("t");
        // As another node would: to the grain, and nobody here is told.
        await site.RevokeElsewhere(person);
        await screen.Closed.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.Unauthorized, (await member.Client.Get("/api/session")).Status);
    }

    [Fact]
    public async Task Neither_secret_nor_password_nor_link_stands_in_the_database()
    {
        using var coordinator = await site.Demo("t-coo-1");
        using var member = await site.Join(coordinator, "clair@ex.fr");
        var files = new[] { "ledger.db", "ledger.db-wal" }.Select(name => ReadShared(Path.Combine(site.Data, name))).ToArray();
        Assert.Contains(files, one => Contains(one, "clair@ex.fr")); // it is the right place
        foreach (var secret in new[] { member.Secret, member.Password, member.Token.Split('.')[1], member.RecoveryCodes[0], member.RecoveryCodes[0].Replace("-", "", StringComparison.Ordinal) })
            Assert.All(files, one => Assert.False(Contains(one, secret)));
    }

    private static bool Contains(byte[] file, string text) => file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
