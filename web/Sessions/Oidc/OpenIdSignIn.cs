using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using SnpLive.Grains.People;
using SnpLive.Web.Hosting;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Sessions.Oidc;

/// <summary>
/// Sign-in at an OpenID provider by ASP.NET Core's own handler: authorization code, PKCE, state, nonce, a signed id token. The provider proves who somebody is;
/// what they may do here is said by the territories, where they are found by their RPPS number (never by e-mail, which the provider does not vouch for).
/// </summary>
internal static class OpenIdSignIn
{
    internal const string Scheme = "openid";
    /// <summary>Goes to the provider.</summary>
    internal const string StartPath = "/connexion/fournisseur";
    /// <summary>Ends the session here and there.</summary>
    internal const string EndPath = "/connexion/deconnexion";
    private const string ReturnPath = "/connexion/retour";
    private const string EndedPath = "/connexion/fin";
    private const int RppsDigits = 11;

    /// <summary>Adds the provider, when one is configured.</summary>
    /// <exception cref="StartRefusedException">Its options do not allow a start.</exception>
    internal static AuthenticationBuilder AddOpenId(this AuthenticationBuilder authentication, OpenIdOptions options, ServerOptions server)
    {
        authentication.Services.AddSingleton(options);
        if (options.Authority is null) return authentication;
        if (options.Problems(server).ToList() is { Count: > 0 } problems) throw new StartRefusedException(string.Join(Environment.NewLine, problems));
        return authentication.AddOpenIdConnect(Scheme, options.Name, openId => Configure(openId, options));
    }

    /// <summary>The two ways out of the page: to the provider, and away from it.</summary>
    internal static void MapOpenId(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(StartPath, Start).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapGet(EndPath, End).AllowAnonymous().ExcludeFromDescription();
    }

    private static void Configure(OpenIdConnectOptions openId, OpenIdOptions options)
    {
        openId.Authority = options.Authority!.ToString();
        openId.MetadataAddress = options.Metadata;
        openId.RequireHttpsMetadata = !options.Authority.IsLoopback;
        openId.ClientId = options.ClientId;
        openId.ClientSecret = options.Secret();
        openId.ResponseType = OpenIdConnectResponseType.Code;
        openId.ResponseMode = OpenIdConnectResponseMode.Query; // a form posted from elsewhere would come without our cookies
        openId.UsePkce = true;
        openId.Scope.Clear();
        foreach (var scope in options.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)) openId.Scope.Add(scope);
        openId.MapInboundClaims = false;
        openId.GetClaimsFromUserInfoEndpoint = true;
        openId.ClaimActions.MapUniqueJsonKey(options.IdClaim, options.IdClaim);
        openId.SaveTokens = false;
        openId.DisableTelemetry = true; // the library's name and version are nobody's business
        openId.BackchannelTimeout = options.Timeout;
        openId.RefreshInterval = options.Refresh;
        openId.TokenValidationParameters.ClockSkew = options.ClockSkew;
        openId.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];
        openId.CallbackPath = ReturnPath;
        openId.SignedOutCallbackPath = EndedPath;
        openId.SignInScheme = openId.SignOutScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        foreach (var cookie in new[] { openId.CorrelationCookie, openId.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax; // they come back with a link that the provider follows
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }
        openId.Events = new()
        {
            OnRedirectToIdentityProvider = context =>
            {
                if (options.Acr.Length > 0) context.ProtocolMessage.AcrValues = options.Acr;
                return Task.CompletedTask;
            },
            OnTokenValidated = context =>
            {
                // The handler lets an unsigned token pass, as the code flow allows; we do not. And what was asked for must also have been done.
                if (string.IsNullOrEmpty(context.SecurityToken.RawSignature)) context.Fail("unsigned");
                else if (options.Acr.Length > 0 && context.Principal?.FindFirstValue("acr") != options.Acr) context.Fail("acr");
                else if (context.TokenEndpointResponse?.IdToken is { } token) context.Properties!.StoreTokens([new() { Name = OpenIdConnectParameterNames.IdToken, Value = token }]);
                return Task.CompletedTask;
            },
            OnTicketReceived = context => Admit(context, options),
            OnAccessDenied = context => Leave(context, SignInFailure.Cancelled),
            OnRemoteFailure = context => Leave(context, IsUnreachable(context.Failure) ? SignInFailure.ProviderDown : SignInFailure.NotProven, context.Failure),
        };
    }

    /// <summary>Somebody was proven; the session is opened for the professional of this number.</summary>
    private static async Task Admit(TicketReceivedContext context, OpenIdOptions options)
    {
        var services = context.HttpContext.RequestServices;
        var territories = await services.GetRequiredService<TerritoryCatalogue>().Read();
        var rpps = RppsOf(context.Principal?.FindFirstValue(options.IdClaim));
        if (rpps is null || territories.Professionals.FirstOrDefault(one => one.Rpps == rpps) is not { } professional
            || (await services.GetRequiredService<AccountDirectory>().Find(professional.Id)).Status == AccountStatus.Revoked)
        {
            await Leave(context, SignInFailure.Unknown);
            return;
        }
        context.HandleResponse();
        await SessionCookie.SignIn(context.HttpContext, professional.Id, SignInMethod.OpenId, stamp: null, idToken: context.Properties?.GetTokenValue(OpenIdConnectParameterNames.IdToken));
        context.Response.Redirect("/");
    }

    /// <summary>The RPPS number in a national id (“8” and 11 digits), or as it is; null when it is neither.</summary>
    internal static string? RppsOf(string? nationalId) => nationalId switch
    {
        { Length: RppsDigits + 1 } when nationalId[0] == '8' && nationalId.All(char.IsAsciiDigit) => nationalId[1..],
        { Length: RppsDigits } when nationalId.All(char.IsAsciiDigit) => nationalId,
        _ => null,
    };

    private static async Task Start(HttpContext context, OpenIdOptions options)
    {
        if (options.Authority is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        try { await context.ChallengeAsync(Scheme, new() { RedirectUri = "/" }); }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            Logger(context).SignInRefused(SignInFailure.ProviderDown, error.GetType().Name);
            context.Response.Redirect(PageOf(SignInFailure.ProviderDown));
        }
    }

    private static async Task End(HttpContext context, OpenIdOptions options, SessionEnding present)
    {
        await present.End(context);
        var atProvider = options.Authority is not null && SessionProof.Of(context.User) is { Method: SignInMethod.OpenId };
        try
        {
            if (atProvider) await context.SignOutAsync(Scheme, new() { RedirectUri = "/" }); // with the id token, which the cookie still has
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            Logger(context).SignInRefused(SignInFailure.ProviderDown, error.GetType().Name);
            atProvider = false;
        }
        await context.SignOutAsync();
        if (!atProvider) context.Response.Redirect("/");
    }

    private static bool IsUnreachable(Exception? failure) =>
        failure is HttpRequestException or TaskCanceledException || (failure?.InnerException is { } inner && IsUnreachable(inner));

    private static Task Leave(HandleRequestContext<RemoteAuthenticationOptions> context, SignInFailure why, Exception? failure = null)
    {
        Logger(context.HttpContext).SignInRefused(why, failure?.GetType().Name);
        context.HandleResponse();
        context.Response.Redirect(PageOf(why));
        return Task.CompletedTask;
    }

    private static string PageOf(SignInFailure why) => $"/?page=connexion&erreur={SignInFailures.Code(why)}";

    private static ILogger Logger(HttpContext context) => context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("SnpLive.Web.SignIn");
}
