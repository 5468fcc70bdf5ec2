using SnpLive.Grains.People;

namespace SnpLive.Grains.Rules;

/// <summary>
/// Names what an actor sees of a territory's board: two actors with equal keys see exactly the same slots, so that a board is filtered
/// once per view and not once per connection. It keeps of an actor only what some grant asks about.
/// </summary>
public static class ViewKey
{
    /// <summary>The key of an actor's view.</summary>
    /// <param name="actor">Who looks.</param>
    /// <param name="territoryId">The board.</param>
    /// <param name="scopes">One scope per agenda on that board.</param>
    public static string Of(Actor actor, string territoryId, IReadOnlyCollection<RightsScope> scopes)
    {
        var doors = Rights.DoorsOf(actor.Role);
        SortedSet<string> sas = new(StringComparer.Ordinal), tenants = new(StringComparer.Ordinal),
            groups = new(StringComparer.Ordinal), own = new(StringComparer.Ordinal);
        string? named = null;
        foreach (var scope in scopes)
        {
            if ((doors & Audience.Snp) != 0 && actor.SasId == scope.SasId) sas.Add(scope.SasId);
            foreach (var grant in scope.Grants)
            {
                if (grant.Role != actor.Role) continue;
                if (actor.Memberships.Contains(grant.Tenant)) tenants.Add(grant.Tenant);
                if (grant is { Condition: GrantCondition.InGroup, Group: { } group } && actor.Groups.Contains(group)) groups.Add(group);
                if (grant is { Condition: GrantCondition.NamedPerson, Action: GrantAction.SeeFreeSlots } && grant.Person == actor.Id) named = actor.Id;
                if (grant.Condition == GrantCondition.OwnAgenda && actor.Agendas.Contains(scope.AgendaId)) own.Add(scope.AgendaId);
            }
        }
        return $"{territoryId}|{Names.Kebab(actor.Role)}|sas={Join(sas)}|in={Join(tenants)}|groups={Join(groups)}|own={Join(own)}{(named is null ? "" : $"|me={named}")}";
    }

    private static string Join(SortedSet<string> values) => string.Join(',', values);
}

/// <summary>How closed lists are written in keys and ledger rows.</summary>
public static class Names
{
    /// <summary>Kebab-case name of an enum's value, such as <c>general-practitioner</c>.</summary>
    public static string Kebab<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
