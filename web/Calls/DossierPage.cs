using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http.Features;
using SnpLive.Web.Problems;

namespace SnpLive.Web.Calls;

/// <summary>
/// What the SAMU's own software posts to open the board for one of its files (companion mode): the application's page with what was posted in it, so that
/// nothing of it stands in an address. Changes nothing and keeps nothing; the page's own session decides what may be done with it.
/// </summary>
internal static class DossierPage
{
    /// <summary>Where a form with the fields of <see cref="Names"/> is posted.</summary>
    internal const string Path = "/dossier";
    /// <summary>As read by the page (web/client/src/dossier/dossier.ts); other fields are dropped.</summary>
    private static readonly string[] Names = ["numero", "commune", "age", "sexe", "motif", "nom", "prenom", "naissance", "telephone"];
    private static readonly FormOptions Bounds = new() { BufferBodyLengthLimit = 8_192, ValueCountLimit = 32, KeyLengthLimit = 64, ValueLengthLimit = 256 };

    internal static void MapDossiers(this IEndpointRouteBuilder endpoints) => endpoints.MapPost(Path, Open).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();

    private static async Task<IResult> Open(HttpContext context, IWebHostEnvironment host)
    {
        if (!context.Request.HasFormContentType) return Problem.Result(Problem.ForStatus(StatusCodes.Status415UnsupportedMediaType));
        IFormCollection form;
        try { form = await context.Request.ReadFormAsync(Bounds, context.RequestAborted); }
        catch (InvalidDataException) { return Problem.Result(Problem.ForStatus(StatusCodes.Status400BadRequest)); }
        var page = host.WebRootFileProvider.GetFileInfo("index.html");
        if (!page.Exists) return Problem.Result(Problem.ForStatus(StatusCodes.Status404NotFound));
        using var reader = new StreamReader(page.CreateReadStream());
        var said = QueryString.Create(Names.Where(form.ContainsKey).Select(name => KeyValuePair.Create(name, (string?)form[name].ToString()))).Value?.TrimStart('?') ?? "";
        var html = (await reader.ReadToEndAsync(context.RequestAborted)).Replace("</head>", $"<meta name=\"snp-dossier\" content=\"{HtmlEncoder.Default.Encode(said)}\"></head>", StringComparison.Ordinal);
        return Results.Text(html, "text/html; charset=utf-8", Encoding.UTF8);
    }
}
