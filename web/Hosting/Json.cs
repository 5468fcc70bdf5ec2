using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Net.Http.Headers;
using SnpLive.Web.Problems;

namespace SnpLive.Web.Hosting;

/// <summary>JSON of the contract: camelCase, nothing unknown, nothing twice, not deep; absent instead of null.</summary>
internal static class Json
{
    private const int MaxDepth = 16;

    internal static void Configure(JsonOptions json)
    {
        var options = json.SerializerOptions;
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = MaxDepth;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping; // accents readable; answers are never HTML
    }

    /// <summary>Refuses bodies in another character set before anybody tries to read them.</summary>
    internal static void UseJsonInUtf8(this WebApplication app) => app.Use((context, next) =>
        MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.Charset.HasValue
        && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? Problem.Write(context, Problem.UnsupportedMediaType)
            : next(context));
}
