using SnpLive.Silo.Persons;

namespace SnpLive.Web.Hosting;

/// <summary>
/// What must be so before real people and real data come: checked when the environment is said to be Production, and without the demonstration as soon as
/// others than this computer can connect. All that is wrong is told in one message, so that it is mended in one go.
/// </summary>
internal static class StartChecks
{
    /// <summary>The provider's section: <c>Authority</c> in it means that people sign in with it.</summary>
    internal const string ProviderAuthority = "OpenId:Authority";

    /// <exception cref="StartRefusedException">Lists everything that is wrong.</exception>
    internal static void Run(ServerOptions server, IConfiguration configuration)
    {
        List<string> wrong = [.. Wrong(server, configuration)];
        if (wrong.Count > 0) throw new StartRefusedException(Messages.NotStarted(wrong));
    }

    private static IEnumerable<string> Wrong(ServerOptions server, IConfiguration configuration)
    {
        if (server.Demo && !string.IsNullOrWhiteSpace(configuration[ProviderAuthority])) yield return Messages.DemoWithProvider;
        if (!IsProduction(configuration) && (server.Demo || server.ListensOnLoopbackOnly)) yield break;
        if (server.Demo) yield return Messages.DemoInProduction;
        if (server.Tls is null && server.TrustedProxies.Count == 0) yield return Messages.NoTls;
        foreach (var (ring, file) in VaultKeys.MissingIn(server.Keys))
            if (!configuration.GetSection($"Vault:{ring}").GetChildren().Any()) yield return Messages.NoVaultKey(file);
    }

    // Said, and not only ASP.NET Core's default: the demonstration starts without any setting.
    private static bool IsProduction(IConfiguration configuration) => string.Equals(configuration["environment"], "Production", StringComparison.OrdinalIgnoreCase);
}
