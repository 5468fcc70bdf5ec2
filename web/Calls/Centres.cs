using SnpLive.Grains.Calls;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Calls;

/// <summary>A SAS that regulates calls here.</summary>
/// <param name="Sas">The SAS.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Territories">The CPTS that it reaches.</param>
internal sealed record Centre(Sas Sas, CallSettings Settings, IReadOnlyList<string> Territories);

/// <summary>The centres that the territories' documents describe.</summary>
internal static class Centres
{
    internal static IEnumerable<Centre> Of(TerritorySetView territories) => territories.All
        .Where(one => one.Sas.Calls is not null)
        .GroupBy(one => one.Sas.Id, StringComparer.Ordinal)
        .Select(group => new Centre(group.First().Sas, group.First().Sas.Calls!, [.. territories.All.Where(one => one.Sas.Id == group.Key).Select(one => one.Id)]));

    /// <summary>A centre, for the people of its desk; to all others it does not exist.</summary>
    internal static Centre? Find(TerritorySetView territories, string id, Actor actor) => IsOfDesk(actor, id) ? Of(territories).FirstOrDefault(one => one.Sas.Id == id) : null;

    internal static bool IsOfDesk(Actor actor, string centreId) => ReasonRules.IsRegulation(actor.Role) && actor.SasId == centreId;
}
