using System.Diagnostics;

namespace SnpLive.Tests.Support;

/// <summary>Runs one command of the product to its end.</summary>
public static class Tool
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(90);

    public static async Task<(int ExitCode, string Output)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Repository.Server);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeLimit);
        return (process.ExitCode, await output + await errors);
    }
}
