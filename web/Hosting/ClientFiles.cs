using Microsoft.Extensions.FileProviders;

namespace SnpLive.Web.Hosting;

/// <summary>The browser application: built into <c>wwwroot</c>, one page, hashed assets.</summary>
internal static class ClientFiles
{
    private const string Page = "index.html";
    private const string Revalidate = "no-cache";
    private const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>Serves the files themselves, to anybody: they hold nothing but the program.</summary>
    internal static void UseClientFiles(this WebApplication app)
    {
        app.UseDefaultFiles();
        app.UseStaticFiles(Options());
    }

    /// <summary>Every other address of the application is its page.</summary>
    internal static void MapClientPage(this WebApplication app) => app.MapFallbackToFile(Page, Options()).AllowAnonymous();

    private static StaticFileOptions Options() => new()
    {
        OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = IsHashed(file.Context.Request.Path, file.File) ? Immutable : Revalidate,
    };

    // Vite writes assets/name-hash.ext; the name changes with the content.
    private static bool IsHashed(PathString path, IFileInfo file) => path.StartsWithSegments("/assets") && file.Name.Contains('-', StringComparison.Ordinal);
}
