using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace SnpLive.Web.Notifications.Weekly;

/// <summary>The linked pages: written by the server, without script, one button.</summary>
internal static class WeeklyPages
{
    // Accents stay readable; what means something in HTML is encoded all the same.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    internal static void MapWeeklyLinks(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(WeeklyLinks.Path + "/{token}", async (string token, WeeklyDesk desk) => Html(await desk.Look(token))).AllowAnonymous().ExcludeFromDescription();
        endpoints.MapPost(WeeklyLinks.Path + "/{token}", async (string token, WeeklyDesk desk) => Html(await desk.Act(token))).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult Html(WeeklyPage page)
    {
        var html = new StringBuilder("<!doctype html><html lang=\"fr\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Append("<meta name=\"robots\" content=\"noindex\"><meta name=\"color-scheme\" content=\"light dark\"><link rel=\"stylesheet\" href=\"/lien.css\"><link rel=\"icon\" href=\"/favicon.svg\">")
            .Append("<title>").Append(Encoder.Encode(page.Title)).Append("</title></head><body><main><p class=\"brand\">").Append(NoticeWords.App)
            .Append("</p><h1>").Append(Encoder.Encode(page.Title)).Append("</h1>");
        foreach (var line in page.Lines) html.Append("<p>").Append(Encoder.Encode(line)).Append("</p>");
        // The form goes back to its own address; who only opens the link has changed nothing.
        if (page.Button is { } button) html.Append("<form method=\"post\"><button type=\"submit\">").Append(Encoder.Encode(button)).Append("</button></form>");
        html.Append("<details><summary>").Append(Encoder.Encode(NoticeWords.HelpTitle)).Append("</summary>");
        foreach (var line in NoticeWords.HelpLines) html.Append("<p>").Append(Encoder.Encode(line)).Append("</p>");
        return Results.Text(html.Append("</details></main></body></html>").ToString(), "text/html; charset=utf-8", Encoding.UTF8, page.Status);
    }
}
