using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Ledger;
using SnpLive.Grains;

namespace SnpLive.Silo.Ledger;

/// <summary>Registers the ledger.</summary>
public static class LedgerServices
{
    /// <summary>
    /// Adds <see cref="ILedger"/>, <see cref="IDocumentStore"/> and <see cref="Verifier"/>, opened before any hosted service starts and closed after the last
    /// has stopped. Add <see cref="DueSweeper"/> with <see cref="AddDueSweeper{THandler}"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The options are wrong; the message says which.</exception>
    public static IServiceCollection AddLedger(this IServiceCollection services, LedgerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        services.TryAddKeyedSingleton(Clocks.Domain, TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<DueSignal>();
        services.AddSingleton(p => Create(p, options));
        services.AddSingleton<ILedger>(p => p.GetRequiredService<DurableLedger>());
        services.AddSingleton<IDocumentStore>(p => p.GetRequiredService<DurableLedger>());
        services.AddSingleton(p => new Verifier(p.GetRequiredService<DurableLedger>(), p.GetServices<IStreamAudit>(), p.GetRequiredKeyedService<TimeProvider>(Clocks.Domain), options));
        return services.AddSingleton<IHostedService, LedgerLifetime>();
    }

    private static DurableLedger Create(IServiceProvider services, LedgerOptions options)
    {
        var log = services.GetRequiredService<ILogger<DurableLedger>>();
        return new(DurableLedger.Backend(options, log), options, services.GetRequiredService<DueSignal>(), services.GetRequiredKeyedService<TimeProvider>(Clocks.Domain), log);
    }

    /// <summary>Adds the sweeper, which gives due rows to <typeparamref name="THandler"/>.</summary>
    public static IServiceCollection AddDueSweeper<THandler>(this IServiceCollection services) where THandler : class, IDueHandler =>
        services.AddSingleton<IDueHandler, THandler>().AddHostedService<DueSweeper>();
}

/// <summary>Opens the ledger before everything that uses it, and closes it after.</summary>
internal sealed class LedgerLifetime(DurableLedger ledger) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => ledger.Open();
    public Task StoppedAsync(CancellationToken cancellationToken) => ledger.DisposeAsync().AsTask();
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
