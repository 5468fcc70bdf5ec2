using System.Globalization;

namespace SnpLive.Bench;

/// <summary>The command line.</summary>
internal sealed record BenchOptions(string Command, int Rounds, double Seconds, int Pool, IReadOnlyList<int> Callers, string? Json)
{
    public const string Usage = """
        bench bookings [--rounds 5] [--seconds 3] [--callers 1,16,64,256] [--pool 64] [--json FILE]
                       durable bookings per second, closed loop, over 1,000 agendas: ours and two opponents on the same PostgreSQL
        bench hot-slot [--rounds 5] [--callers 1,16,64,256,1000] [--pool 64] [--json FILE]
                       callers race for one slot: winners, first confirmation, refusals, transactions per refusal
        """;

    // A pool must leave room for its neighbours below the throw-away server's max_connections of 200.
    private const int MostConnections = 150;

    /// <exception cref="FormatException">Says what is wrong.</exception>
    public static BenchOptions Parse(string[] arguments)
    {
        var command = arguments.FirstOrDefault() is "bookings" or "hot-slot" ? arguments[0] : throw new FormatException("Say `bench bookings` or `bench hot-slot`.");
        int[] callers = command == "bookings" ? [1, 16, 64, 256] : [1, 16, 64, 256, 1000];
        var options = new BenchOptions(command, 5, 3, 64, callers, null);
        for (var i = 1; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : throw new FormatException($"{arguments[i]} needs a value.");
            options = arguments[i] switch
            {
                "--rounds" => options with { Rounds = Whole(value, 1, 100) },
                "--seconds" when command == "bookings" => options with { Seconds = Whole(value, 1, 60) },
                "--callers" => options with { Callers = [.. value.Split(',').Select(v => Whole(v, 1, 1000))] },
                "--pool" => options with { Pool = Whole(value, 1, MostConnections) },
                "--json" => options with { Json = Path.GetFullPath(value) },
                _ => throw new FormatException($"Unknown option {arguments[i]}."),
            };
        }
        return options;
    }

    private static int Whole(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new FormatException($"'{text}' is not a whole number from {least} to {most}.");
}
