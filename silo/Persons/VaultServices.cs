using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SnpLive.Grains;
using SnpLive.Grains.Calls;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Territories;
using SnpLive.Silo.Ledger;

namespace SnpLive.Silo.Persons;

/// <summary>Registers the vault.</summary>
internal static class VaultServices
{
    /// <summary>Adds <see cref="IPersonVault"/>, <see cref="ICallVault"/> and <see cref="IVaultKeys"/>; after the ledger, whose database it lives in.</summary>
    internal static IServiceCollection AddVault(this IServiceCollection services, VaultOptions options, string keyDirectory)
    {
        options.Validate();
        services.AddSingleton(options);
        services.AddSingleton(_ => VaultKeys.In(keyDirectory, options));
        services.AddSingleton<Func<IVaultStore>>(p => () => p.GetRequiredService<DurableLedger>().Vault);
        services.AddSingleton(p => new KeyAdmin(
            p.GetRequiredService<VaultKeys>(), p.GetRequiredService<Func<IVaultStore>>(), p.GetRequiredService<IDocumentStore>(), options, p.GetRequiredKeyedService<TimeProvider>(Clocks.Domain)));
        services.AddSingleton<IVaultKeys>(p => p.GetRequiredService<KeyAdmin>());
        services.AddSingleton<IPersonVault, PersonVault>();
        services.AddSingleton<ICallVault, CallVault>();
        services.AddSingleton<IPersonFiles>(p => new PersonFiles(
            p.GetRequiredService<ILedger>(), p.GetRequiredService<Func<IVaultStore>>(), p.GetRequiredService<VaultKeys>(), p.GetRequiredService<IAccessLog>(), options,
            p.GetRequiredKeyedService<TimeProvider>(Clocks.Domain)));
        services.AddSingleton<ITenantEraser>(p => new TenantEraser(p.GetRequiredService<Func<IVaultStore>>(), options));
        return services;
    }

    /// <summary>Adds what keeps it: retention and renewal. Not for tools that only read.</summary>
    internal static IServiceCollection AddVaultKeeper(this IServiceCollection services)
    {
        services.AddSingleton(p => new VaultRenewal(
            p.GetRequiredService<VaultKeys>(), p.GetRequiredService<Func<IVaultStore>>(), p.GetRequiredService<VaultOptions>(), p.GetRequiredService<ILogger<VaultRenewal>>()));
        services.AddSingleton(p => new VaultKeeper(
            p.GetRequiredService<Func<IVaultStore>>(), p.GetRequiredService<VaultRenewal>(), p.GetRequiredService<KeyAdmin>(), p.GetRequiredService<VaultKeys>(),
            p.GetRequiredService<VaultOptions>(), p.GetRequiredKeyedService<TimeProvider>(Clocks.Domain), p.GetRequiredService<ILogger<VaultKeeper>>()));
        return services.AddSingleton<IHostedService>(p => p.GetRequiredService<VaultKeeper>());
    }
}
