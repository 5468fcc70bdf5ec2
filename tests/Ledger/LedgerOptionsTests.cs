using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SnpLive.Grains.Ledger;
using SnpLive.Silo.Ledger;

namespace SnpLive.Tests.Ledger;

public sealed class LedgerOptionsTests
{
    [Fact]
    public void Wrong_options_are_all_named_at_start()
    {
        var options = new LedgerOptions { Storage = LedgerStorage.Postgres, MaxBatch = 0, QueueWait = TimeSpan.Zero };
        var message = Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddLedger(options)).Message;
        Assert.Contains(nameof(LedgerOptions.ConnectionString), message, StringComparison.Ordinal);
        Assert.Contains(nameof(LedgerOptions.MaxBatch), message, StringComparison.Ordinal);
        Assert.Contains(nameof(LedgerOptions.QueueWait), message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_opens_the_ledger_before_its_services_and_closes_it_after()
    {
        using var store = new SqliteStore();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddHostedService<Writer>().AddLedger(store.Options).AddDueSweeper<NoHandler>();
        using (var host = builder.Build())
        {
            await host.StartAsync();
            Assert.True((await host.Services.GetRequiredService<Verifier>().Run()).IsClean);
            await host.StopAsync();
        }
        Assert.Equal([CommitKind(1), CommitKind(2)], Writer.Results);

        static string CommitKind(int version) => $"{version} {nameof(CommitResult.Appended)}";
    }

    private sealed class Writer(ILedger ledger) : IHostedService
    {
        public static List<string> Results { get; } = [];
        public Task StartAsync(CancellationToken cancellationToken) => Write(1);
        public Task StopAsync(CancellationToken cancellationToken) => Write(2);
        private async Task Write(long version) => Results.Add($"{version} {(await ledger.Append(Sample.Plain("agenda/a", version))).GetType().Name}");
    }

    private sealed class NoHandler : IDueHandler
    {
        public Task Wake(DueRow due) => Task.CompletedTask;
    }
}
