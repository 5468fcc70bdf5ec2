using SnpLive.Grains.People;

namespace SnpLive.Grains.Territories;

/// <summary>
/// Who signs in at the provider (Pro Santé Connect) only: holders of an RPPS number under a territory that says so. Its members come under it, and so do the people of the SAS that
/// serves it, who book in it though they belong to no CPTS. Where several territories say different things, the strictest holds: each that says so has to give its own exception.
/// </summary>
public static class ProviderSignIn
{
    /// <summary>Whether the person comes under this territory's rule.</summary>
    public static bool Concerns(Professional person, TerritoryDocument territory) =>
        person.Rpps is not null && territory.SignIn is { RppsProviderOnly: true } && (person.Memberships.Contains(territory.Id) || IsOfCentre(person, territory));

    /// <summary>Whether the person belongs to the dispatch centre of the territory's SAS.</summary>
    public static bool IsOfCentre(Professional person, TerritoryDocument territory) => person.SasId is { } sas && sas == territory.Sas.Id;

    /// <summary>Whether a local account opens nothing for this person now.</summary>
    /// <param name="person">Whose account it is.</param>
    /// <param name="account">With its exceptions, each of one territory.</param>
    /// <param name="territories">All there are.</param>
    /// <param name="now">UTC; an exception ends at its instant.</param>
    public static bool Refuses(Professional person, AccountState account, IEnumerable<TerritoryDocument> territories, DateTimeOffset now) =>
        territories.Any(territory => Concerns(person, territory) && !account.MayBeLocal(territory.Id, now));
}
