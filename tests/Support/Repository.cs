namespace SnpLive.Tests.Support;

/// <summary>Where things stand in the checkout that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Web => Path.Combine(Root, "web");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "SnpLive.sln"))) return folder.FullName;
        throw new InvalidOperationException($"No SnpLive.sln above {AppContext.BaseDirectory}.");
    }
}
