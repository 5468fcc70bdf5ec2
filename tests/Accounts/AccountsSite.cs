using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OtpNet;
using SnpLive.Grains;
using SnpLive.Grains.People;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Support;
using SnpLive.Web;
using SnpLive.Web.Territories;

namespace SnpLive.Tests.Accounts;

/// <summary>The whole product in this process with two territories, a clock that a test moves, and quick passwords.</summary>
public sealed class AccountsSite : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private WebApplication app = null!;

    internal MovedClock Clock { get; } = new();
    internal Uri Address => new(app.Urls.First());
    internal string Data => folder.File("data");

    public async ValueTask InitializeAsync()
    {
        app = SnpApp.Build(
            ["--port", "0", "--data", Data, "--contentRoot", Repository.Web, "--demo-territories", "false", "--Accounts:PasswordIterations", "1000", "--Accounts:RefusalTakes", "00:00:00.05",
                "--Accounts:InvitationLasts", "00:10:00", "--Accounts:TriesPerAddress", "100000", "--Accounts:TriesPerLogin", "1000"],
            builder => { builder.Services.AddKeyedSingleton<TimeProvider>(Clocks.Domain, Clock); builder.Logging.SetMinimumLevel(LogLevel.Error); });
        await app.StartAsync();
        using var answer = await Operator("/api/import", new JsonObject
        {
            ["files"] = new JsonArray([.. new[] { "t", "u" }.Select(id => new JsonObject { ["name"] = $"{id}.json", ["content"] = TestTerritory.Of(id, $"sas-{id}", doctors: 1).ToJsonString() })]),
        });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>Sends as the operator.</summary>
    internal async Task<HttpResponseMessage> Operator(string path, JsonNode body)
    {
        using var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Add("X-Snp-Operator", await File.ReadAllTextAsync(Path.Combine(Data, "operator.token")));
        return await http.PostAsJsonAsync(path, body);
    }

    internal Task<ApiClient> Demo(string identity) => ApiClient.SignIn(Address, identity);

    internal ApiClient Nobody() => ApiClient.Anonymous(Address);

    /// <summary>Revokes past this node's web.</summary>
    internal Task RevokeElsewhere(string person) => app.Services.GetRequiredService<IGrainFactory>().GetGrain<IAccountGrain>(person)
        .Execute(new RevokeAccount("t", Guid.NewGuid().ToString("N")) { RequestId = Guid.NewGuid(), By = "t-coo-1" });

    /// <summary>Adds somebody to territory t's invited people, as they are.</summary>
    internal async Task Put(Professional person)
    {
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        await grains.GetGrain<IProfessionalGrain>(person.Id).Put(person);
        await grains.GetGrain<IMembersGrain>("t").Keep([person]);
        await app.Services.GetRequiredService<TerritoryCatalogue>().Renew();
    }

    /// <summary>Time goes on to another code.</summary>
    internal void NextCode() => Clock.Offset += TimeSpan.FromSeconds(30);

    internal string CodeOf(string secret) => new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(Clock.GetUtcNow().UtcDateTime);

    /// <summary>Invites a new person; answers with the link's token.</summary>
    internal static async Task<string> Invite(ApiClient coordinator, string email, string role = "pharmacist")
    {
        var answer = await coordinator.Post("/api/territories/t/invitations", Invitation([Person(email, role)]));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return TokenOf((string?)answer.Body!["people"]![0]!["link"]);
    }

    internal static JsonObject Invitation(JsonObject[] people, Guid? requestId = null) => new() { ["requestId"] = requestId ?? Guid.NewGuid(), ["people"] = new JsonArray([.. people]) };

    internal static JsonObject Person(string email, string role = "pharmacist") => new() { ["name"] = $"Personne {email.Split('@')[0]}", ["email"] = email, ["role"] = role, ["organizationId"] = "t-pha" };

    internal static string TokenOf(string? link) => link?.Split('#')[1] ?? throw new InvalidOperationException("No link.");

    /// <summary>From the invitation to an open session.</summary>
    internal async Task<Member> Join(ApiClient coordinator, string email, string role = "pharmacist")
    {
        var token = await Invite(coordinator, email, role);
        var client = Nobody();
        var shown = await client.Post("/api/invitations/accept", new JsonObject { ["requestId"] = Guid.NewGuid(), ["token"] = token, ["password"] = Member.FirstPassword });
        Assert.Equal(HttpStatusCode.OK, shown.Status);
        var member = new Member(this, client, email, (string)shown.Body!["secret"]!, token);
        var active = await client.Post("/api/invitations/activate", new JsonObject { ["requestId"] = Guid.NewGuid(), ["token"] = token, ["code"] = member.Code });
        Assert.Equal(HttpStatusCode.OK, active.Status);
        member.RecoveryCodes = [.. active.Body!["recoveryCodes"]!.AsArray().Select(one => (string)one!)];
        return member;
    }
}

/// <summary>Somebody with an account, signed in.</summary>
internal sealed class Member(AccountsSite site, ApiClient client, string email, string secret, string token) : IDisposable
{
    internal const string FirstPassword = "quatre chevaux verts au pré";

    internal ApiClient Client => client;
    internal string Email => email;
    internal string Secret { get; set; } = secret;
    internal string Token => token;
    internal string Password { get; set; } = FirstPassword;
    internal string[] RecoveryCodes { get; set; } = [];
    internal string Code => site.CodeOf(Secret);
    /// <summary>A code that is surely wrong.</summary>
    internal string WrongCode => Code == "000000" ? "000001" : "000000";

    internal JsonObject SignInBody(string? password = null, string? code = null) => new() { ["login"] = email, ["password"] = password ?? Password, ["code"] = code ?? Code };

    /// <summary>Signs in from another browser.</summary>
    internal async Task<(ApiClient Client, ApiAnswer Answer)> SignIn(string? password = null, string? code = null)
    {
        var other = site.Nobody();
        return (other, await other.Post("/api/session/password", SignInBody(password, code)));
    }

    public void Dispose() => client.Dispose();
}
