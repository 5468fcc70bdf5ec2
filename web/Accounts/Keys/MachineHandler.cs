using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using SnpLive.Grains.People.Keys;
using SnpLive.Grains.Territories;
using SnpLive.Web.Calls;
using SnpLive.Web.Problems;

namespace SnpLive.Web.Accounts.Keys;

/// <summary>Recognises a machine by its key. It has roles only, one per scope, and is nobody: what takes a person refuses it.</summary>
internal sealed class MachineHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, MachineKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    internal const string SchemeName = "machine";
    /// <summary>Policy of <see cref="KeyScope.SlotsRead"/>.</summary>
    internal const string SlotsPolicy = "slots.read";
    private const string Territory = "territory";
    private bool tooMany;

    /// <summary>How the contract writes scopes; also the roles they give.</summary>
    internal static readonly CodeList<KeyScope> Scopes = new([(TelephonyHandler.Policy, KeyScope.Telephony), (SlotsPolicy, KeyScope.SlotsRead)]);

    /// <summary>The territory whose key was shown.</summary>
    internal static string? TerritoryOf(ClaimsPrincipal user) => user.FindFirstValue(Territory);

    /// <summary>Scopes that a key of this territory can use: telephone events belong to the file that describes the centre.</summary>
    internal static IEnumerable<KeyScope> ScopesIn(TerritoryDocument territory) => territory.Sas.Calls is null ? [KeyScope.SlotsRead] : [KeyScope.Telephony, KeyScope.SlotsRead];

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!KeyToken.IsShownBy(Request)) return AuthenticateResult.NoResult();
        var address = Context.Connection.RemoteIpAddress;
        tooMany = !keys.Admits(address);
        if (tooMany) return AuthenticateResult.Fail("Too many wrong keys.");
        if (KeyToken.Of(Request) is not { } token || await keys.Find(token) is not var (territory, key))
        {
            keys.Wrong(address);
            return AuthenticateResult.Fail("Wrong key.");
        }
        await keys.Note(territory.Id, key);
        return AuthenticateResult.Success(new(new(new ClaimsIdentity(Claims(territory, key), Scheme.Name)), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Problem.Write(Context, tooMany ? KeyProblems.TooManyWrong : KeyProblems.Invalid);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Problem.Write(Context, KeyProblems.NoScope);

    private static IEnumerable<Claim> Claims(TerritoryDocument territory, MachineKey key)
    {
        yield return new(Territory, territory.Id);
        var scopes = ScopesIn(territory).Where(key.Scopes.Contains).ToArray();
        foreach (var scope in scopes) yield return new(ClaimTypes.Role, Scopes.Write(scope));
        if (scopes.Contains(KeyScope.Telephony)) yield return new(TelephonyHandler.Centre, territory.Sas.Id);
    }
}
