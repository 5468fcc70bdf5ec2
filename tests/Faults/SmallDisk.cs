using System.Diagnostics;

namespace SnpLive.Tests.Faults;

/// <summary>A disk of a few megabytes in memory, that can be filled. Mounting one needs a privilege.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const int Megabytes = 24;
    private readonly string path;

    private SmallDisk(string path) => this.path = path;

    /// <summary>Null where it may not be mounted.</summary>
    public static SmallDisk? TryMount()
    {
        var path = Directory.CreateTempSubdirectory("snplive-disk-").FullName;
        if (OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={Megabytes}m", "snplive-test", path)) return new(path);
        Directory.Delete(path);
        return null;
    }

    public string File(string name) => Path.Combine(path, name);

    /// <summary>Takes every byte that is left.</summary>
    public void Fill()
    {
        using var filler = new FileStream(File("filler"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true) filler.Write(block);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void MakeRoom() => System.IO.File.Delete(File("filler"));

    public void Dispose()
    {
        if (Run("umount", path) || Run("umount", "-l", path)) Directory.Delete(path);
    }

    private static bool Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
