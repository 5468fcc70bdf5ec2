using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace SnpLive.Web.Security;

/// <summary>Default deny: an endpoint is for people who signed in, unless it says otherwise.</summary>
internal static class Access
{
    internal static void AddAccess(this AuthenticationBuilder authentication)
    {
        authentication.AddScheme<AuthenticationSchemeOptions, OperatorHandler>(OperatorToken.Scheme, null);
        authentication.Services.AddSingleton<OperatorToken>();
        var signedIn = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
        authentication.Services.AddAuthorizationBuilder()
            .SetDefaultPolicy(signedIn)
            .SetFallbackPolicy(signedIn)
            .AddPolicy(OperatorToken.Policy, policy => policy.AddAuthenticationSchemes(OperatorToken.Scheme).RequireRole(OperatorToken.Policy));
    }
}
