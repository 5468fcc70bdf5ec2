using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Agendas;
using SnpLive.Silo.Hosting;
using SnpLive.Silo.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Bench;

/// <summary>
/// Ours: SnpLive as the server hosts it, without the web in front. A booking is decided by its agenda's grain and committed with event, claim, place,
/// person and note. Its board is told, as always; no territory document is imported, so the board ignores it: what a live board costs is not in these figures.
/// </summary>
internal sealed class OwnSystem(LedgerStorage storage = LedgerStorage.Postgres) : IBookingSystem
{
    private readonly TemporaryFolder data = new();
    private readonly SiloOptions options = new();
    private readonly LedgerWatch watch = new();
    private IHost? host;
    private OwnStore? store;

    public async Task Open(string database, Territory territory)
    {
        options.Ledger.DataDirectory = data.Path;
        options.Ledger.Storage = storage;
        options.Ledger.ConnectionString = database;
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
        builder.AddSnpSilo(options);
        host = builder.Build();
        await host.StartAsync();
        store = new(host.Services);
        await store.OpenAgendas(territory, configure: true);
    }

    public async Task<Outcome> Book(int caller, string slotId) => await store!.Agenda(AgendaIds.AgendaOf(slotId)!).Execute(Territory.Booking(slotId, caller)) switch
    {
        BookingConfirmed => Outcome.Booked,
        Refused { Code: Refusal.SlotTaken } => Outcome.Taken,
        _ => Outcome.Unexpected,
    };

    public Task<Stored> Stored() => store!.Stored();
    public Task TouchConnections() => store!.TouchConnections();
    public Task<SystemUse> Use() => Task.FromResult(SystemUse.Here(watch.Take()));

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.StopAsync();
            if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        }
        watch.Dispose();
        data.Dispose();
    }
}
