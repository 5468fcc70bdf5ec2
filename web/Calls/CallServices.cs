using SnpLive.Grains.Calls;

namespace SnpLive.Web.Calls;

/// <summary>Calls on a web node.</summary>
internal static class CallServices
{
    /// <param name="services">Where to.</param>
    /// <param name="telephony">Who may tell telephone events.</param>
    /// <param name="configuration">Section <c>Centres</c>: <see cref="CentreOptions"/>.</param>
    internal static void AddCalls(this IServiceCollection services, TelephonyOptions telephony, IConfiguration configuration)
    {
        services.AddSingleton(telephony);
        services.AddSingleton(configuration.GetSection("Centres").Get<CentreOptions>() ?? new());
        services.AddSingleton<CallDesk>();
        services.AddSingleton<CentreNode>();
        services.AddHostedService(p => p.GetRequiredService<CentreNode>());
    }
}
