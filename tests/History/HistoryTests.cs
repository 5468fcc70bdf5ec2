using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.History;

/// <summary>The real server's histories are linearizable, kills included. The long version is <c>./snp bench history</c>.</summary>
[Trait("Category", "Slow")]
public sealed class HistoryTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const int LeastOperations = 100;

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task What_callers_saw_while_the_server_was_killed_has_an_order(string backend)
    {
        var seed = Seeds.Next();
        output.WriteLine($"seed {seed}");
        var (check, summary) = await HistoryRun.Run(backend, postgres, new(Agendas: 2, SlotsPerAgenda: 2, Kills: 2, Load: TimeSpan.FromSeconds(1.5)), seed, output.WriteLine);
        output.WriteLine(summary);
        Assert.True(check.Verdict == Verdict.Linearizable, $"seed {seed}: {check}");
        Assert.True(int.Parse(summary.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) > LeastOperations, summary);
    }
}
