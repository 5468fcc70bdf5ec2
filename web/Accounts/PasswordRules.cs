using System.Collections.Frozen;
using System.Text;

namespace SnpLive.Web.Accounts;

/// <summary>What a password must be: long, not the login, not one that everybody tries. No composition rules (CNIL 2022-100, NIST SP 800-63B).</summary>
internal static class PasswordRules
{
    internal const int MinLength = 12;
    internal const int MaxLength = 200;
    /// <summary>Shorter parts of a login stand in many words by chance.</summary>
    private const int LoginPart = 4;
    private static readonly Lazy<FrozenSet<string>> Common = new(ReadCommon);

    /// <summary>A password as it is hashed: one Unicode form, so that it is the same from every keyboard; half a character becomes a sign for it.</summary>
    internal static string Normal(string? typed) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(typed ?? "")).Normalize();

    /// <summary>What is wrong, as a sentence; null: nothing.</summary>
    internal static string? Fault(string password, string login)
    {
        if (password.Length < MinLength) return AccountMessages.PasswordTooShort(MinLength);
        if (password.Length > MaxLength) return AccountMessages.PasswordTooLong(MaxLength);
        var lower = password.ToLowerInvariant();
        var name = login.Split('@')[0];
        if (lower.Contains(login, StringComparison.Ordinal) || (name.Length >= LoginPart && lower.Contains(name, StringComparison.Ordinal))) return AccountMessages.PasswordIsLogin;
        return IsCommon(lower) ? AccountMessages.PasswordCommon : null;
    }

    /// <summary>On the list; or a word of it, once or repeated, with figures and signs around it; or hardly any different characters.</summary>
    private static bool IsCommon(string lower)
    {
        if (Common.Value.Contains(lower) || lower.Distinct().Count() < 4) return true;
        var first = lower.AsSpan().IndexOfAnyInRange('a', 'z');
        if (first < 0) return false;
        var core = lower[first..(lower.AsSpan().LastIndexOfAnyInRange('a', 'z') + 1)];
        return Enumerable.Range(1, core.Length).Any(times => core.Length % times == 0 && IsRepeated(core, core[..(core.Length / times)]) && Common.Value.Contains(core[..(core.Length / times)]));
    }

    private static bool IsRepeated(string text, string part) => text == string.Concat(Enumerable.Repeat(part, text.Length / part.Length));

    private static FrozenSet<string> ReadCommon()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("CommonPasswords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
