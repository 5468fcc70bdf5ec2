using System.Security.Claims;
using SnpLive.Grains.People.Devices;

namespace SnpLive.Web.Sessions;

/// <summary>How a person proved who they are. The session keeps it, because what ends a session depends on it.</summary>
internal enum SignInMethod
{
    /// <summary>A demonstration identity was chosen; valid while the demonstration is on.</summary>
    Demo,
    /// <summary>Password and one-time code of a local account; valid while the account is active and its stamp the same.</summary>
    Password,
    /// <summary>An OpenID provider (Pro Santé Connect); valid while the professional exists and is not revoked.</summary>
    OpenId,
}

/// <summary>What a session's cookie says: who, by which session, proven how.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ProfessionalId">The person.</param>
/// <param name="Method">How they signed in.</param>
/// <param name="Stamp">The account's stamp at that moment; null for other methods.</param>
/// <param name="Device">Key of the shared computer on which it was opened, and on which alone it is good; null: none.</param>
internal sealed record SessionProof(string SessionId, string ProfessionalId, SignInMethod Method, string? Stamp, string? Device = null)
{
    private const string SessionIdClaim = "sid";
    private const string MethodClaim = ClaimTypes.AuthenticationMethod;
    private const string StampClaim = "stamp";
    private const string DeviceClaim = "pc";

    // As they stand in cookies: never rename one while sessions may be open.
    private static readonly (SignInMethod Method, string Text)[] Methods = [(SignInMethod.Demo, "demo"), (SignInMethod.Password, "pwd+otp"), (SignInMethod.OpenId, "oidc")];

    /// <summary>The proof in a principal; null when it has none that is complete.</summary>
    internal static SessionProof? Of(ClaimsPrincipal user)
    {
        if (user.FindFirstValue(SessionIdClaim) is not { } session || user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } who) return null;
        return MethodOf(user.FindFirstValue(MethodClaim)) is { } method ? new(session, who, method, user.FindFirstValue(StampClaim), user.FindFirstValue(DeviceClaim)) : null;
    }

    /// <summary>The session to which a PIN leads back; null when its method is none of ours.</summary>
    internal static SessionProof? Of(ShiftPerson shift, string device) =>
        MethodOf(shift.Method) is { } method ? new(shift.SessionId, shift.PersonId, method, shift.Stamp, device) : null;

    private static SignInMethod? MethodOf(string? said)
    {
        foreach (var (method, text) in Methods)
            if (text == said) return method;
        return null;
    }

    /// <summary>A method as cookies and answers write it.</summary>
    internal static string Write(SignInMethod method) => Methods.First(one => one.Method == method).Text;

    /// <summary>The claims that the cookie keeps.</summary>
    internal IEnumerable<Claim> Claims()
    {
        yield return new(ClaimTypes.NameIdentifier, ProfessionalId);
        yield return new(SessionIdClaim, SessionId);
        yield return new(MethodClaim, Write(Method));
        if (Stamp is not null) yield return new(StampClaim, Stamp);
        if (Device is not null) yield return new(DeviceClaim, Device);
    }
}
