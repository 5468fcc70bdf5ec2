using System.Globalization;
using System.Text.Json;

namespace SnpLive.Bench.Http;

/// <summary>A bench's agendas as territory files for the product's own import: one CPTS per board, and in the first the people who book.</summary>
internal static class TerritoryFiles
{
    private const string Commune = "44043";
    private static readonly string[] WholeDay = ["00:00", "23:59"];
    private static readonly string[] AlwaysOpen = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>The identity of caller <paramref name="n"/>: somebody of the SAS, who may book everywhere.</summary>
    public static string Identity(int n) => string.Create(CultureInfo.InvariantCulture, $"reg-{n:D4}");

    /// <summary>Name and content of each file.</summary>
    public static IEnumerable<(string Name, string Content)> Of(Territory territory)
    {
        var boards = Enumerable.Range(0, territory.Agendas).Select(Territory.AgendaId).GroupBy(Territory.Cpts);
        foreach (var (index, board) in boards.Index()) yield return (board.Key + ".json", JsonSerializer.Serialize(File(board.Key, [.. board], index == 0 ? territory.Callers : 0)));
    }

    private static object File(string cpts, string[] agendas, int callers) => new
    {
        format = 1,
        id = cpts,
        name = "CPTS " + cpts,
        sas = new { id = Territory.Sas, name = "SAS 44" },
        assumptions = (string[])["Territoire inventé pour une mesure."],
        rules = new
        {
            timeZone = "Europe/Paris", windowHours = 48, holdMinutes = 3, holdExtensionMinutes = 2, maxHoldsPerPerson = 2, minNoticeMinutes = 0, publishAheadDays = 3,
            daytime = AlwaysOpen.ToDictionary(day => day, _ => WholeDay),
        },
        communes = (object[])[new { code = Commune, name = "Clisson", postalCode = "44190", population = 7452, lat = 47.087, lon = -1.283 }],
        organizations = (object[])[new { id = Territory.Sas, kind = "sas", name = "SAS 44" }, new { id = "cab-" + cpts, kind = "practice", name = "Cabinet", communeCode = Commune }],
        places = agendas.Select(id => new
        {
            id = "place-" + id, organizationId = "cab-" + cpts, name = "Cabinet", address = "1 rue des Vignes", communeCode = Commune, postalCode = "44190", phone = "02 61 91 00 00", lat = 47.087, lon = -1.283,
        }),
        groups = Array.Empty<string>(),
        professionals = agendas.Select(id => (object)new { id = "dr-" + id, name = "Dr " + id, role = "generalPractitioner", organizationId = "cab-" + cpts })
            .Concat(Enumerable.Range(0, callers).Select(n => (object)new { id = Identity(n), rpps = Rpps(n), name = "Régulateur", role = "regulator", organizationId = Territory.Sas, sasId = Territory.Sas, demo = true })),
        agendas = agendas.Select(id => new { id, practitionerId = "dr-" + id, placeId = "place-" + id, careStream = "gp", templates = Array.Empty<object>() }),
        grants = (object[])
        [
            new { roles = (string[])["regulator"], streams = (string[])["gp"], actions = (string[])["seeFreeSlots", "book"], source = "bench" },
            new { roles = (string[])["generalPractitioner"], streams = (string[])["gp"], actions = (string[])["openSlot", "closeSlot"], condition = "ownAgenda", source = "bench" },
        ],
    };

    /// <summary>A number kept for demonstrations, with its key.</summary>
    private static string Rpps(int n)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"997{n:D7}");
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 0) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }
        return string.Create(CultureInfo.InvariantCulture, $"{digits}{(10 - sum % 10) % 10}");
    }
}
