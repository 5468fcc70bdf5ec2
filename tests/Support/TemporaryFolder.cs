namespace SnpLive.Tests.Support;

/// <summary>A folder that goes away with the test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("snplive-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try { Directory.Delete(Path, recursive: true); }
        catch (IOException) { /* A killed server's last file handle may still be closing: the system's own cleaning takes it. */ }
        catch (UnauthorizedAccessException) { /* As above. */ }
    }
}
