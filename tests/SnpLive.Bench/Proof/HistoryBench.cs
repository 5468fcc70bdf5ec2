using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.History;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Bench.Proof;

/// <summary>Many histories with many kills: see <see cref="HistoryRun"/>.</summary>
internal static class HistoryBench
{
    private const int Agendas = 2;
    private const int SlotsPerAgenda = 2;

    public static async Task Run(ProofOptions options, PostgresServer postgres, Report report)
    {
        var (rounds, kills, backend) = (options.Whole("--rounds", 2, 1, 1000), options.Whole("--kills", 3, 0, 100), options.Text("--backend", "both"));
        var seconds = options.Whole("--seconds", 5, 1, 60);
        string[] backends = backend == "both" ? [Backends.Sqlite, Backends.Postgres] : [backend];
        var first = options.Whole("--seed", Seeds.Next() % 1_000_000, 0, int.MaxValue);
        for (var round = 0; round < rounds; round++)
            foreach (var one in backends)
            {
                var seed = first + round;
                var plan = new HistoryPlan(Agendas, SlotsPerAgenda, kills, TimeSpan.FromSeconds((double)seconds / (kills + 1)));
                var (check, summary) = await HistoryRun.Run(one, postgres, plan, seed, _ => { });
                report.Add($"{one}, seed {seed}, {kills} kills: {check.Verdict.ToString().ToLowerInvariant()}; {summary}", new { backend = one, seed, kills, verdict = check.Verdict.ToString(), summary });
                if (check.Verdict != Verdict.Linearizable) throw new BrokenRoundException($"seed {seed} on {one}: {check}");
            }
    }
}
