using System.Collections.Immutable;

namespace SnpLive.Grains.Notifications;

/// <summary>A browser that receives web push (RFC 8030, 8291).</summary>
/// <param name="Id">Digest of the endpoint.</param>
/// <param name="Endpoint">Address at the push service.</param>
/// <param name="P256dh">The browser's public key, base64url, 65 bytes.</param>
/// <param name="Auth">The browser's secret, base64url, 16 bytes.</param>
[GenerateSerializer, Immutable, Alias("snp.PushTarget")]
public sealed record PushTarget([property: Id(0)] string Id, [property: Id(1)] string Endpoint, [property: Id(2)] string P256dh, [property: Id(3)] string Auth);

/// <summary>How a person wants to be told besides the screen.</summary>
/// <param name="Email">Address; null: no e-mail.</param>
/// <param name="Phone">Number for SMS; null: no SMS.</param>
/// <param name="Push">Browsers.</param>
/// <param name="Weekly">Whether the weekly message is wanted.</param>
[GenerateSerializer, Immutable, Alias("snp.NoticeSettings")]
public sealed record NoticeSettings(
    [property: Id(0)] string? Email, [property: Id(1)] string? Phone, [property: Id(2)] ImmutableArray<PushTarget> Push, [property: Id(3)] bool Weekly)
{
    /// <summary>Most browsers of one person; a further one takes the oldest's place.</summary>
    public const int MostBrowsers = 5;

    /// <summary>The screen only.</summary>
    public static NoticeSettings None { get; } = new(null, null, [], true);

    /// <summary>Whether there is any channel.</summary>
    public bool HasAny() => Email is not null || Phone is not null || !Push.IsEmpty;

    /// <summary>Where notices of a kind go. The weekly message, whose links need a tap, goes where text can be read.</summary>
    public IEnumerable<NoticeRoute> Routes(string personId, NoticeKind kind)
    {
        if (kind == NoticeKind.Weekly && !Weekly) yield break;
        if (Email is not null) yield return new(personId, NoticeChannel.Email, null);
        if (Phone is not null) yield return new(personId, NoticeChannel.Sms, null);
        if (kind == NoticeKind.Weekly) yield break;
        foreach (var browser in Push) yield return new(personId, NoticeChannel.Push, browser.Id);
    }
}

/// <summary>What the settings' document holds.</summary>
[GenerateSerializer, Immutable, Alias("snp.NoticeSettingsState")]
public sealed record NoticeSettingsState
{
    /// <summary>The settings; null until first put.</summary>
    [Id(0)] public NoticeSettings? Settings { get; init; }
}

/// <summary>A person's settings; key: the person's id.</summary>
[Alias("snp.INoticeSettingsGrain")]
public interface INoticeSettingsGrain : IGrainWithStringKey
{
    /// <summary>The settings.</summary>
    [Alias("Get")] Task<NoticeSettings> Get();

    /// <summary>Keeps them.</summary>
    [Alias("Put")] Task Put(NoticeSettings settings);

    /// <summary>Adds a browser, or renews its keys.</summary>
    [Alias("AddBrowser")] Task<NoticeSettings> AddBrowser(PushTarget browser);

    /// <summary>Forgets a browser, for instance one that its push service no longer knows.</summary>
    [Alias("RemoveBrowser")] Task<NoticeSettings> RemoveBrowser(string id);
}

/// <inheritdoc cref="INoticeSettingsGrain"/>
public sealed class NoticeSettingsGrain([PersistentState("notice-settings", Documents.Storage)] IPersistentState<NoticeSettingsState> document)
    : DocumentGrain<NoticeSettingsState>(document), INoticeSettingsGrain
{
    private NoticeSettings Current => State.Settings ?? NoticeSettings.None;

    /// <inheritdoc/>
    public Task<NoticeSettings> Get() => Task.FromResult(Current);

    /// <inheritdoc/>
    public Task Put(NoticeSettings settings) => Documents.Same(State.Settings, settings) ? Task.CompletedTask : Keep(new() { Settings = settings });

    /// <inheritdoc/>
    public async Task<NoticeSettings> AddBrowser(PushTarget browser)
    {
        var others = Current.Push.Where(p => p.Id != browser.Id).ToArray();
        await Put(Current with { Push = [.. others.TakeLast(NoticeSettings.MostBrowsers - 1), browser] });
        return Current;
    }

    /// <inheritdoc/>
    public async Task<NoticeSettings> RemoveBrowser(string id)
    {
        await Put(Current with { Push = [.. Current.Push.Where(p => p.Id != id)] });
        return Current;
    }
}
