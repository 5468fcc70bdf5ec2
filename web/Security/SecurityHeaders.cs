namespace SnpLive.Web.Security;

/// <summary>Headers of every answer: nothing from elsewhere is loaded, nobody frames us, answers of the API are not stored.</summary>
internal static class SecurityHeaders
{
    // The one inline style: React Aria's rule for touch on pressable things, the same text at each start.
    private const string PressableStyle = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='";

    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' " + PressableStyle + "; img-src 'self' data:; connect-src 'self'; object-src 'none'; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Once over TLS, always over TLS.</summary>
    private const string OneYear = "max-age=31536000";

    /// <summary>How long a client waits before it repeats what could not be answered.</summary>
    private const string RetryAfterSeconds = "2";

    internal static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            Set(context);
            return Task.CompletedTask;
        });
        return next(context);
    });

    private static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = OneYear;
        if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
        if (context.Response.StatusCode is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests && headers.RetryAfter.Count == 0)
            headers.RetryAfter = RetryAfterSeconds;
    }
}
