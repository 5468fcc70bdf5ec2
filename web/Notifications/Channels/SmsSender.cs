using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SnpLive.Grains.Notifications;
using SnpLive.Web.Hosting;

namespace SnpLive.Web.Notifications.Channels;

/// <summary>
/// SMS through the operator's webhook: <c>{id, to, text}</c>, signed. The receiver drops repeats by <c>id</c> (also <c>Idempotency-Key</c>), and old or
/// forged messages by <c>X-SnpLive-Signature: t={unix seconds},v1={hex HMAC-SHA256(secret, "{t}.{body}")}</c>.
/// </summary>
internal sealed class SmsSender(ChannelOptions options, NoticeHttp http, Clock clock) : INoticeSender
{
    internal const string SignatureHeader = "X-SnpLive-Signature";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public NoticeChannel Channel => NoticeChannel.Sms;

    public bool Available => options.Sms.Url is not null;

    public Task Send(Outgoing message, CancellationToken stop)
    {
        if (message.To.Phone is not { } phone) throw new SendFailedException("no-address", final: true);
        var body = JsonSerializer.Serialize(new { message.Id, To = phone, Text = message.Text.Short }, Json);
        var request = new HttpRequestMessage(HttpMethod.Post, options.Sms.Url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", message.Id);
        request.Headers.Add(SignatureHeader, Sign(options.Sms.Secret!, clock.Now.ToUnixTimeSeconds(), body));
        return http.Send(request, stop);
    }

    /// <summary>The signature's header.</summary>
    internal static string Sign(string secret, long seconds, string body)
    {
        var signed = string.Create(CultureInfo.InvariantCulture, $"{seconds}.{body}");
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed));
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={Convert.ToHexStringLower(mac)}");
    }
}
