using System.Net;

namespace SnpLive.Web.Notifications.Channels;

/// <summary>The one HTTP client of the channels: follows no redirect, reads no answer, waits no longer than told.</summary>
internal sealed class NoticeHttp : IDisposable
{
    private readonly HttpClient http;

    public NoticeHttp(ChannelOptions options) => http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = options.SendTimeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 16,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <exception cref="SendFailedException">Not taken; final when the receiver says that the message is wrong.</exception>
    internal async Task Send(HttpRequestMessage request, CancellationToken stop)
    {
        using (request)
        {
            HttpStatusCode status;
            try
            {
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
                status = response.StatusCode;
            }
            catch (HttpRequestException e)
            {
                throw new SendFailedException("unreachable", final: false, e);
            }
            if ((int)status is >= 200 and < 300) return;
            // The message itself is at fault, not the moment.
            var final = (int)status is >= 300 and < 500 && status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
            throw new SendFailedException($"http-{(int)status}", final);
        }
    }

    public void Dispose() => http.Dispose();
}
