using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories;
using SnpLive.Grains.Territories.Grants;

namespace SnpLive.Web.Territories.Grants;

/// <summary>Somebody of the territory, to be named in a grant.</summary>
internal sealed record GrantPersonView(string Id, string Name, string Role);

/// <summary>A grant as shown.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Role">To whom.</param>
/// <param name="Stream">A care stream, <c>imaging</c>, or <c>*</c>.</param>
/// <param name="Action">What it allows.</param>
/// <param name="Condition">none, onBehalfOf, inGroup, ownAgenda or namedPerson.</param>
/// <param name="Group">The group; left out: none.</param>
/// <param name="Person">The person's id; left out: none.</param>
/// <param name="PersonName">The person's name; left out: none.</param>
/// <param name="From">First civil day; left out: always.</param>
/// <param name="To">Last civil day, included; left out: for ever.</param>
/// <param name="Source">Where the rule comes from.</param>
/// <param name="State">inForce, coming or ended.</param>
/// <param name="DecidedBy">Name of who decided last; left out: the territory's file.</param>
/// <param name="DecidedAt">When, UTC.</param>
/// <param name="EndedAt">Ended at once then, UTC; left out: it holds for its days.</param>
internal sealed record GrantView(
    string Id, string Role, string Stream, string Action, string Condition, string? Group, string? Person, string? PersonName, DateOnly? From, DateOnly? To, string Source, string State,
    string? DecidedBy, DateTimeOffset DecidedAt, DateTimeOffset? EndedAt)
{
    internal static GrantView Of(GrantEntry entry, DateOnly today, TerritorySetView territories)
    {
        string NameOf(string id) => territories.Professional(id)?.Name ?? id;
        var grant = entry.Grant;
        var state = entry.EndedAt is not null || grant.ValidTo < today ? "ended" : grant.ValidFrom > today ? "coming" : "inForce";
        return new(
            entry.GrantId, Codes.Roles.Write(grant.Role), grant.CareStream, GrantCodes.Actions.Write(grant.Action), GrantCodes.Conditions.Write(grant.Condition), grant.Group, grant.Person,
            grant.Person is { } person ? NameOf(person) : null, grant.ValidFrom, grant.ValidTo, grant.Source, state,
            entry.DecidedBy == Actor.System.Id ? null : NameOf(entry.DecidedBy), entry.DecidedAt, entry.EndedAt);
    }
}

/// <summary>The grants of a territory, and what a new one may say.</summary>
/// <param name="Today">Civil day there.</param>
/// <param name="Grants">Grants, in the order they were given.</param>
/// <param name="Roles">To whom.</param>
/// <param name="Streams">For which stream.</param>
/// <param name="Actions">To do what.</param>
/// <param name="Conditions">On which condition.</param>
/// <param name="Groups">Named groups.</param>
/// <param name="People">People to be named.</param>
internal sealed record GrantsView(
    DateOnly Today, IReadOnlyList<GrantView> Grants, IReadOnlyList<string> Roles, IReadOnlyList<string> Streams, IReadOnlyList<string> Actions, IReadOnlyList<string> Conditions,
    IReadOnlyList<string> Groups, IReadOnlyList<GrantPersonView> People)
{
    internal static GrantsView Of(TerritoryDocument territory, IEnumerable<GrantEntry> entries, DateOnly today, TerritorySetView territories)
    {
        // Those of the SAS too: a regulator may be named here.
        var people = territories.MembersOf(territory.Id).Concat(territory.Professionals).DistinctBy(one => one.Id).OrderBy(one => one.Name, StringComparer.InvariantCultureIgnoreCase).ToArray();
        return new(
            today, [.. entries.Select(one => GrantView.Of(one, today, territories))], [.. Codes.Roles.Names.Where(one => Codes.Roles.Find(one) != Role.System)], CareStreams.Granted,
            [.. GrantCodes.Actions.Names], [.. GrantCodes.Conditions.Names],
            [.. people.SelectMany(one => one.Groups).Concat(territory.Grants.Select(one => one.Group).OfType<string>()).Distinct().Order(StringComparer.Ordinal)],
            [.. people.Select(one => new GrantPersonView(one.Id, one.Name, Codes.Roles.Write(one.Role)))]);
    }
}

/// <summary>What a command changed.</summary>
/// <param name="RequestId">The caller's id.</param>
/// <param name="Grants">The grants it was about, as they are now.</param>
internal sealed record GrantsChangedView(string RequestId, IReadOnlyList<GrantView> Grants);

/// <summary>How the contract writes actions and conditions: as files do.</summary>
internal static class GrantCodes
{
    internal static readonly CodeList<GrantAction> Actions = Codes.CamelCased<GrantAction>();
    internal static readonly CodeList<GrantCondition> Conditions = Codes.CamelCased<GrantCondition>();
}
