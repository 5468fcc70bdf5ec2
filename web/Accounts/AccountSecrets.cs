using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OtpNet;
using SnpLive.Grains.People;
using SnpLive.Web.Hosting;

namespace SnpLive.Web.Accounts;

/// <summary>Passwords, one-time codes, recovery codes, links: what is made of chance, hashed or sealed before it goes to a grain.</summary>
internal sealed class AccountSecrets : IDisposable
{
    /// <summary>Recovery codes that a person gets.</summary>
    internal const int RecoveryCodes = 10;
    private const int SecretBytes = 20;
    private const int TokenBytes = 32;
    private const int RecoveryBytes = 10;
    private const int CodeDigits = 6;
    private static readonly object Nobody = new();

    private readonly PasswordHasher<object> hasher, pins;
    private readonly IDataProtector sealer;
    private readonly Clock clock;
    // A password costs a core for a while: more at once than there are cores would only make the boards wait.
    private readonly SemaphoreSlim turns = new(Environment.ProcessorCount);
    private readonly AccountState dummy;

    public AccountSecrets(AccountOptions options, IDataProtectionProvider protection, Clock clock)
    {
        hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = options.PasswordIterations }));
        pins = new(Options.Create(new PasswordHasherOptions { IterationCount = options.PinIterations }));
        sealer = protection.CreateProtector("SnpLive.Accounts.SecondFactor");
        this.clock = clock;
        dummy = new() { PasswordHash = hasher.HashPassword(Nobody, NewToken()), SealedSecret = NewSecret() };
    }

    public void Dispose() => turns.Dispose();

    internal Task<string> Hash(string password) => Hash(hasher, password);

    internal Task<string> HashPin(string pin) => Hash(pins, pin);

    private async Task<string> Hash(PasswordHasher<object> by, string secret)
    {
        await turns.WaitAsync();
        try { return await Task.Run(() => by.HashPassword(Nobody, secret)); }
        finally { turns.Release(); }
    }

    /// <summary>Looks at a password and a code with the same work whether there is an account or not.</summary>
    /// <param name="state">The account; one that is not active counts as none.</param>
    /// <param name="accountId">Part of the recovery codes' hashes.</param>
    /// <param name="password">As typed.</param>
    /// <param name="code">Of the second factor, or a recovery code.</param>
    internal async Task<AccountProof> Look(AccountState? state, string accountId, string password, string code)
    {
        var account = state is { Status: AccountStatus.Active, PasswordHash: not null, SealedSecret: not null } ? state : dummy;
        await turns.WaitAsync();
        bool right;
        try { right = await Task.Run(() => hasher.VerifyHashedPassword(Nobody, account.PasswordHash!, password) != PasswordVerificationResult.Failed); }
        finally { turns.Release(); }
        var step = StepOf(account.SealedSecret!, code);
        return new(account.Stamp, right, step, IsRecoveryCode(code) ? HashRecoveryCode(accountId, code) : null);
    }

    /// <summary>Whether a PIN is the one of this hash.</summary>
    internal async Task<bool> IsRight(string hash, string pin)
    {
        await turns.WaitAsync();
        try { return await Task.Run(() => hasher.VerifyHashedPassword(Nobody, hash, pin) != PasswordVerificationResult.Failed); }
        finally { turns.Release(); }
    }

    /// <summary>The step whose code this is, one before or after the present one at most; null: wrong.</summary>
    internal long? StepOf(string sealedSecret, string code)
    {
        var digits = code.Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length != CodeDigits || !digits.All(char.IsAsciiDigit)) return null;
        var totp = new Totp(Base32Encoding.ToBytes(sealer.Unprotect(sealedSecret)), totpSize: CodeDigits);
        return totp.VerifyTotp(clock.Now.UtcDateTime, digits, out var step, new VerificationWindow(previous: 1, future: 1)) ? step : null;
    }

    /// <summary>A new secret, sealed.</summary>
    internal string NewSecret() => sealer.Protect(Base32Encoding.ToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>The secret as a person types it into an authenticator.</summary>
    internal string Open(string sealedSecret) => sealer.Unprotect(sealedSecret);

    /// <summary>Recovery codes. Made from the secret and the command's id, so that a command repeated because its answer was lost shows the same.</summary>
    internal IReadOnlyList<string> RecoveryCodesOf(string sealedSecret, Guid requestId)
    {
        var key = Base32Encoding.ToBytes(Open(sealedSecret));
        return [.. Enumerable.Range(0, RecoveryCodes).Select(i => Grouped(Base32Encoding.ToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"recovery {requestId:N} {i}")).AsSpan(0, RecoveryBytes).ToArray())))];
    }

    /// <summary>80 bits of chance need no slow hash.</summary>
    internal static string HashRecoveryCode(string accountId, string code) => Sha256($"{accountId} {Plain(code)}");

    internal static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));

    internal static string HashToken(string token) => Sha256(token);

    /// <summary>Key of a login's grain: no address stands in a key.</summary>
    internal static string LoginKey(string login) => Sha256($"login {login}");

    internal static string NewStamp() => Guid.NewGuid().ToString("N");

    private static bool IsRecoveryCode(string code) => Plain(code).Length == RecoveryBytes * 8 / 5;

    private static string Plain(string code) => code.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    private static string Grouped(string code) => string.Join('-', code.Chunk(4).Select(part => new string(part)));

    private static string Sha256(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
