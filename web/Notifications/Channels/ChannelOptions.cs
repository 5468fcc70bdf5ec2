namespace SnpLive.Web.Notifications.Channels;

/// <summary>How notices leave this server. Section <c>Notifications</c>; secrets come from the configuration only.</summary>
internal sealed record ChannelOptions
{
    /// <summary>Address of the application as people reach it, for links; without it messages carry no link.</summary>
    public Uri? PublicAddress { get; init; }
    /// <summary>Attempts under way at once, per channel.</summary>
    public int Parallelism { get; init; } = 4;
    /// <summary>Attempts that may wait, per channel; more begin again when their lease ends.</summary>
    public int QueueLimit { get; init; } = 1_000;
    /// <summary>Time for one attempt; shorter than the lease of an attempt.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(20);
    /// <summary>E-mail.</summary>
    public SmtpOptions Smtp { get; init; } = new();
    /// <summary>Web push.</summary>
    public PushOptions WebPush { get; init; } = new();
    /// <summary>SMS.</summary>
    public SmsOptions Sms { get; init; } = new();
    /// <summary>The weekly message.</summary>
    public WeeklyOptions Weekly { get; init; } = new();

    /// <summary>Checks what would only fail at the first message.</summary>
    /// <exception cref="InvalidOperationException">Names what is wrong.</exception>
    internal void Validate()
    {
        if (Parallelism < 1 || QueueLimit < 1 || SendTimeout <= TimeSpan.Zero) throw Wrong("Parallelism, QueueLimit, SendTimeout must be positive");
        if (PublicAddress is { } address && !(address.IsAbsoluteUri && address.Scheme is "http" or "https")) throw Wrong("PublicAddress must be an http(s) address");
        if (Smtp is { Host: not null, Security: SmtpSecurity.None } && !IsLoopback(Smtp.Host)) throw Wrong("Smtp:Security=None is admitted on this computer only");
        if (Sms.Url is { } url && string.IsNullOrEmpty(Sms.Secret)) throw Wrong($"Sms:Secret is needed with Sms:Url ({url.Host})");
        if (Sms.Url is { } plain && plain.Scheme != Uri.UriSchemeHttps && !plain.IsLoopback) throw Wrong("Sms:Url must be https");
        if ((WebPush.PublicKey is null) != (WebPush.PrivateKey is null)) throw Wrong("WebPush:PublicKey and WebPush:PrivateKey belong together");
    }

    private static bool IsLoopback(string host) => host is "localhost" or "127.0.0.1" or "::1";
    private static InvalidOperationException Wrong(string why) => new($"Notifications: {why}.");
}

/// <summary>How the connection to the mail server is protected.</summary>
internal enum SmtpSecurity
{
    /// <summary>STARTTLS, or no mail.</summary>
    StartTls,
    /// <summary>TLS from the first byte.</summary>
    Tls,
    /// <summary>None: on this computer only.</summary>
    None,
}

/// <summary>The mail server; without <see cref="Host"/> there is no e-mail.</summary>
internal sealed record SmtpOptions
{
    public string? Host { get; init; }
    public int Port { get; init; } = 587;
    public SmtpSecurity Security { get; init; } = SmtpSecurity.StartTls;
    public string? User { get; init; }
    public string? Password { get; init; }
    /// <summary>Sender; its domain also ends the messages' ids.</summary>
    public string From { get; init; } = "ne-pas-repondre@snplive.invalid";
}

/// <summary>Web push; without keys (VAPID, RFC 8292) there is none.</summary>
internal sealed record PushOptions
{
    /// <summary>Public key, base64url of 65 bytes.</summary>
    public string? PublicKey { get; init; }
    /// <summary>Private key, base64url of 32 bytes.</summary>
    public string? PrivateKey { get; init; }
    /// <summary>Whom a push service can reach: a <c>mailto:</c> or <c>https:</c> address.</summary>
    public string Subject { get; init; } = "mailto:ne-pas-repondre@snplive.invalid";
    /// <summary>Hosts of push services; a leading <c>*.</c> stands for one name or more. An endpoint comes from a browser: nothing else is called.</summary>
    public IList<string> AllowedHosts { get; init; } = ["fcm.googleapis.com", "updates.push.services.mozilla.com", "*.push.apple.com", "*.notify.windows.com"];
    /// <summary>Lets tests receive on this computer, without TLS.</summary>
    public bool AllowLoopback { get; init; }
    /// <summary>How long a push service keeps a message for a browser that is away.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromHours(4);
}

/// <summary>The operator's SMS gateway; without <see cref="Url"/> there is no SMS.</summary>
internal sealed record SmsOptions
{
    public Uri? Url { get; init; }
    /// <summary>Key of the signature.</summary>
    public string? Secret { get; init; }
}

/// <summary>When the weekly message leaves, in each territory's own time.</summary>
internal sealed record WeeklyOptions
{
    public DayOfWeek Day { get; init; } = DayOfWeek.Sunday;
    public TimeOnly Time { get; init; } = new(18, 0);
    /// <summary>Exceptions by territory id.</summary>
    public Dictionary<string, WeeklyMoment> Territories { get; init; } = [];
    /// <summary>How late it may still leave, when the server was down.</summary>
    public TimeSpan CatchUp { get; init; } = TimeSpan.FromHours(12);
    /// <summary>How long links work after the message's week has begun.</summary>
    public TimeSpan LinksLast { get; init; } = TimeSpan.FromDays(5);
    /// <summary>How often the clock is looked at.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(20);
}

/// <summary>A territory's own moment.</summary>
internal sealed record WeeklyMoment
{
    public DayOfWeek Day { get; init; } = DayOfWeek.Sunday;
    public TimeOnly Time { get; init; } = new(18, 0);
}
