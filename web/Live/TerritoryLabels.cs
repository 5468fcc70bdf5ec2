using System.Collections.Immutable;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories;

namespace SnpLive.Web.Live;

/// <summary>What a territory's document says about its slots: names, places, and who may see what. Immutable; a changed document makes a new one.</summary>
internal sealed class TerritoryLabels
{
    private static readonly PlaceView Nowhere = new("", "", "", "", "", 0, 0);
    private static readonly (Audience Flag, string Code)[] AudienceCodes =
        [(Audience.Public, "PUBLIC"), (Audience.Pro, "PRO"), (Audience.Snp, "SNP"), (Audience.Cpts, "CPTS")];

    private readonly Dictionary<string, RightsScope> scopes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PractitionerView> people, practitioners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlaceView> places;
    private readonly Dictionary<string, string> organizations;

    public TerritoryLabels(TerritoryDocument document)
    {
        Document = document;
        people = document.Professionals.ToDictionary(p => p.Id, p => new PractitionerView(p.Name, p.Speciality), StringComparer.Ordinal);
        var communes = document.Communes.ToDictionary(c => c.Code, c => c.Name, StringComparer.Ordinal);
        organizations = document.Organizations.ToDictionary(o => o.Id, o => o.Name, StringComparer.Ordinal);
        organizations.TryAdd(document.Sas.Id, document.Sas.Name);
        places = document.Places.ToDictionary(
            p => p.Id,
            p => new PlaceView(p.Name, p.Address, communes.GetValueOrDefault(p.CommuneCode, ""), p.PostalCode, p.Phone, p.Lat, p.Lon),
            StringComparer.Ordinal);
        foreach (var agenda in document.Agendas)
        {
            scopes[agenda.Id] = new(agenda.Id, document.Sas.Id, [.. document.Grants.Where(g => CareStreams.Covers(g.CareStream, agenda.CareStream))]);
            if (people.TryGetValue(agenda.PractitionerId, out var practitioner)) practitioners[agenda.Id] = practitioner;
        }
    }

    public TerritoryDocument Document { get; }

    public IReadOnlyCollection<RightsScope> Scopes => scopes.Values;

    public bool Has(string agendaId) => scopes.ContainsKey(agendaId);

    /// <summary>Default deny: its members, and people of the SAS that reaches it.</summary>
    public bool IsOpenTo(Actor actor) => actor.Memberships.Contains(Document.Id) || actor.SasId == Document.Sas.Id;

    /// <summary>The civil day in the territory.</summary>
    public DateOnly Today(DateTimeOffset now) => CivilTime.Day(now, Document.Rules.TimeZone);

    /// <summary>Whether a grant starts or has ended between two days.</summary>
    public bool GrantsChange(DateOnly from, DateOnly to)
    {
        var (early, late) = from <= to ? (from, to) : (to, from);
        return Document.Grants.Any(g => (g.ValidFrom > early && g.ValidFrom <= late) || (g.ValidTo >= early && g.ValidTo < late));
    }

    public bool MaySee(Actor actor, SlotFacts slot, DateOnly today) =>
        scopes.TryGetValue(slot.AgendaId, out var scope) && Rights.MaySee(actor, scope, slot.CareStream, slot.Audience, today);

    public PlaceView? PlaceOf(string agendaId) => Entry(agendaId) is { } entry ? places.GetValueOrDefault(entry.PlaceId) : null;

    public string? StreamOf(string agendaId) => Entry(agendaId)?.CareStream;

    /// <summary>The slot as shown at <paramref name="now"/>.</summary>
    public SlotFace Face(SlotPicture slot, DateTimeOffset now)
    {
        var facts = slot.Facts;
        var state = SlotStates.Of(slot, now);
        HoldPicture? first = null;
        if (state == SlotState.Held)
            foreach (var hold in slot.Holds)
                if (hold.Until > now && (first is null || hold.Until < first.Until)) first = hold;
        return SlotFace.Of(facts, new(
            facts.SlotId, facts.AgendaId, facts.Start, facts.End, facts.CareStream, Names.Kebab(facts.Mode), Names.Kebab(state), facts.Capacity, slot.Taken,
            facts.MinNoticeMinutes, Codes(facts.Audience), first is null ? null : organizations.GetValueOrDefault(first.OrganizationId), first?.Until,
            Conditions: null, practitioners.GetValueOrDefault(facts.AgendaId), places.GetValueOrDefault(facts.PlaceId, Nowhere))
        {
            TakeBackBefore = facts.TakeBackMinutes, Locum = facts.Locum is { } locum ? people.GetValueOrDefault(locum) : null,
        });
    }

    private AgendaEntry? Entry(string agendaId) => Document.Agendas.FirstOrDefault(a => a.Id == agendaId);

    private static ImmutableArray<string> Codes(Audience audience) =>
        [.. AudienceCodes.Where(a => (audience & a.Flag) != 0).Select(a => a.Code)];
}
