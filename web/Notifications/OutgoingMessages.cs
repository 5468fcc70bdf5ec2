using SnpLive.Grains.Notifications;
using SnpLive.Web.Audit;
using SnpLive.Web.Hosting;
using SnpLive.Web.Notifications.Channels;
using SnpLive.Web.Notifications.Weekly;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Notifications;

/// <summary>From a notice to what a person reads, at the moment of sending: addresses and links are kept nowhere else.</summary>
internal sealed class OutgoingMessages(TerritoryCatalogue catalogue, IGrainFactory grains, WeeklyLinks links, ChannelOptions options, Clock clock)
{
    /// <summary>The message of an attempt; null when its agenda is gone.</summary>
    internal async Task<Outgoing?> Of(DeliveryJob job)
    {
        var (notice, delivery) = (job.Notice, job.Delivery);
        var (territories, agenda) = await catalogue.Agenda(notice.AgendaId);
        if (agenda is null) return null;
        var settings = await grains.GetGrain<INoticeSettingsGrain>(delivery.Route.PersonId).Get();
        var place = territories.Place(notice.PlaceId) is { } known ? $"{known.Name}, {known.Address}" : notice.PlaceId;
        return new(delivery.DeliveryId, notice, Text(notice, place, delivery.Route.PersonId, territories), settings, delivery.Route);
    }

    private NoticeText Text(Notice notice, string place, string personId, TerritorySetView territories)
    {
        var title = NoticeWords.Title(notice.Kind, notice.Start, notice.TimeZone);
        var (page, whereToLook) = notice.Kind == NoticeKind.GlassBroken ? GlassPage(notice, personId, territories) : ("?page=agenda", NoticeWords.WhereToLook);
        var link = options.PublicAddress is { } address ? new Uri(address, $"/{page}") : null;
        List<string> lines = [NoticeWords.What(notice.Kind), "", title, NoticeWords.Place(place), NoticeWords.StreamLine(notice.CareStream), ""];
        if (notice.Kind != NoticeKind.Weekly)
        {
            lines.Add(NoticeWords.NoPatientData);
            if (link is not null) lines.Add(whereToLook);
            return new(title, lines, $"{title}. {place}{(link is null ? "" : $" {link}")}", place, link);
        }
        if (options.PublicAddress is not { } site) return new(title, lines, title, place, null);
        string[] choices = [.. Enum.GetValues<WeeklyAnswer>().Select(answer => NoticeWords.LinkLine(answer, links.Address(site, notice, personId, answer)))];
        return new(title, [.. lines, .. choices, "", NoticeWords.LinksOneTap, ""], string.Join('\n', choices.Prepend(title)), place, link);
    }

    /// <summary>Examining is the medical lead's; a data officer who was told because none is named reads the journal; whose grant has ended meanwhile, neither.</summary>
    private (string Page, string WhereToLook) GlassPage(Notice notice, string personId, TerritorySetView territories)
    {
        if (territories.Professional(personId)?.ToActor() is { } reader && territories.Territory(notice.TerritoryId) is { } territory)
        {
            if (GlassReviews.MayReview(reader, territory, clock.Now)) return ("?page=acces-exceptionnels", NoticeWords.GlassToExamine);
            if (AccessApi.MayReadAudit(reader, territory, clock.Now)) return ("?page=journal", NoticeWords.GlassInJournal);
        }
        return ("", NoticeWords.WhereToLook);
    }
}
