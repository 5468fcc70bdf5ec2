using System.ComponentModel.DataAnnotations;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Notifications;

/// <summary>Marks as seen.</summary>
internal sealed record SeenBody
{
    [Required] public string? RequestId { get; init; }
    /// <summary>The agenda.</summary>
    [Required] public string? Agenda { get; init; }
    /// <summary>Which notices; absent: all of the agenda.</summary>
    [MaxLength(NotificationsApi.MostSeenAtOnce)] public IReadOnlyList<string?>? Notices { get; init; }
}

/// <summary>How somebody wants to be told; browsers are added and removed by themselves.</summary>
internal sealed record SettingsBody
{
    [Required] public string? RequestId { get; init; }
    /// <summary>Address; absent: no e-mail.</summary>
    [MaxLength(NotificationsApi.LongestEmail)] public string? Email { get; init; }
    /// <summary>Number; absent: no SMS.</summary>
    [MaxLength(Limits.Phone)] public string? Phone { get; init; }
    /// <summary>Whether the weekly message is wanted.</summary>
    public bool? Weekly { get; init; }
}

/// <summary>A browser's push subscription, as the browser gives it.</summary>
internal sealed record BrowserBody
{
    [Required] public string? RequestId { get; init; }
    [Required, MaxLength(NotificationsApi.LongestEndpoint)] public string? Endpoint { get; init; }
    [Required, MaxLength(NotificationsApi.LongestKey)] public string? P256dh { get; init; }
    [Required, MaxLength(NotificationsApi.LongestKey)] public string? Auth { get; init; }
}

/// <summary>Forgets a browser.</summary>
internal sealed record BrowserGoneBody
{
    [Required] public string? RequestId { get; init; }
    [Required, MaxLength(64)] public string? Browser { get; init; }
}

/// <summary>Settings as shown: which channels this server has, and which the reader uses.</summary>
internal sealed record SettingsView(ChannelsView Channels, string? Email, string? Phone, bool Weekly, IReadOnlyList<string> Browsers);

/// <summary>What this server can do; the key is what a browser subscribes with.</summary>
internal sealed record ChannelsView(bool Email, bool Sms, string? PushKey);
