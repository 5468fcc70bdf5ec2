using System.Globalization;
using SnpLive.Silo.Ledger;

namespace SnpLive.Bench;

/// <summary>The command line.</summary>
internal sealed record BenchOptions(string Command)
{
    public const string Usage = """
        bench bookings   durable bookings per second, closed loop, over 1,000 agendas: ours beside its opponents on the same PostgreSQL
        bench hot-slot   callers race for one slot, then for one agenda of 40: winners, first confirmation, refusals, transactions, log

          --level grain,http      where callers come in; default: both (hot-slot: http)
          --callers 1,16,64,256   how many at once (hot-slot: and 1000)
          --rounds 5              A B C, C B A, …; each round is verified from the database
          --seconds 3             bookings: of each measurement
          --spread uniform,zipf-1.1   bookings: which agendas are asked for
          --systems ours,U,L,S,limit  who takes part; default: all
          --storage postgres|sqlite   sqlite: ours alone, at grain level
          --commit-delay          PostgreSQL with commit_delay=1000, commit_siblings=0: as if the disk took 1 ms more
          --pool 64               connections of each opponent
          --json FILE             all rounds and where they were measured
        """;

    // A pool must leave room for its neighbours below the throw-away server's max_connections of 200.
    private const int MostConnections = 150;
    private static readonly string[] AllLevels = ["grain", "http"];

    public int Rounds { get; private init; } = 5;
    public double Seconds { get; private init; } = 3;
    public int Pool { get; private init; } = 64;
    public IReadOnlyList<int> Callers { get; private init; } = [1, 16, 64, 256];
    public IReadOnlyList<string> Levels { get; private init; } = AllLevels;
    /// <summary>Letters of the systems that take part; empty: all.</summary>
    public IReadOnlyList<string> Systems { get; private init; } = [];
    public IReadOnlyList<Demand> Spreads { get; private init; } = [Demand.Uniform, Demand.Zipf];
    public LedgerStorage Storage { get; private init; } = LedgerStorage.Postgres;
    public bool CommitDelay { get; private init; }
    public string? Json { get; private init; }

    /// <exception cref="FormatException">Says what is wrong.</exception>
    public static BenchOptions Parse(string[] arguments)
    {
        var options = arguments.FirstOrDefault() switch
        {
            "bookings" => new BenchOptions("bookings"),
            "hot-slot" => new BenchOptions("hot-slot") { Callers = [1, 16, 64, 256, 1000], Levels = ["http"] },
            _ => throw new FormatException("Say `bench bookings` or `bench hot-slot`."),
        };
        for (var i = 1; i < arguments.Length; i++)
        {
            if (arguments[i] == "--commit-delay") options = options with { CommitDelay = true };
            else if (i + 1 < arguments.Length) options = options.With(arguments[i], arguments[++i]);
            else throw new FormatException($"{arguments[i]} needs a value.");
        }
        return options.Storage == LedgerStorage.Sqlite ? options with { Levels = ["grain"] } : options;
    }

    private BenchOptions With(string name, string value) => name switch
    {
        "--level" => this with { Levels = Some(value, AllLevels, level => level) },
        "--rounds" => this with { Rounds = Whole(value, 1, 100) },
        "--seconds" when Command == "bookings" => this with { Seconds = Whole(value, 1, 60) },
        "--callers" => this with { Callers = [.. value.Split(',').Select(v => Whole(v, 1, 1000))] },
        "--spread" when Command == "bookings" => this with { Spreads = Some(value, [Demand.Uniform, Demand.Zipf], demand => demand.Name) },
        "--systems" => this with { Systems = Some(value, ["ours", "U", "L", "S", Contestant.Limit], letter => letter) },
        "--storage" => this with { Storage = Some(value, Enum.GetValues<LedgerStorage>(), one => one.ToString().ToLowerInvariant())[0] },
        "--pool" => this with { Pool = Whole(value, 1, MostConnections) },
        "--json" => this with { Json = Path.GetFullPath(value) },
        _ => throw new FormatException($"Unknown option {name}."),
    };

    private static T[] Some<T>(string value, T[] all, Func<T, string> nameOf)
    {
        var names = value.Split(',');
        return names.FirstOrDefault(name => !all.Any(one => nameOf(one) == name)) is { } wrong
            ? throw new FormatException($"'{wrong}' is none of {string.Join(", ", all.Select(nameOf))}.")
            : [.. all.Where(one => names.Contains(nameOf(one)))];
    }

    private static int Whole(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new FormatException($"'{text}' is not a whole number from {least} to {most}.");
}
