using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;
using SnpLive.Grains;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Boards;
using SnpLive.Grains.Calls;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.People.AccessRequests;
using SnpLive.Grains.People.Devices;
using SnpLive.Grains.People.Keys;
using SnpLive.Grains.Notifications;
using SnpLive.Grains.Requests;
using SnpLive.Grains.Territories.Grants;
using SnpLive.Silo.Access;
using SnpLive.Silo.Documents;
using SnpLive.Silo.Engines;
using SnpLive.Silo.Ledger;
using SnpLive.Silo.Persons;

namespace SnpLive.Silo.Hosting;

/// <summary>Puts grains, ledger and vault into a host.</summary>
public static class SiloHosting
{
    /// <summary>Adds everything that a process needs to run grains on a durable ledger.</summary>
    public static IHostApplicationBuilder AddSnpSilo(this IHostApplicationBuilder builder, SiloOptions options)
    {
        builder.Services.AddSnpStore(options);
        builder.Services.AddKeyedSingleton<IGrainStorage>(Grains.Documents.Storage,
            (p, _) => new LedgerGrainStorage(p.GetRequiredService<IDocumentStore>(), SnpJson.Options));
        builder.Services.AddAccessKeeper();
        builder.Services.AddVaultKeeper();
        builder.Services.TryAddSingleton<BoardFeed>();
        builder.Services.AddBoards();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<NoticeOptions>();
        builder.Services.TryAddSingleton<CentreOptions>();
        builder.Services.TryAddSingleton<GrantOptions>();
        builder.Services.TryAddSingleton<AccountLimits>();
        builder.Services.TryAddSingleton<KeyLimits>();
        builder.Services.TryAddSingleton<AccessRequestLimits>();
        builder.Services.TryAddSingleton<DeviceLimits>();
        builder.Services.TryAddSingleton<INoticeOutbox, NoOutbox>();
        EngineHost.AddEngine(builder, options.Engine);
        builder.Services.AddDueSweeper<GrainWaker>();
        return builder;
    }

    /// <summary>Adds ledger, verifier and vault only: what <c>snp verify</c> needs.</summary>
    public static IServiceCollection AddSnpStore(this IServiceCollection services, SiloOptions options)
    {
        services.TryAddKeyedSingleton(Clocks.Domain, TimeProvider.System);
        services.AddSingleton<IStreamAudit, AgendaAudit>();
        services.AddSingleton<IStreamAudit, CareRequestAudit>();
        services.AddSingleton<IStreamAudit, NoticeAudit>();
        services.AddSingleton<IStreamAudit, GrantAudit>();
        services.AddSingleton<IStreamAudit, CallAudit>();
        options.Ledger.AccessConnectionString = options.Access.Connection;
        services.AddLedger(options.Ledger);
        services.AddVault(options.Vault, options.KeyDirectory ?? Path.Combine(options.Ledger.DataDirectory, "keys"));
        services.AddAccessLog(options.Access, options.Ledger.DataDirectory);
        return services;
    }
}
