namespace SnpLive.Web.Sessions.Oidc;

/// <summary>Why nobody was signed in by the provider; told to the page by a stable code.</summary>
internal enum SignInFailure
{
    /// <summary>The person gave up at the provider.</summary>
    Cancelled,
    /// <summary>What came back does not prove who it is: altered, too old, used before, for somebody else.</summary>
    NotProven,
    /// <summary>Proven, and member of no territory here.</summary>
    Unknown,
    /// <summary>The provider does not answer.</summary>
    ProviderDown,
}

/// <summary>The codes of <see cref="SignInFailure"/>, as they stand in the page's address.</summary>
internal static class SignInFailures
{
    internal static string Code(SignInFailure why) => why switch
    {
        SignInFailure.Cancelled => "annulee",
        SignInFailure.Unknown => "inconnu",
        SignInFailure.ProviderDown => "indisponible",
        _ => "refusee",
    };
}

internal static partial class SignInLog
{
    [LoggerMessage(60, LogLevel.Warning, "Nobody was signed in by the provider: {Why} ({Kind}).")]
    internal static partial void SignInRefused(this ILogger logger, SignInFailure why, string? kind);
}
