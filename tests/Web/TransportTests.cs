using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SnpLive.Tests.Support;
using SnpLive.Web.Hosting;

namespace SnpLive.Tests.Web;

/// <summary>TLS by the server itself, and by a proxy before it.</summary>
public sealed class TransportTests
{
    private static async Task<(string Cookie, bool Strict)> SignIn(WebSite site, params (string Name, string Value)[] headers)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=localhost"; // made here a moment ago
        using var http = new HttpClient(handler) { BaseAddress = site.Address };
        foreach (var (name, value) in headers) http.DefaultRequestHeaders.Add(name, value);
        using var response = await http.PostAsJsonAsync("/api/session", new { identity = WebSite.Pharmacist });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (Assert.Single(response.Headers.GetValues("Set-Cookie")), response.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task With_a_certificate_everything_goes_over_tls_and_stays_there()
    {
        using var folder = new TemporaryFolder();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(folder.File("site.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(folder.File("site.key"), key.ExportPkcs8PrivateKeyPem());
        await using var site = await WebSite.Start("--Tls:Certificate", folder.File("site.pem"), "--Tls:Key", folder.File("site.key"));
        Assert.Equal("https", site.Address.Scheme);
        var (cookie, strict) = await SignIn(site);
        Assert.Contains("; secure", cookie, StringComparison.Ordinal);
        Assert.True(strict);
    }

    [Fact]
    public async Task Only_a_declared_proxy_is_believed_that_tls_was_before_it()
    {
        await using var declared = await WebSite.Start("--Proxy:Trusted", "127.0.0.1");
        var (cookie, strict) = await SignIn(declared, ("X-Forwarded-Proto", "https"));
        Assert.True(strict && cookie.Contains("; secure", StringComparison.Ordinal));
        await using var undeclared = await WebSite.Start("--Proxy:Trusted", "192.0.2.0/24");
        (cookie, strict) = await SignIn(undeclared, ("X-Forwarded-Proto", "https"));
        Assert.False(strict || cookie.Contains("; secure", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--Proxy:Trusted", "partout")]
    [InlineData("--Tls:Certificate", "/nulle/part.pem")]
    public async Task What_cannot_be_read_is_said(string name, string value)
    {
        var refused = await Assert.ThrowsAsync<StartRefusedException>(async () => await (await WebSite.Start(name, value)).DisposeAsync());
        Assert.Contains(value, refused.Message, StringComparison.Ordinal);
    }
}
