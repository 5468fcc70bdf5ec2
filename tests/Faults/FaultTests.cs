using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;

namespace SnpLive.Tests.Faults;

/// <summary>
/// Something breaks under load: callers get a clear answer that they may ask again after, the service comes back by itself, nothing acknowledged is lost or
/// doubled, and the audit is clean. The server's own kill is <see cref="CrashTests"/>'; the long version is <c>./snp bench crash</c>.
/// </summary>
[Trait("Category", "Slow")]
public sealed class FaultTests(PostgresServer postgres, ITestOutputHelper output)
{
    private readonly FaultScenarios faults = new(doctors: 4, output.WriteLine);

    [Fact]
    public Task PostgreSQL_is_away_for_a_while()
    {
        SkipWithoutPostgres();
        return faults.PostgresStopped(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public Task PostgreSQL_is_killed()
    {
        SkipWithoutPostgres();
        return faults.PostgresKilled();
    }

    [Fact]
    public Task Connections_are_cut_during_COMMIT()
    {
        SkipWithoutPostgres();
        return faults.ConnectionsCutDuringCommit(postgres, cuts: 5);
    }

    [Fact]
    public Task The_server_stands_still_for_a_while() => faults.ServerFrozen(Backends.Sqlite, postgres, TimeSpan.FromSeconds(4));

    [Fact]
    public Task A_server_that_wakes_after_another_took_over_is_fenced()
    {
        SkipWithoutPostgres();
        return faults.Zombie(postgres);
    }

    [Fact]
    public async Task The_disk_is_full_for_a_while()
    {
        using var disk = SmallDisk.TryMount();
        Assert.SkipWhen(disk is null, "a small disk may not be mounted here (mount -t tmpfs needs a privilege)");
        await faults.DiskFull(disk!);
    }

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task Five_hundred_callers_want_twenty_slots_before_two_hundred_screens(string backend) =>
        output.WriteLine(await Crowd.Race(backend, postgres, callers: 500, slots: 20, tries: 3, screens: 200, SnpLive.Tests.Support.Seeds.Next()));

    private static void SkipWithoutPostgres() => Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
}
