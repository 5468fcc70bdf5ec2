using System.Collections.Frozen;
using System.Collections.Immutable;
using SnpLive.Grains.People;
using SnpLive.Grains.Territories;

namespace SnpLive.Web.Territories;

/// <summary>An agenda with everything its territory says about it.</summary>
/// <param name="Territory">The owner.</param>
/// <param name="Entry">The agenda.</param>
internal sealed record KnownAgenda(TerritoryDocument Territory, AgendaEntry Entry)
{
    /// <summary>All CPTS on whose boards it shows.</summary>
    internal IEnumerable<string> ShownIn => Entry.AlsoShownIn.Prepend(Territory.Id);
}

/// <summary>All territories at one moment, indexed.</summary>
internal sealed class TerritorySetView
{
    private readonly FrozenDictionary<string, TerritoryDocument> territories;
    private readonly FrozenDictionary<string, KnownAgenda> agendas;
    private readonly FrozenDictionary<string, Organization> organizations;
    private readonly FrozenDictionary<string, Professional> professionals;
    private readonly FrozenDictionary<string, Place> places;

    /// <param name="documents">The territories.</param>
    /// <param name="invited">People with an account who stand in no territory's file; nobody when left out.</param>
    internal TerritorySetView(ImmutableArray<TerritoryDocument> documents, ImmutableArray<Professional> invited = default)
    {
        All = documents;
        Invited = invited.IsDefault ? [] : invited;
        territories = Index(documents, one => one.Id);
        agendas = Index(documents.SelectMany(territory => territory.Agendas.Select(entry => new KnownAgenda(territory, entry))), one => one.Entry.Id);
        organizations = Index(documents.SelectMany(one => one.Organizations), one => one.Id);
        professionals = Index(documents.SelectMany(one => one.Professionals).Concat(Invited), one => one.Id);
        places = Index(documents.SelectMany(one => one.Places), one => one.Id);
    }

    internal ImmutableArray<TerritoryDocument> All { get; }

    internal ImmutableArray<Professional> Invited { get; }

    /// <summary>A territory's own people: who stands in its file as its member, then whom it invited.</summary>
    internal IEnumerable<Professional> MembersOf(string territoryId) =>
        (Territory(territoryId)?.Professionals ?? []).Concat(Invited).Where(one => one.Memberships.Contains(territoryId)).DistinctBy(one => one.Id);

    /// <summary>People of the dispatch centre of a territory's SAS who are not its members, whichever file they stand in.</summary>
    internal IEnumerable<Professional> CentreOf(TerritoryDocument territory) =>
        Professionals.Where(one => ProviderSignIn.IsOfCentre(one, territory) && !one.Memberships.Contains(territory.Id));

    /// <summary>Everybody: who stands in a territory's file, and who was invited beside it.</summary>
    internal IEnumerable<Professional> Professionals => All.SelectMany(one => one.Professionals).Concat(Invited).DistinctBy(one => one.Id);

    internal TerritoryDocument? Territory(string id) => territories.GetValueOrDefault(id);

    internal KnownAgenda? Agenda(string id) => agendas.GetValueOrDefault(id);

    internal Professional? Professional(string id) => professionals.GetValueOrDefault(id);

    internal Place? Place(string id) => places.GetValueOrDefault(id);

    /// <summary>The name of an organisation; a territory's own coordination goes by the territory's.</summary>
    internal string? OrganizationName(string id) => organizations.GetValueOrDefault(id)?.Name ?? Territory(id)?.Name;

    /// <summary>A territory that the actor may know of: as its member, or as a person of its SAS.</summary>
    internal static bool Sees(Actor actor, TerritoryDocument territory) =>
        actor.Memberships.Contains(territory.Id) || (actor.SasId is { } sas && sas == territory.Sas.Id);

    internal IEnumerable<TerritoryDocument> SeenBy(Actor actor) => All.Where(territory => Sees(actor, territory));

    /// <summary>The territory, when the actor may know of it.</summary>
    internal TerritoryDocument? Territory(string id, Actor actor) => Territory(id) is { } territory && Sees(actor, territory) ? territory : null;

    private static FrozenDictionary<string, T> Index<T>(IEnumerable<T> items, Func<T, string> key) =>
        items.DistinctBy(key).ToFrozenDictionary(key, StringComparer.Ordinal);
}
