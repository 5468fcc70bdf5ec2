using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using SnpLive.Grains.Notifications;
using SnpLive.Web.Hosting;
using SnpLive.Web.Notifications.Channels;

namespace SnpLive.Web.Notifications.Weekly;

/// <summary>What a link allows: one answer, for one agenda and week, by one person, until an instant.</summary>
/// <param name="Agenda">The agenda.</param>
/// <param name="Week">Its Monday.</param>
/// <param name="Person">Who was sent it.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Until">UTC.</param>
internal sealed record WeeklyLink(string Agenda, DateOnly Week, string Person, WeeklyAnswer Answer, DateTimeOffset Until)
{
    /// <summary>The same for every copy of the link: whoever taps twice, or on two messages, does it once.</summary>
    internal Guid RequestId(string part = "") => NoticeStreams.RequestId("weekly-link", Agenda, Week.ToString("O", CultureInfo.InvariantCulture), Answer.ToString(), Person, part);
}

/// <summary>Signed (and sealed) links, which stand for the sign-in they spare: ASP.NET's Data Protection with the server's own keys.</summary>
internal sealed class WeeklyLinks(IDataProtectionProvider protection, ChannelOptions options, Clock clock)
{
    internal const string Path = "/semaine";
    private const int LongestToken = 1_000;
    private readonly IDataProtector protector = protection.CreateProtector("SnpLive.WeeklyLink.1");

    /// <summary>The address of an answer.</summary>
    internal Uri Address(Uri site, Notice notice, string personId, WeeklyAnswer answer)
    {
        var week = NoticeDecider.WeekOf(notice);
        return new(site, $"{Path}/{Write(new(notice.AgendaId, week, personId, answer, notice.Start + options.Weekly.LinksLast))}");
    }

    internal string Write(WeeklyLink link) => protector.Protect(JsonSerializer.Serialize(link));

    /// <summary>The link of a token; null when it is forged, damaged or has ended.</summary>
    internal WeeklyLink? Read(string token)
    {
        if (token.Length > LongestToken) return null;
        try
        {
            var link = JsonSerializer.Deserialize<WeeklyLink>(protector.Unprotect(token));
            return link is not null && clock.Now < link.Until ? link : null;
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }
}
