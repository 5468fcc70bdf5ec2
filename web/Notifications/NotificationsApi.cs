using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using MimeKit;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Notifications;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Web.Agendas;
using SnpLive.Web.Hosting;
using SnpLive.Web.Notifications.Channels;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Notifications;

/// <summary>Notices: one's list, “vu”, the telesecretariat's list, settings.</summary>
internal static class NotificationsApi
{
    internal const int MostSeenAtOnce = 200;
    internal const int LongestEmail = 254;
    internal const int LongestEndpoint = 1_000;
    internal const int LongestKey = 200;
    private const int MostShown = 100;
    private static readonly ProblemKind NotInstalled = new("channel-unavailable", StatusCodes.Status422UnprocessableEntity, NoticeWords.NotInstalled);

    internal static void MapNotifications(this IEndpointRouteBuilder api)
    {
        var notices = api.MapGroup("/notifications").WithTags("Notifications");
        notices.MapGet("", List);
        notices.MapPost("/seen", See);
        notices.MapGet("/unseen", Unseen);
        notices.MapGet("/bookings/{id}", OfBooking);
        notices.MapGet("/settings", GetSettings);
        notices.MapPut("/settings", PutSettings);
        notices.MapPost("/browsers", AddBrowser);
        notices.MapPost("/browsers/remove", RemoveBrowser);
    }

    private static async Task<Ok<NoticeListView>> List(
        SignedIn me, TerritoryCatalogue catalogue, Delegations delegations, IGrainFactory grains, NoticeOptions options, Clock clock)
    {
        var territories = await catalogue.Read();
        var since = clock.Now - options.Memory;
        var agendas = await delegations.Managed(me.Actor, territories);
        var lists = await Task.WhenAll(agendas.Where(id => territories.Agenda(id) is not null).Select(id => grains.GetGrain<INoticeGrain>(id).List(since)));
        var entries = lists.SelectMany(one => one).OrderByDescending(e => e.Notice.At).ThenByDescending(e => e.Notice.NoticeId, StringComparer.Ordinal).ToArray();
        IReadOnlyList<NoticeView> shown = [.. entries.Take(MostShown).Select(e => NoticeViews.Of(e, territories, deliveries: true))];
        return TypedResults.Ok(new NoticeListView(shown, entries.Count(e => e.SeenAt is null)));
    }

    private static async Task<Results<Ok<DoneView>, ProblemHttpResult>> See(
        SeenBody body, SignedIn me, TerritoryCatalogue catalogue, Delegations delegations, IGrainFactory grains)
    {
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var agenda = fields.RequiredId("agenda", body.Agenda, Ids.IsKey);
        IReadOnlyList<string?> ids = body.Notices is null ? [] : fields.List("notices", body.Notices, MostSeenAtOnce) ?? [];
        for (var i = 0; i < ids.Count; i++) fields.RequiredId($"notices[{i}]", ids[i], id => Ids.AgendaOf(id) == agenda);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        // Whoever may not know of it learns nothing, not even that it exists.
        if ((await catalogue.Agenda(agenda)).Agenda is not { } known || !(me.Actor.Agendas.Contains(agenda) || await delegations.Has(me.Actor, known))) return Problem.Result(RefusalTable.Of(Refusal.AgendaUnknown));
        var answer = await grains.GetGrain<INoticeGrain>(agenda).See(new(requestId, me.Actor.Id, [.. ids.OfType<string>()]));
        return answer.Code is { } code ? Problem.Result(RefusalTable.Of(code)) : TypedResults.Ok(new DoneView(requestId.ToString()));
    }

    private static async Task<Results<Ok<NoticeListView>, ProblemHttpResult>> Unseen(
        string? territory, SignedIn me, TerritoryCatalogue catalogue, IGrainFactory grains, ILedger ledger)
    {
        var fields = new Fields();
        var id = fields.RequiredId("territory", territory, Ids.IsKey);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        var territories = await catalogue.Read();
        if (territories.Territory(id, me.Actor) is not { } known) return Problem.Result(Problem.TerritoryUnknown);
        if (me.Actor.Role != Role.TeleSecretary) return Problem.Result(RefusalTable.Of(Refusal.NotAllowed));
        // Agendas of which nothing was ever told are not woken.
        var versions = await ledger.ReadVersions([.. known.Agendas.Select(a => NoticeStreams.Stream(a.Id))]);
        var lists = await Task.WhenAll(known.Agendas.Where((_, i) => versions[i] > 0).Select(a => grains.GetGrain<INoticeGrain>(a.Id).Unseen()));
        IReadOnlyList<NoticeView> shown = [.. lists.SelectMany(one => one).OrderBy(e => e.Notice.Start).Take(MostShown).Select(e => NoticeViews.Of(e, territories, deliveries: false))];
        return TypedResults.Ok(new NoticeListView(shown, shown.Count));
    }

    private static async Task<Results<Ok<BookingNoticeView>, ProblemHttpResult>> OfBooking(string id, SignedIn me, TerritoryCatalogue catalogue, IGrainFactory grains, Clock clock)
    {
        if (await SlotsApi.AgendaOf(id, catalogue) is { } agenda
            && await grains.GetGrain<IAgendaGrain>(agenda).Booking(id) is { } booking && await grains.GetGrain<IAgendaGrain>(agenda).Definition() is { } definition
            && Rights.MaySeeBooking(me.Actor, RightsScope.Of(definition), definition.CareStream, booking, CivilTime.Day(clock.Now, definition.Rules.TimeZone)))
        {
            var told = await grains.GetGrain<INoticeGrain>(agenda).OfBooking(id);
            return TypedResults.Ok(new BookingNoticeView(id, told.FirstOrDefault(e => e.Notice.Kind == NoticeKind.Booked)?.SeenAt, told.Length > 0));
        }
        return Problem.Result(RefusalTable.Of(Refusal.BookingUnknown));
    }

    private static async Task<Ok<SettingsView>> GetSettings(SignedIn me, IGrainFactory grains, ChannelOptions channels) =>
        TypedResults.Ok(View(await Settings(grains, me).Get(), channels));

    private static async Task<Results<Ok<SettingsView>, ProblemHttpResult>> PutSettings(SettingsBody body, SignedIn me, IGrainFactory grains, ChannelOptions channels)
    {
        var fields = new Fields();
        fields.RequestId(body.RequestId);
        var email = fields.Text("email", body.Email, LongestEmail);
        if (email is not null && !IsEmail(email)) fields.Fault("email", NoticeWords.BadEmail);
        var phone = body.Phone is null ? null : fields.Phone("phone", body.Phone);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if ((email is not null && channels.Smtp.Host is null) || (phone is not null && channels.Sms.Url is null)) return Problem.Result(NotInstalled);
        var settings = (await Settings(grains, me).Get()) with { Email = email, Phone = phone, Weekly = body.Weekly ?? true };
        await Settings(grains, me).Put(settings);
        return TypedResults.Ok(View(await Spread(settings, me, grains), channels));
    }

    private static async Task<Results<Ok<SettingsView>, ProblemHttpResult>> AddBrowser(BrowserBody body, SignedIn me, IGrainFactory grains, ChannelOptions channels)
    {
        var fields = new Fields();
        fields.RequestId(body.RequestId);
        var endpoint = fields.RequiredText("endpoint", body.Endpoint, LongestEndpoint);
        var (key, secret) = (fields.RequiredText("p256dh", body.P256dh, LongestKey), fields.RequiredText("auth", body.Auth, LongestKey));
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (channels.WebPush.PublicKey is null) return Problem.Result(NotInstalled);
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || !PushSender.MayCall(address, channels.WebPush)) fields.Fault("endpoint", NoticeWords.BadEndpoint);
        if (!IsKey(key, secret)) fields.Fault("p256dh", NoticeWords.BadKey);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(endpoint)))[..32];
        return TypedResults.Ok(View(await Spread(await Settings(grains, me).AddBrowser(new(id, endpoint, key, secret)), me, grains), channels));
    }

    private static async Task<Results<Ok<SettingsView>, ProblemHttpResult>> RemoveBrowser(BrowserGoneBody body, SignedIn me, IGrainFactory grains, ChannelOptions channels)
    {
        var fields = new Fields();
        fields.RequestId(body.RequestId);
        var id = fields.RequiredId("browser", body.Browser, Ids.IsKey);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        return TypedResults.Ok(View(await Spread(await Settings(grains, me).RemoveBrowser(id), me, grains), channels));
    }

    private static INoticeSettingsGrain Settings(IGrainFactory grains, SignedIn me) => grains.GetGrain<INoticeSettingsGrain>(me.Actor.Id);

    // Each agenda keeps who wants its notices, so that a booking asks nobody else. Repeating the request completes it.
    private static async Task<NoticeSettings> Spread(NoticeSettings settings, SignedIn me, IGrainFactory grains)
    {
        await Task.WhenAll(me.Actor.Agendas.Select(id => grains.GetGrain<INoticeGrain>(id).Subscribe(me.Actor.Id, settings.HasAny())));
        return settings;
    }

    private static SettingsView View(NoticeSettings settings, ChannelOptions channels) => new(
        new(channels.Smtp.Host is not null, channels.Sms.Url is not null, channels.WebPush.PublicKey), settings.Email, settings.Phone, settings.Weekly,
        [.. settings.Push.Select(p => p.Id)]);

    private static bool IsEmail(string text) =>
        MailboxAddress.TryParse(text, out var box) && box.Address == text && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && text.IndexOf('.', at) > at + 1;

    private static bool IsKey(string key, string secret)
    {
        try
        {
            using var point = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = PushCrypto.Point(Base64Url.DecodeFromChars(key)) });
            return Base64Url.DecodeFromChars(secret).Length == 16;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }
}
