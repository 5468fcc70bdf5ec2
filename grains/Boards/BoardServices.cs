using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SnpLive.Grains.Boards;

/// <summary>What boards need besides the ledger and the domain's clock.</summary>
public static class BoardServices
{
    /// <summary>Registers the bounds of boards.</summary>
    public static IServiceCollection AddBoards(this IServiceCollection services, Action<BoardOptions>? configure = null)
    {
        var options = new BoardOptions();
        configure?.Invoke(options);
        services.TryAddSingleton(options);
        return services;
    }
}
