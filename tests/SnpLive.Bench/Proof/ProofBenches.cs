using System.Text.Json;
using SnpLive.Bench.Push;
using SnpLive.Tests.Ledger;

namespace SnpLive.Bench.Proof;

/// <summary>The proofs and large benchmarks of the whole server, beside those of the booking path in <c>Program</c>.</summary>
internal static class ProofBenches
{
    public const string Usage = """
        bench history  [--rounds 2] [--seconds 5] [--kills 3] [--backend both|sqlite|postgres] [--seed N] [--json FILE]
                       callers on hot slots while the server is killed (-9); what they saw is checked for linearizability, and the database audited
        bench crash    [--cycles 1] [--outage 30] [--freeze 20] [--json FILE]
                       faults under load: kills, PostgreSQL away, connections cut in COMMIT, disk full, standstill, a zombie, a crowd; audited after each
        bench soak     [--minutes 30] [--json FILE]
                       one server under load with a fault a minute; memory by the minute, a full audit at the end
        bench push     [--rounds 1] [--seconds 5] [--shapes 50x20@500,1x1000@30,250x20@500] [--systems ours,signalr,polling] [--stalled 5] [--json FILE]
                       click and commit → change at the screen, open loop; beside plain SignalR sends and polling each second
        bench storm    [--connections 1000,5000] [--boards 50] [--json FILE]
                       all screens drop and return within 2 s while slots change
        bench national [--territories 800] [--calls 80000] [--crisis 3] [--json FILE]
                       one peak day of all of France, as fast as it goes, in one process
        bench growth   [--agendas 100,1000,10000] [--events 200000] [--json FILE]
                       start-up, board, activation, booking and memory by size; indicator queries over a long journal
        """;

    private static readonly Dictionary<string, (Func<ProofOptions, PostgresServer, Report, Task> Run, string[] Known)> Commands = new()
    {
        ["history"] = (HistoryBench.Run, ["--rounds", "--seconds", "--kills", "--backend", "--seed", "--json"]),
        ["crash"] = (CrashBench.Run, ["--cycles", "--outage", "--freeze", "--json"]),
        ["soak"] = (SoakBench.Run, ["--minutes", "--json"]),
        ["push"] = (PushBench.Run, ["--rounds", "--seconds", "--shapes", "--systems", "--stalled", "--json"]),
        ["storm"] = (StormBench.Run, ["--connections", "--boards", "--json"]),
        ["national"] = (NationalBench.Run, ["--territories", "--calls", "--crisis", "--json"]),
        ["growth"] = (GrowthBench.Run, ["--agendas", "--events", "--json"]),
    };

    /// <summary>Runs the command when it is one of these.</summary>
    /// <returns>The exit code; null when the command is another's.</returns>
    public static async Task<int?> TryRun(string[] arguments)
    {
        if (arguments.FirstOrDefault() is not { } command) return null;
        if (command == PushServer.Command) return await PushServer.Serve(arguments[1..]);
        if (!Commands.TryGetValue(command, out var found)) return null;
        try
        {
            var options = ProofOptions.Parse(arguments, found.Known);
            if (PostgresServer.Missing is { } missing) throw new FormatException($"{missing}.");
            await using var postgres = new PostgresServer();
            var report = new Report(await Surroundings.Look(await postgres.NewDatabase()));
            Console.WriteLine($"bench {command}: {report.Surroundings}");
            await found.Run(options, postgres, report);
            Console.WriteLine($"{string.Join(' ', options.Used.Select(o => $"{o.Key} {o.Value}"))}; load average at the end {Surroundings.LoadAverage()}");
            if (options.Json is { } file) await File.WriteAllTextAsync(file, report.ToJson(options));
            return 0;
        }
        catch (FormatException e)
        {
            Console.Error.WriteLine($"bench: {e.Message}\n\n{Usage}");
            return 2;
        }
        catch (Exception e) when (e is BrokenRoundException or Xunit.Sdk.XunitException)
        {
            Console.Error.WriteLine($"bench: a promise was broken: {e.Message}");
            return 1;
        }
    }
}

/// <summary>What a run printed and measured.</summary>
internal sealed class Report(Surroundings surroundings)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly List<object> results = [];

    public Surroundings Surroundings => surroundings;

    /// <summary>A line for people.</summary>
    public void Say(string line) => Console.WriteLine(line);

    /// <summary>A result: told, and kept for the file.</summary>
    public void Add(string line, object result)
    {
        Say(line);
        results.Add(result);
    }

    public string ToJson(ProofOptions options) =>
        JsonSerializer.Serialize(new { command = options.Command, options = options.Used, surroundings, loadAfter = Surroundings.LoadAverage(), results }, Indented);
}
