using System.Globalization;

namespace SnpLive.Bench.Proof;

/// <summary>Command line of the proofs and of the large benchmarks: <c>--name value</c>, all optional.</summary>
internal sealed class ProofOptions
{
    private readonly Dictionary<string, string> given = [];
    private readonly Dictionary<string, string> used = [];

    private ProofOptions(string command) => Command = command;

    public string Command { get; }

    /// <summary>Every value that was asked for, the defaults included: printed with each result.</summary>
    public IReadOnlyDictionary<string, string> Used => used;

    /// <exception cref="FormatException">Says what is wrong.</exception>
    public static ProofOptions Parse(string[] arguments, IReadOnlyCollection<string> known)
    {
        var options = new ProofOptions(arguments[0]);
        for (var i = 1; i < arguments.Length; i += 2)
        {
            if (!known.Contains(arguments[i])) throw new FormatException($"Unknown option {arguments[i]}; there are {string.Join(' ', known)}.");
            options.given[arguments[i]] = i + 1 < arguments.Length ? arguments[i + 1] : throw new FormatException($"{arguments[i]} needs a value.");
        }
        return options;
    }

    /// <summary>A whole number within bounds.</summary>
    public int Whole(string name, int otherwise, int least, int most)
    {
        var text = Text(name, otherwise.ToString(CultureInfo.InvariantCulture));
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new FormatException($"{name}: '{text}' is not a whole number from {least} to {most}.");
    }

    public string Text(string name, string otherwise) => used[name] = given.GetValueOrDefault(name, otherwise);

    /// <summary>Where the results go as JSON; null when nowhere.</summary>
    public string? Json => given.TryGetValue("--json", out var file) ? Path.GetFullPath(file) : null;
}
