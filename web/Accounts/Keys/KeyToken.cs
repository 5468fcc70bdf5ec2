namespace SnpLive.Web.Accounts.Keys;

/// <summary>A key as its machine keeps it: <c>snp_territory.key.secret</c>. The beginning lets scanners of leaked secrets know it.</summary>
internal sealed record KeyToken(string TerritoryId, string KeyId, string Secret)
{
    internal const string Prefix = "snp_";
    private const string Bearer = "Bearer ";
    private const int MaxLength = 256;

    internal string Hash => AccountSecrets.HashToken(Secret);

    /// <summary>Whether a request shows something that claims to be such a key.</summary>
    internal static bool IsShownBy(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith(Bearer + Prefix, StringComparison.Ordinal);

    /// <summary>The key that a request shows; null: none that could be one.</summary>
    internal static KeyToken? Of(HttpRequest request) => IsShownBy(request) ? Read(request.Headers.Authorization.ToString()[Bearer.Length..]) : null;

    internal static KeyToken? Read(string text)
    {
        if (text.Length > MaxLength || !text.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        return text[Prefix.Length..].Split('.') is [var territory, var key, { Length: > 0 } secret] && Ids.IsKey(territory) && Ids.IsKey(key) ? new(territory, key, secret) : null;
    }

    public override string ToString() => $"{Prefix}{TerritoryId}.{KeyId}.{Secret}";
}
