using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using SnpLive.Web.Accounts.Keys;
using SnpLive.Web.Calls;

namespace SnpLive.Web.Security;

/// <summary>Default deny: an endpoint is for people who signed in, unless it says otherwise.</summary>
internal static class Access
{
    private const string Exchange = "exchange";

    internal static void AddAccess(this AuthenticationBuilder authentication)
    {
        authentication.AddScheme<AuthenticationSchemeOptions, OperatorHandler>(OperatorToken.Scheme, null);
        authentication.AddScheme<AuthenticationSchemeOptions, TelephonyHandler>(TelephonyHandler.SchemeName, null);
        authentication.AddScheme<AuthenticationSchemeOptions, MachineHandler>(MachineHandler.SchemeName, null);
        // One of the two answers, and not both: an exchange shows the key of the configuration or one that a coordination made.
        authentication.AddPolicyScheme(Exchange, null, scheme => scheme.ForwardDefaultSelector = context =>
            KeyToken.IsShownBy(context.Request) ? MachineHandler.SchemeName : TelephonyHandler.SchemeName);
        authentication.Services.AddSingleton<OperatorToken>();
        var signedIn = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        authentication.Services.AddAuthorizationBuilder()
            .SetDefaultPolicy(signedIn)
            .SetFallbackPolicy(signedIn)
            .AddPolicy(OperatorToken.Policy, policy => policy.AddAuthenticationSchemes(OperatorToken.Scheme).RequireRole(OperatorToken.Policy))
            .AddPolicy(TelephonyHandler.Policy, policy => policy.AddAuthenticationSchemes(Exchange).RequireRole(TelephonyHandler.Policy))
            .AddPolicy(MachineHandler.SlotsPolicy, policy => policy.AddAuthenticationSchemes(MachineHandler.SchemeName).RequireRole(MachineHandler.SlotsPolicy));
    }
}
