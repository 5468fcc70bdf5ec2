using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using SnpLive.Web.Problems;

namespace SnpLive.Web.Calls;

/// <summary>Who may tell telephone events. Section <c>Telephony</c>.</summary>
internal sealed record TelephonyOptions
{
    /// <summary>By centre: SHA-256 of its key, hexadecimal. Without any, nobody may.</summary>
    public Dictionary<string, string> Keys { get; init; } = [];

    /// <summary>Events older than this are ignored.</summary>
    public TimeSpan OldestEvent { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How far a switch's clock may run ahead.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>Recognises a centre's switch by the key in its header.</summary>
internal sealed class TelephonyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, TelephonyOptions telephony)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    internal const string Header = "X-Snp-Telephony";
    internal const string Policy = "telephony";
    internal const string SchemeName = "telephony";
    /// <summary>Claim: the centre whose key was shown.</summary>
    internal const string Centre = "centre";

    /// <summary>The centre whose key was shown.</summary>
    internal static string? CentreOf(ClaimsPrincipal user) => user.FindFirstValue(Centre);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.Headers.TryGetValue(Header, out var sent)) return Task.FromResult(AuthenticateResult.NoResult());
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(sent.ToString()));
        string? centre = null;
        foreach (var (id, key) in telephony.Keys) // all of them, in constant time each
            if (TryRead(key) is { } known && CryptographicOperations.FixedTimeEquals(known, digest)) centre = id;
        if (centre is null) return Task.FromResult(AuthenticateResult.Fail("Wrong key."));
        var identity = new ClaimsIdentity([new(ClaimTypes.Role, Policy), new(Centre, centre)], Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(new(new(identity), Scheme.Name)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Problem.Write(Context, Problem.NotSignedIn);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Problem.Write(Context, Problem.Forbidden);

    private static byte[]? TryRead(string hex)
    {
        try { return Convert.FromHexString(hex); }
        catch (FormatException) { return null; } // a key that is no digest opens nothing
    }
}
