namespace SnpLive.Web.Hosting;

/// <summary>Refuses switches that nobody reads, so that a typing error is not silently a default.</summary>
internal static class CommandLine
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
        { "port", "data", "storage", "connection", "listen", "demo-territories", "keys", "contentRoot", "webroot", "environment", "applicationName" };

    /// <summary>Switches without a value, as the configuration reads them.</summary>
    internal static string[] Expand(IEnumerable<string> args) => [.. args.Select(arg => arg == "--traffic" ? "--Traffic:Enabled=true" : arg)];

    /// <exception cref="StartRefusedException">A switch is unknown.</exception>
    internal static void Check(IEnumerable<string> args)
    {
        foreach (var arg in args)
        {
            if (!arg.StartsWith('-')) continue;
            var name = arg.TrimStart('-').Split('=', 2)[0];
            if (!arg.StartsWith("--", StringComparison.Ordinal) || !(Known.Contains(name) || name.Contains(':'))) throw new StartRefusedException(Messages.UnknownOption(arg));
        }
    }

    /// <summary>The value of a switch, in either form.</summary>
    internal static string? Value(IReadOnlyList<string> args, string name)
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == $"--{name}" && i + 1 < args.Count) return args[i + 1];
            if (args[i].StartsWith($"--{name}=", StringComparison.Ordinal)) return args[i][(name.Length + 3)..];
        }
        return null;
    }

    /// <summary>What is neither a switch nor its value.</summary>
    internal static IEnumerable<string> Plain(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal)) yield return args[i];
            else if (!args[i].Contains('=')) i++;
        }
    }
}
