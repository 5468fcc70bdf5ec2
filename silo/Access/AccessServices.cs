using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SnpLive.Grains;
using SnpLive.Grains.People;
using SnpLive.Silo.Ledger;

namespace SnpLive.Silo.Access;

/// <summary>Registers the access log.</summary>
internal static class AccessServices
{
    /// <summary>Adds <see cref="IAccessLog"/>, <see cref="AccessVerifier"/> and <see cref="AccessExport"/>; after the ledger, whose database it lives in.</summary>
    internal static IServiceCollection AddAccessLog(this IServiceCollection services, AccessOptions options, string dataDirectory)
    {
        options.Validate();
        services.AddSingleton(options);
        services.AddSingleton<AccessChain>();
        services.AddSingleton<Func<IAccessStore>>(p => () => p.GetRequiredService<DurableLedger>().Access);
        services.AddSingleton(p => new AccessAnchors(Path.Combine(dataDirectory, AccessAnchors.FileName), p.GetRequiredService<AccessChain>(), options));
        services.AddSingleton(p => new AccessLog(
            p.GetRequiredService<Func<IAccessStore>>(), p.GetRequiredService<AccessChain>(), options, p.GetRequiredKeyedService<TimeProvider>(Clocks.Domain),
            p.GetRequiredService<ILogger<AccessLog>>()));
        services.AddSingleton<IAccessLog>(p => p.GetRequiredService<AccessLog>());
        services.AddSingleton(p => new AccessVerifier(p.GetRequiredService<Func<IAccessStore>>(), p.GetRequiredService<AccessChain>(), p.GetRequiredService<AccessAnchors>()));
        services.AddSingleton(p => new AccessExport(p.GetRequiredService<Func<IAccessStore>>()));
        return services;
    }

    /// <summary>Adds what keeps it: anchors and retention. Not for tools that only read.</summary>
    internal static IServiceCollection AddAccessKeeper(this IServiceCollection services)
    {
        services.AddSingleton(p => new AccessKeeper(
            p.GetRequiredService<AccessLog>(), p.GetRequiredService<Func<IAccessStore>>(), p.GetRequiredService<AccessAnchors>(), p.GetRequiredService<AccessChain>(),
            p.GetRequiredService<AccessOptions>(), p.GetRequiredKeyedService<TimeProvider>(Clocks.Domain), p.GetRequiredService<ILogger<AccessKeeper>>()));
        return services.AddSingleton<IHostedService>(p => p.GetRequiredService<AccessKeeper>());
    }
}
