using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SnpLive.Web.Hosting;

/// <summary>What the command line, the environment and appsettings say about this server.</summary>
internal sealed record ServerOptions
{
    private const string Loopback = "localhost";

    /// <summary>Port to listen on; 0: any free one.</summary>
    internal int Port { get; private init; } = 8080;
    /// <summary>Address to listen on; this computer only by default.</summary>
    internal string Listen { get; private init; } = Loopback;
    /// <summary>Folder of the SQLite file, the keys and the operator's token.</summary>
    internal string Data { get; private init; } = "data";
    /// <summary><c>sqlite</c> or <c>postgres</c>.</summary>
    internal string Storage { get; private init; } = "sqlite";
    /// <summary>Connection string, for PostgreSQL.</summary>
    internal string? Connection { get; private init; }
    /// <summary>Port on which Orleans' silo listens to others, on this computer only; 0: any free one.</summary>
    internal int SiloPort { get; private init; }
    /// <summary>Port on which Orleans' silo takes clients, on this computer only; 0: any free one.</summary>
    internal int GatewayPort { get; private init; }
    /// <summary>Folder of the vault's keys and of the sessions' keys; default: <c>keys</c> below <see cref="Data"/>. Processes of one database share it.</summary>
    internal string Keys { get; private init; } = Path.Combine("data", "keys");
    /// <summary>TLS by this server itself; null: none.</summary>
    internal TlsOptions? Tls { get; private init; }
    /// <summary>Reverse proxies whose word about address and scheme counts: addresses or networks.</summary>
    internal IReadOnlyList<string> TrustedProxies { get; private init; } = [];
    /// <summary>Demonstration sign-in.</summary>
    internal bool Demo { get; private init; } = true;
    /// <summary>Whether an empty store is filled with the demonstration territories.</summary>
    internal bool LoadDemo { get; private init; } = true;

    internal bool ListensOnLoopbackOnly => Listen is Loopback or "127.0.0.1" or "::1" or "[::1]";

    /// <summary>Reads and checks; a bad value ends the start with a sentence.</summary>
    /// <exception cref="StartRefusedException">A value is not admitted.</exception>
    internal static ServerOptions Read(IConfiguration configuration)
    {
        var defaults = new ServerOptions();
        var data = Path.GetFullPath(configuration["Data"] ?? defaults.Data);
        var options = new ServerOptions
        {
            Port = Number(configuration, "Port", defaults.Port),
            Listen = configuration["Listen"] ?? defaults.Listen,
            Data = data,
            Keys = configuration["Keys"] is { Length: > 0 } keys ? Path.GetFullPath(keys) : Path.Combine(data, "keys"),
            Tls = configuration["Tls:Certificate"] is { Length: > 0 } certificate ? new(certificate, configuration["Tls:Key"], configuration["Tls:Password"]) : null,
            TrustedProxies = (configuration["Proxy:Trusted"] ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries),
            Storage = configuration["Storage"] ?? defaults.Storage,
            Connection = configuration["Connection"] ?? configuration.GetConnectionString("SnpLive"),
            SiloPort = Number(configuration, "Engine:SiloPort", defaults.SiloPort),
            GatewayPort = Number(configuration, "Engine:GatewayPort", defaults.GatewayPort),
            Demo = Flag(configuration, "Demo:Enabled", defaults.Demo),
            LoadDemo = Flag(configuration, "demo-territories", defaults.LoadDemo),
        };
        if (options.Storage is not ("sqlite" or "postgres")) throw Bad("--storage", options.Storage, "sqlite | postgres");
        if (options.Storage == "postgres" && string.IsNullOrWhiteSpace(options.Connection)) throw Bad("--connection", "", "Host=…;Database=…");
        return options;
    }

    private static int Number(IConfiguration configuration, string name, int otherwise)
    {
        if (configuration[name] is not { } text) return otherwise;
        return ushort.TryParse(text, out var number) ? number : throw Bad($"--{name.ToLowerInvariant()}", text, "0…65535");
    }

    private static bool Flag(IConfiguration configuration, string name, bool otherwise)
    {
        if (configuration[name] is not { } text) return otherwise;
        return bool.TryParse(text, out var flag) ? flag : throw Bad(name, text, "true | false");
    }

    private static StartRefusedException Bad(string name, string value, string allowed) => new(Messages.BadOption(name, value, allowed));
}

/// <summary>The certificate that this server shows.</summary>
/// <param name="Certificate">File: PKCS #12, or PEM with <paramref name="Key"/>.</param>
/// <param name="Key">File of the private key, PEM; null: with the certificate.</param>
/// <param name="Password">Of the PKCS #12 file or the key; null: none.</param>
internal sealed record TlsOptions(string Certificate, string? Key, string? Password)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="StartRefusedException">It cannot be read.</exception>
    internal X509Certificate2 Load()
    {
        try
        {
            if (Path.GetExtension(Certificate) is ".pfx" or ".p12") return X509CertificateLoader.LoadPkcs12FromFile(Certificate, Password);
            return Password is null ? X509Certificate2.CreateFromPemFile(Certificate, Key) : X509Certificate2.CreateFromEncryptedPemFile(Certificate, Password, Key);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(Messages.BadCertificate(Certificate), unreadable);
        }
    }
}

/// <summary>The server does not start, and the message says why to the person who started it.</summary>
public sealed class StartRefusedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StartRefusedException() { }
    /// <summary>Creates the exception.</summary>
    public StartRefusedException(string message) : base(message) { }
    /// <summary>Creates the exception.</summary>
    public StartRefusedException(string message, Exception inner) : base(message, inner) { }
}
