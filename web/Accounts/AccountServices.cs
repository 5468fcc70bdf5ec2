using SnpLive.Grains.People;
using SnpLive.Grains.People.AccessRequests;
using SnpLive.Grains.People.Devices;
using SnpLive.Grains.People.Keys;
using SnpLive.Web.Accounts.AccessRequests;
using SnpLive.Web.Accounts.Keys;
using SnpLive.Web.Sessions.Lock;

namespace SnpLive.Web.Accounts;

/// <summary>Local accounts on this web node.</summary>
internal static class AccountServices
{
    /// <summary>Adds them; section <c>Accounts</c>. After the silo, whose defaults they replace.</summary>
    internal static void AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection("Accounts");
        services.AddSingleton(section.Get<AccountLimits>() ?? new());
        services.AddSingleton(section.Get<AccountOptions>() ?? new());
        var keys = configuration.GetSection("ApiKeys");
        services.AddSingleton(keys.Get<KeyLimits>() ?? new());
        services.AddSingleton(keys.Get<KeyOptions>() ?? new());
        services.AddSingleton<MachineKeys>();
        var shared = configuration.GetSection("SharedPc");
        services.AddSingleton(shared.Get<DeviceLimits>() ?? new());
        services.AddSingleton((shared.Get<SharedPcOptions>() ?? new()).Checked());
        services.AddSingleton<SharedPcs>();
        var requests = configuration.GetSection("AccessRequests");
        services.AddSingleton(requests.Get<AccessRequestLimits>() ?? new());
        services.AddSingleton(requests.Get<AccessRequestOptions>() ?? new());
        services.AddSingleton<AccessRequestGate>();
        services.AddSingleton<ProviderOnly>();
        services.AddSingleton<AccountSecrets>();
        services.AddSingleton<SignInGate>();
        services.AddSingleton<AccountDesk>();
        services.AddSingleton<InvitationMail>();
        services.AddSingleton<Invitations>();
        services.AddSingleton<EndedHolds>();
        services.AddHostedService(p => p.GetRequiredService<EndedHolds>());
    }

    internal static void MapAccounts(this IEndpointRouteBuilder api)
    {
        api.MapSignIn();
        api.MapAccount();
        api.MapMembers();
        api.MapLock();
        api.MapAccessRequests();
        api.MapExceptions();
        api.MapKeys();
        api.MapMachineSlots();
    }
}
