using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Text;
using SnpLive.Grains.Notifications;

namespace SnpLive.Web.Notifications.Channels;

/// <summary>E-mail by SMTP, with the appointment as a calendar file.</summary>
internal sealed class MailSender(ChannelOptions options) : INoticeSender
{
    internal const string IdHeader = "X-SnpLive-Message";

    private SmtpOptions Smtp => options.Smtp;

    public NoticeChannel Channel => NoticeChannel.Email;

    public bool Available => Smtp.Host is not null;

    public async Task Send(Outgoing message, CancellationToken stop)
    {
        if (message.To.Email is not { } address || !MailboxAddress.TryParse(address, out var to)) throw new SendFailedException("no-address", final: true);
        using var mail = Compose(message, to);
        await Post(mail, stop);
    }

    /// <summary>Hands any message to the mail server.</summary>
    /// <exception cref="SendFailedException">The server did not take it.</exception>
    internal async Task Post(MimeMessage mail, CancellationToken stop)
    {
        using var smtp = new SmtpClient { Timeout = (int)options.SendTimeout.TotalMilliseconds };
        try
        {
            await smtp.ConnectAsync(Smtp.Host!, Smtp.Port, Security(), stop);
            if (Smtp.User is { } user) await smtp.AuthenticateAsync(user, Smtp.Password ?? "", stop);
            await smtp.SendAsync(mail, stop);
        }
        catch (SmtpCommandException refused)
        {
            // 5yz about the address or the message does not change by itself; 4yz, and quarrels about the session, may.
            var final = (int)refused.StatusCode >= 500 && refused.ErrorCode is (SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted);
            throw new SendFailedException($"smtp-{(int)refused.StatusCode}", final, refused);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new SendFailedException(e is AuthenticationException or SslHandshakeException ? "smtp-security" : "smtp-unreachable", final: false, e);
        }
        try { await smtp.DisconnectAsync(quit: true, stop); }
        catch (Exception) when (!stop.IsCancellationRequested)
        {
            // The message is taken: a server that hangs up without a word changes nothing.
        }
    }

    private MimeMessage Compose(Outgoing message, MailboxAddress to)
    {
        var from = MailboxAddress.Parse(Smtp.From);
        var mail = new MimeMessage { MessageId = $"{message.Id}@{from.Domain}", Subject = message.Text.Title, Date = message.Notice.At };
        mail.From.Add(from);
        mail.To.Add(to);
        mail.Headers.Add(IdHeader, message.Id);
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        var lines = message.Text.Link is { } link ? message.Text.Lines.Append(link.ToString()) : message.Text.Lines;
        var text = new TextPart(TextFormat.Plain) { Text = string.Join("\r\n", lines) + "\r\n" };
        mail.Body = text;
        if (NoticeCalendar.Of(message.Notice, message.Text) is not { } calendar) return mail;
        var part = new TextPart("calendar")
        {
            Text = calendar.Text, ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = "rendez-vous.ics" },
        };
        part.ContentType.Parameters.Add("method", calendar.Method);
        mail.Body = new Multipart("mixed") { text, part };
        return mail;
    }

    private SecureSocketOptions Security() => Smtp.Security switch
    {
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
