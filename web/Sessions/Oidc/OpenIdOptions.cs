using SnpLive.Web.Hosting;

namespace SnpLive.Web.Sessions.Oidc;

/// <summary>An OpenID provider at which people sign in; the defaults are Pro Santé Connect's (sas-fhir reference §8.1). Section <c>OpenId</c>.</summary>
internal sealed record OpenIdOptions
{
    /// <summary>The issuer's address; null: there is no provider.</summary>
    public Uri? Authority { get; init; }
    /// <summary>Where its metadata stand; null: at the usual place below the issuer. Pro Santé Connect: <c>…/.well-known/wallet-openid-configuration</c>.</summary>
    public string? Metadata { get; init; }
    /// <summary>Our id at the provider.</summary>
    public string ClientId { get; init; } = "";
    /// <summary>Our secret at the provider: from the environment (<c>OpenId__ClientSecret</c>) or <see cref="ClientSecretFile"/>, never from the repository.</summary>
    public string? ClientSecret { get; init; }
    /// <summary>A file that holds the secret.</summary>
    public string? ClientSecretFile { get; init; }
    /// <summary>What the provider is called on the sign-in page.</summary>
    public string Name { get; init; } = "Pro Santé Connect";
    /// <summary>How strongly people must be known, asked for and then demanded of the answer; empty: as the provider likes.</summary>
    public string Acr { get; init; } = "eidas1";
    /// <summary>Scopes, separated by spaces.</summary>
    public string Scopes { get; init; } = "openid scope_all";
    /// <summary>The claim that holds the national id: <c>8</c> and the 11 digits of the RPPS number.</summary>
    public string IdClaim { get; init; } = "SubjectNameID";
    /// <summary>How long the provider may take for each answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
    /// <summary>Keys and addresses of the provider are read again at most so often when a signature is not known: a key may have been changed.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromSeconds(10);
    /// <summary>How far the provider's clock may be off.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(1);

    internal string? Secret() => ClientSecretFile is { } file ? File.ReadAllText(file).Trim() : ClientSecret;

    /// <summary>What hinders a start with these options; empty: nothing.</summary>
    internal IEnumerable<string> Problems(ServerOptions server)
    {
        if (Authority is not { } authority) yield break;
        if (server.Demo) yield return Messages.OpenIdBesideDemo;
        if (!authority.IsAbsoluteUri || (authority.Scheme != Uri.UriSchemeHttps && !authority.IsLoopback)) yield return Messages.OpenIdAuthority;
        if (string.IsNullOrWhiteSpace(ClientId)) yield return Messages.OpenIdClient;
        if (ClientSecretFile is not null && !File.Exists(ClientSecretFile)) yield return Messages.OpenIdSecretFile(ClientSecretFile);
    }
}
