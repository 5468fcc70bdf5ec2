using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace SnpLive.Tests.Web;

/// <summary>Default deny: who may come in is said at every endpoint.</summary>
public sealed class EndpointPolicyTests(WebSiteFixture fixture) : IClassFixture<WebSiteFixture>
{
    [Fact]
    public void Every_endpoint_declares_who_may_come_in()
    {
        var endpoints = fixture.Site.App.Services.GetServices<EndpointDataSource>().SelectMany(one => one.Endpoints).ToList();
        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, one => Assert.True(
            one.Metadata.GetMetadata<IAuthorizeData>() is not null || one.Metadata.GetMetadata<IAllowAnonymous>() is not null, one.DisplayName));
    }

    [Fact]
    public void Only_these_are_open_to_anybody()
    {
        var open = fixture.Site.App.Services.GetServices<EndpointDataSource>().SelectMany(one => one.Endpoints).OfType<RouteEndpoint>()
            .Where(one => one.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(one => $"{string.Join(',', one.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])} {one.RoutePattern.RawText}")
            .Where(one => !one.Contains("/hubs/", StringComparison.Ordinal));
        Assert.Equal(
            [
                " /health/live", " /health/ready", "DELETE /api/session", "GET /api/access-requests/form", "GET /api/identities", "GET /api/session/lock", "GET /api/session/ways", "GET /connexion/deconnexion", "GET /connexion/fournisseur",
                "GET /openapi/{documentName}.json", "GET /semaine/{token}", "POST /api/access-requests", "POST /api/invitations/accept", "POST /api/invitations/activate", "POST /api/invitations/look",
                "POST /api/session", "POST /api/session/password", "POST /api/session/unlock", "POST /dossier", "POST /semaine/{token}",
            ],
            open.Order(StringComparer.Ordinal));
    }
}
