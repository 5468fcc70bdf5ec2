using Microsoft.Extensions.FileProviders;

namespace SnpLive.Web.Hosting;

/// <summary>The browser application: built into <c>wwwroot</c>, one page, hashed assets. Served to anybody: it holds nothing but the program.</summary>
internal static class ClientFiles
{
    private const string Page = "/index.html";
    private const string Revalidate = "no-cache";
    private const string Immutable = "public, max-age=31536000, immutable";
    private static readonly PathString[] Elsewhere = ["/api", "/hubs", "/openapi", "/health", "/fhir", "/assets", "/semaine", "/connexion"];

    internal static void UseClientFiles(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            // Every address inside the application is its page; the browser reads the rest.
            if (IsInApplication(context.Request)) context.Request.Path = Page;
            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = IsHashed(file.Context.Request.Path, file.File) ? Immutable : Revalidate,
        });
    }

    private static bool IsInApplication(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !Path.HasExtension(request.Path.Value)
        && !Elsewhere.Any(one => request.Path.StartsWithSegments(one));

    // Vite writes assets/name-hash.ext; the name changes with the content.
    private static bool IsHashed(PathString path, IFileInfo file) => path.StartsWithSegments("/assets") && file.Name.Contains('-', StringComparison.Ordinal);
}
