using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;

namespace SnpLive.Web.Security;

/// <summary>A random token, new at each start, in a file that only the server's owner can read: who can read it operates this server.</summary>
internal sealed class OperatorToken
{
    internal const string Header = "X-Snp-Operator";
    internal const string Policy = "operator";
    internal const string Scheme = "operator";
    private const int Bytes = 32;

    private readonly byte[] digest;

    public OperatorToken(ServerOptions server)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        digest = Digest(token);
        Write(FileIn(server.Data), token);
    }

    internal static string FileIn(string data) => Path.Combine(data, "operator.token");

    /// <summary>Compares in constant time, whatever the length of what was sent.</summary>
    internal bool Is(string? sent) => sent is not null && CryptographicOperations.FixedTimeEquals(digest, Digest(sent));

    private static byte[] Digest(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static void Write(string file, string token)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var fresh = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(fresh, options)) writer.Write(token);
        File.Move(fresh, file, overwrite: true);
    }
}

/// <summary>Recognises the operator by the token's header.</summary>
internal sealed class OperatorHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, OperatorToken token)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Request.Headers.TryGetValue(OperatorToken.Header, out var sent)) return Task.FromResult(AuthenticateResult.NoResult());
        if (!token.Is(sent)) return Task.FromResult(AuthenticateResult.Fail("Wrong token."));
        var identity = new ClaimsIdentity([new(ClaimTypes.Role, OperatorToken.Policy)], Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(new(new(identity), Scheme.Name)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Problem.Write(Context, Problem.NotSignedIn);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Problem.Write(Context, Problem.Forbidden);
}
