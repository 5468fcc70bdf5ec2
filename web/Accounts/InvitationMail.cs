using System.Globalization;
using MimeKit;
using MimeKit.Text;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories;
using SnpLive.Web.Notifications.Channels;

namespace SnpLive.Web.Accounts;

/// <summary>Sends invitations by e-mail, where a mail server is configured. The coordination has the links anyway: one attempt, and a failure is logged.</summary>
internal sealed class InvitationMail(MailSender sender, ChannelOptions options, IHostApplicationLifetime lifetime, ILogger<InvitationMail> logger)
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    internal bool Available => sender.Available;

    /// <summary>Sends those that have a link, one after the other, after the answer.</summary>
    internal void Send(TerritoryDocument territory, IReadOnlyList<InvitedLine> lines)
    {
        if (Available && lines.Any(one => one.Link is not null)) _ = Task.Run(() => SendAll(territory, lines));
    }

    /// <summary>Sends one message about an access, after the answer; nothing where no mail server is configured.</summary>
    internal void Tell(string email, string subject, IReadOnlyList<string> lines)
    {
        if (Available && MailboxAddress.TryParse(email, out var to)) _ = Task.Run(() => Post(to, subject, lines));
    }

    /// <summary>An instant as a person of the territory reads it.</summary>
    internal static string When(DateTimeOffset instant, string timeZone)
    {
        var (day, time) = CivilTime.Local(instant, timeZone);
        return day.ToDateTime(time).ToString("dddd d MMMM yyyy 'à' HH'h'mm", French);
    }

    private async Task SendAll(TerritoryDocument territory, IReadOnlyList<InvitedLine> lines)
    {
        foreach (var one in lines)
        {
            if (one is not { Link: { } link, Email: { } email, Expires: { } expires } || !MailboxAddress.TryParse(email, out var to)) continue;
            await Post(to, AccountMessages.MailSubject, AccountMessages.MailLines(one.Name ?? "", territory.Name, link, When(expires, territory.Rules.TimeZone)));
        }
    }

    private async Task Post(MailboxAddress to, string subject, IReadOnlyList<string> lines)
    {
        using var mail = new MimeMessage { Subject = subject };
        mail.From.Add(MailboxAddress.Parse(options.Smtp.From));
        mail.To.Add(to);
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Body = new TextPart(TextFormat.Plain) { Text = string.Join("\r\n", lines) + "\r\n" };
        try { await sender.Post(mail, lifetime.ApplicationStopping); }
        catch (SendFailedException failed) { logger.InvitationNotMailed(failed.Problem); }
        catch (OperationCanceledException) { } // the server stops
    }
}

internal static partial class AccountLog
{
    [LoggerMessage(60, LogLevel.Warning, "An invitation could not be sent by e-mail ({Problem}).")]
    internal static partial void InvitationNotMailed(this ILogger logger, string problem);

    [LoggerMessage(61, LogLevel.Information, "Person {Person} revoked by {By} in {Territory}.")]
    internal static partial void Revoked(this ILogger logger, string person, string by, string territory);

    [LoggerMessage(62, LogLevel.Warning, "Holds of sessions that may have ended could not be looked at ({Kind}); next time.")]
    internal static partial void HoldsNotChecked(this ILogger logger, string kind);
}
