namespace SnpLive.Tests.Support;

/// <summary>Where things stand in the checkout that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Web => Path.Combine(Root, "web");

    /// <summary>The product's program: compiled ahead where tests/run says so, otherwise the one beside the tests.</summary>
    public static string Server { get; } = Environment.GetEnvironmentVariable("SNP_SERVER") ?? Path.Combine(AppContext.BaseDirectory, "SnpLive.Web.dll");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "SnpLive.sln"))) return folder.FullName;
        throw new InvalidOperationException($"No SnpLive.sln above {AppContext.BaseDirectory}.");
    }
}
