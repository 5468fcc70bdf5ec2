using SnpLive.Grains.Rules;

namespace SnpLive.Web.Agendas;

/// <summary>Who can book, in plain words: what a practitioner wants to know of a slot and never finds in a table of grants.</summary>
internal static class Bookers
{
    /// <summary>One phrase per role, without an article.</summary>
    internal static IReadOnlyList<string> Of(RightsScope scope, string careStream, Audience audience, DateOnly today) =>
        [.. Rights.BookersOf(scope, careStream, audience, today).OrderBy(one => one.Role).Select(Phrase).Distinct()];

    private static string Phrase(Booker one)
    {
        var whose = (one.Doors & Audience.Pro) != 0 ? Messages.OfAnyTerritory : (one.Doors & Audience.Cpts) != 0 ? Messages.OfTheCpts : Messages.OfTheSas;
        var how = one.Condition switch
        {
            GrantCondition.OnBehalfOf => Messages.OnBehalf,
            GrantCondition.OwnAgenda => Messages.OnTheirOwnAgenda,
            GrantCondition.NamedPerson => Messages.NamedPerson,
            GrantCondition.InGroup => Messages.InGroup(one.Group ?? ""),
            _ => "",
        };
        return Messages.Bookers(one.Role) + whose + how;
    }
}
