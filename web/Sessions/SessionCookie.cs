using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;

namespace SnpLive.Web.Sessions;

/// <summary>The session as a cookie that scripts cannot read and other sites cannot send.</summary>
internal static class SessionCookie
{
    internal const string Name = "snp";
    private const string SessionId = "sid";
    private const string SignedInAt = "since";

    internal static AuthenticationBuilder AddSessions(this IServiceCollection services, ServerOptions server, SignInLimits limits)
    {
        services.AddDataProtection()
            .SetApplicationName("SnpLive")
            .PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(server.Data, "keys", "sessions")));
        services.AddSingleton(limits);
        services.AddSingleton<ProfessionalDirectory>();
        services.AddSingleton<IActorSource, ActorSource>();
        services.AddSingleton<SessionRegister>();
        services.AddSingleton<DemoIdentities>();
        return services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = Name;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = limits.Idle;
            cookie.SlidingExpiration = true;
            cookie.Events.OnValidatePrincipal = Validate;
            cookie.Events.OnRedirectToLogin = context => Problem.Write(context.HttpContext, Problem.NotSignedIn);
            cookie.Events.OnRedirectToAccessDenied = context => Problem.Write(context.HttpContext, Problem.Forbidden);
        });
    }

    /// <summary>Opens a session for a person.</summary>
    internal static Task SignIn(HttpContext context, string professionalId)
    {
        var claims = new Claim[] { new(ClaimTypes.NameIdentifier, professionalId), new(SessionId, Guid.NewGuid().ToString("N")) };
        var properties = new AuthenticationProperties();
        properties.Items[SignedInAt] = Time(context).GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        return context.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            new(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme)), properties);
    }

    /// <summary>The session of a principal; null when it has none.</summary>
    internal static string? IdOf(ClaimsPrincipal user) => user.FindFirstValue(SessionId);

    private static async Task Validate(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var actor = IsTooOld(context) ? null : await services.GetRequiredService<IActorSource>().Find(context.Principal!);
        if (actor is null) context.RejectPrincipal();
        else new SignedIn(actor, IdOf(context.Principal!)!).Keep(context.HttpContext);
    }

    private static bool IsTooOld(CookieValidatePrincipalContext context) =>
        !context.Properties.Items.TryGetValue(SignedInAt, out var text)
        || !DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var since)
        || Time(context.HttpContext).GetUtcNow() >= since + context.HttpContext.RequestServices.GetRequiredService<SignInLimits>().Absolute;

    private static TimeProvider Time(HttpContext context) => context.RequestServices.GetRequiredService<TimeProvider>();
}
