using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using SnpLive.Grains.People;
using SnpLive.Web.Hosting;
using SnpLive.Web.Live;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions.Lock;

namespace SnpLive.Web.Sessions;

/// <summary>The session as a cookie that scripts cannot read and other sites cannot send.</summary>
internal static class SessionCookie
{
    internal const string Name = "snp";
    /// <summary>On every answer to somebody who is signed in: seconds until the session ends unused, and at the latest.</summary>
    internal const string LimitsHeader = "X-Snp-Session";
    /// <summary>On a request that the page made by itself (a refresh, a look at the end of the session): it does not count as use.</summary>
    internal const string UnattendedHeader = "X-Snp-Unattended";
    private const string SignedInAt = "since";
    private static readonly object IdleLeft = new(), IsLocked = new();

    internal static AuthenticationBuilder AddSessions(this IServiceCollection services, ServerOptions server, SignInLimits limits)
    {
        services.AddDataProtection()
            .SetApplicationName("SnpLive")
            // Of the keys made from now on; those there are keep theirs. Every request opens a cookie: 4 µs, with the default (CBC and a separate HMAC) 11.
            .UseCryptographicAlgorithms(new() { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM })
            .PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(server.Keys, "sessions")));
        services.AddSingleton(limits);
        services.AddSingleton<ProfessionalDirectory>();
        services.AddSingleton<AccountDirectory>();
        services.AddSingleton<SessionEnding>();
        services.AddSingleton<ActorSource>();
        services.AddSingleton<IActorSource>(p => p.GetRequiredService<ActorSource>());
        services.AddSingleton<SessionRegister>();
        services.AddSingleton<Identities>();
        return services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = Name;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = limits.Idle;
            cookie.SlidingExpiration = true;
            cookie.Events.OnCheckSlidingExpiration = Slide;
            cookie.Events.OnValidatePrincipal = Validate;
            cookie.Events.OnRedirectToLogin = context => Problem.Write(context.HttpContext, context.HttpContext.Items.ContainsKey(IsLocked) ? LockProblems.Locked : Problem.NotSignedIn);
            cookie.Events.OnRedirectToAccessDenied = context => Problem.Write(context.HttpContext, Problem.Forbidden);
        });
    }

    /// <summary>Opens a session for a person whose identity was proven; the caller has ended the one before.</summary>
    /// <param name="context">The request.</param>
    /// <param name="professionalId">Who.</param>
    /// <param name="method">How it was proven.</param>
    /// <param name="stamp">The account's stamp, for <see cref="SignInMethod.Password"/>.</param>
    /// <param name="sessionId">The session's id when somebody already keeps it; null: a new one.</param>
    /// <param name="idToken">What the provider gave, to sign out there too; null: no provider.</param>
    internal static async Task SignIn(HttpContext context, string professionalId, SignInMethod method, string? stamp, string? sessionId = null, string? idToken = null)
    {
        var (since, proof) = (Time(context).GetUtcNow(), new SessionProof(sessionId ?? NewId(), professionalId, method, stamp));
        await Write(context, proof with { Device = await context.RequestServices.GetRequiredService<SharedPcs>().Join(context, proof, since) }, since, idToken);
    }

    /// <summary>Opens again, or otherwise, a session that began with a full sign-in some time ago.</summary>
    internal static async Task Reopen(HttpContext context, SessionProof proof, DateTimeOffset since)
    {
        var present = await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        var same = present.Principal is { } user && SessionProof.Of(user)?.SessionId == proof.SessionId;
        await Write(context, proof, since, same ? present.Properties?.GetTokenValue(OpenIdConnectParameterNames.IdToken) : null);
    }

    private static Task Write(HttpContext context, SessionProof proof, DateTimeOffset since, string? idToken)
    {
        var properties = new AuthenticationProperties();
        properties.Items[SignedInAt] = since.ToString("O", CultureInfo.InvariantCulture);
        if (idToken is not null) properties.StoreTokens([new() { Name = OpenIdConnectParameterNames.IdToken, Value = idToken }]);
        return context.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            new(new ClaimsIdentity(proof.Claims(), CookieAuthenticationDefaults.AuthenticationScheme)), properties);
    }

    /// <summary>An id for a new session.</summary>
    internal static string NewId() => Guid.NewGuid().ToString("N");

    private static async Task Validate(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var (since, left) = (SignedInSince(context), AbsoluteLeft(context));
        var actor = left <= TimeSpan.Zero ? null : await ActorOf(context, services);
        if (actor is null)
        {
            context.RejectPrincipal();
            return;
        }
        new SignedIn(actor, SessionProof.Of(context.Principal!)!, context.Principal!) { Since = since!.Value }.Keep(context.HttpContext);
        if (context.HttpContext.Items[IdleLeft] is TimeSpan idle)
            context.HttpContext.Response.Headers[LimitsHeader] = string.Create(CultureInfo.InvariantCulture, $"{(int)idle.TotalSeconds} {(int)left.TotalSeconds}");
    }

    private static async ValueTask<Actor?> ActorOf(CookieValidatePrincipalContext context, IServiceProvider services)
    {
        if (SessionProof.Of(context.Principal!) is not { } proof) return null;
        var (pcs, actors) = (services.GetRequiredService<SharedPcs>(), services.GetRequiredService<ActorSource>());
        await pcs.LockIfLeft(proof, context.Properties.IssuedUtc);
        // The emergency key knows no lock: whose session waits there is who takes it.
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<OpenWhileLocked>() is not null || await pcs.Opens(proof)) return await actors.FindEvenLocked(proof);
        if (await actors.FindEvenLocked(proof) is not null) context.HttpContext.Items[IsLocked] = true;
        return null;
    }

    // Renewed with every use, and not only in the second half of its time: what a screen tells about the end is then simply true.
    // What a page left alone does (its refreshes, its live link coming back) is no use, else no session would ever end.
    private static Task Slide(CookieSlidingExpirationContext context)
    {
        var limits = context.HttpContext.RequestServices.GetRequiredService<SignInLimits>();
        var unattended = context.Request.Headers.ContainsKey(UnattendedHeader) || context.Request.Path.StartsWithSegments(LiveServices.Path, StringComparison.Ordinal);
        context.ShouldRenew = !unattended && context.ElapsedTime >= limits.RenewAfter;
        context.HttpContext.Items[IdleLeft] = context.ShouldRenew ? limits.Idle : context.RemainingTime;
        return Task.CompletedTask;
    }

    private static TimeSpan AbsoluteLeft(CookieValidatePrincipalContext context) =>
        SignedInSince(context) is { } since
            ? since + context.HttpContext.RequestServices.GetRequiredService<SignInLimits>().Absolute - Time(context.HttpContext).GetUtcNow()
            : TimeSpan.Zero;

    private static DateTimeOffset? SignedInSince(CookieValidatePrincipalContext context) =>
        context.Properties.Items.TryGetValue(SignedInAt, out var text)
        && DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var since) ? since : null;

    private static TimeProvider Time(HttpContext context) => context.RequestServices.GetRequiredService<TimeProvider>();
}
