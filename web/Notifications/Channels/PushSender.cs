using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SnpLive.Grains.Notifications;
using SnpLive.Web.Hosting;

namespace SnpLive.Web.Notifications.Channels;

/// <summary>Web push to a person's browsers. The payload is encrypted for the browser; push services read nothing.</summary>
internal sealed class PushSender(ChannelOptions options, NoticeHttp http, IGrainFactory grains, Clock clock) : INoticeSender
{
    private const int TopicLength = 32;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private PushOptions Push => options.WebPush;

    public NoticeChannel Channel => NoticeChannel.Push;

    public bool Available => Push.PublicKey is not null;

    /// <summary>Whether a browser's endpoint may be called: https at a known push service. Nothing inside our own network, whatever it is named.</summary>
    internal static bool MayCall(Uri endpoint, PushOptions push)
    {
        if (!endpoint.IsAbsoluteUri || endpoint.UserInfo.Length > 0) return false;
        if (endpoint.IsLoopback) return push.AllowLoopback && endpoint.Scheme is "http" or "https";
        return endpoint.Scheme == Uri.UriSchemeHttps && endpoint.IsDefaultPort && endpoint.HostNameType == UriHostNameType.Dns
            && push.AllowedHosts.Any(allowed => allowed.StartsWith("*.", StringComparison.Ordinal)
                ? endpoint.Host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
                : endpoint.Host.Equals(allowed, StringComparison.OrdinalIgnoreCase));
    }

    public async Task Send(Outgoing message, CancellationToken stop)
    {
        if (message.To.Push.FirstOrDefault(p => p.Id == message.Route.Target) is not { } browser) throw new SendFailedException("no-address", final: true);
        if (!Uri.TryCreate(browser.Endpoint, UriKind.Absolute, out var endpoint) || !MayCall(endpoint, Push)) throw new SendFailedException("endpoint-refused", final: true);
        var text = JsonSerializer.SerializeToUtf8Bytes(
            new { message.Id, message.Text.Title, Body = message.Text.Place, Url = message.Text.Link?.PathAndQuery ?? "/?page=agenda" }, Json);
        var body = PushCrypto.Encrypt(text, Base64Url.DecodeFromChars(browser.P256dh), Base64Url.DecodeFromChars(browser.Auth));
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Content.Headers.ContentEncoding.Add("aes128gcm");
        request.Headers.TryAddWithoutValidation("Authorization", $"vapid {PushCrypto.Vapid(Push, endpoint, clock.Now)}");
        request.Headers.Add("TTL", ((int)Push.TimeToLive.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("Urgency", "high");
        // A repeat replaces the message that is still waiting at the push service.
        request.Headers.Add("Topic", Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(message.Id)))[..TopicLength]);
        try { await http.Send(request, stop); }
        catch (SendFailedException gone) when (gone.Problem is "http-404" or "http-410")
        {
            await grains.GetGrain<INoticeSettingsGrain>(message.Route.PersonId).RemoveBrowser(browser.Id); // the browser unsubscribed
            throw;
        }
    }
}
