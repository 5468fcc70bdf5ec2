using SnpLive.Web.Calls;
using SnpLive.Web.Problems;

namespace SnpLive.Web.Security;

/// <summary>
/// Refuses what another site makes a browser send. The browser's own word (<c>Sec-Fetch-Site</c>) counts when it gives one, otherwise the origin;
/// what sends neither is no browser and has no cookie that it did not ask for.
/// </summary>
internal static class CrossSite
{
    private const string FetchSite = "Sec-Fetch-Site";

    internal static void UseCrossSiteProtection(this WebApplication app) => app.Use((context, next) =>
        ChangesOrWatches(context.Request) && !ComesFromUs(context.Request) ? Problem.Write(context, Problem.CrossSite) : next(context));

    // A live connection opens with a GET, and reads for as long as it lasts. A dossier comes from the SAMU's own software, and changes nothing.
    private static bool ChangesOrWatches(HttpRequest request) =>
        (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)) && request.Path != DossierPage.Path)
        || request.Path.StartsWithSegments("/hubs");

    private static bool ComesFromUs(HttpRequest request)
    {
        if (request.Headers.TryGetValue(FetchSite, out var site)) return site == "same-origin" || site == "none";
        if (!request.Headers.TryGetValue("Origin", out var origin)) return true;
        return Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && uri.Scheme == request.Scheme
            && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
