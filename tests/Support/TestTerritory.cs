using System.Text.Json.Nodes;

namespace SnpLive.Tests.Support;

/// <summary>Small territories in the import format, with slots every quarter of an hour round the clock, so that a test runs at any time of any day.</summary>
public static class TestTerritory
{
    /// <summary>Territory <paramref name="id"/> with <paramref name="doctors"/> GPs; people are <c>{id}-reg-1…4</c>, <c>{id}-pha-1…4</c>, <c>{id}-gp-1…n</c>, <c>{id}-tel-1</c>, <c>{id}-coo-1</c>.</summary>
    public static JsonObject Of(string id, string sas, int doctors)
    {
        var territory = new JsonObject
        {
            ["id"] = id,
            ["name"] = $"Territoire {id}",
            ["sas"] = new JsonObject { ["id"] = sas, ["name"] = sas.ToUpperInvariant() },
            ["rules"] = Rules(),
            ["communes"] = new JsonArray(new JsonObject
            {
                ["code"] = "44043", ["name"] = "Clisson", ["postalCode"] = "44190", ["population"] = 7452, ["lat"] = 47.087, ["lon"] = -1.282,
            }),
            ["organizations"] = new JsonArray(Organization($"{id}-sas", "sas", $"Régulation {sas}"), Organization($"{id}-pha", "pharmacy", $"Pharmacie {id}"),
                Organization($"{id}-msp", "practice", $"Maison de santé {id}"), Organization($"{id}-tele", "teleSecretariat", $"Télésecrétariat {id}"),
                Organization($"{id}-cpts", "cpts", $"CPTS {id}")),
            ["places"] = new JsonArray(new JsonObject
            {
                ["id"] = $"{id}-place", ["organizationId"] = $"{id}-msp", ["name"] = $"Maison de santé {id}", ["address"] = "1 rue de l'Essai",
                ["communeCode"] = "44043", ["postalCode"] = "44190", ["phone"] = "02 61 91 00 01", ["lat"] = 47.087, ["lon"] = -1.282,
            }),
            ["professionals"] = new JsonArray(People(id, sas, doctors)),
            ["agendas"] = new JsonArray([.. Enumerable.Range(1, doctors).Select(n => Agenda(id, n))]),
            ["grants"] = new JsonArray(
                Grant(["pharmacist", "regulator", "generalPractitioner"], ["seeFreeSlots", "seeOwnBookings", "hold", "book", "cancel"], null),
                Grant(["teleSecretary"], ["seeFreeSlots", "seeOwnBookings", "hold", "book", "cancel"], "onBehalfOf"),
                Grant(["generalPractitioner"], ["openSlot", "closeSlot", "recordOutcome"], "ownAgenda")),
            ["assumptions"] = new JsonArray("Territoire d'essai."),
        };
        return territory;
    }

    /// <summary>Writes territories as files and returns their paths.</summary>
    public static string[] Write(TemporaryFolder folder, params JsonObject[] territories)
    {
        var files = new List<string>();
        foreach (var territory in territories)
        {
            var file = folder.File($"{(string)territory["id"]!}.json");
            File.WriteAllText(file, territory.ToJsonString());
            files.Add(file);
        }
        return [.. files];
    }

    private static JsonObject Rules()
    {
        var daytime = new JsonObject();
        foreach (var day in (string[])["mon", "tue", "wed", "thu", "fri", "sat", "sun"]) daytime[day] = new JsonArray("00:00", "23:59");
        return new()
        {
            ["timeZone"] = "Europe/Paris", ["windowHours"] = 48, ["holdMinutes"] = 3, ["holdExtensionMinutes"] = 2, ["maxHoldsPerPerson"] = 2,
            ["minNoticeMinutes"] = 15, ["publishAheadDays"] = 3, ["daytime"] = daytime,
        };
    }

    private static JsonObject Organization(string id, string kind, string name) => new() { ["id"] = id, ["kind"] = kind, ["name"] = name, ["communeCode"] = "44043" };

    private static JsonNode[] People(string id, string sas, int doctors)
    {
        var people = new List<JsonNode>();
        for (var n = 1; n <= 4; n++)
        {
            people.Add(new JsonObject { ["id"] = $"{id}-reg-{n}", ["name"] = $"Régulateur {n}", ["role"] = "regulator", ["organizationId"] = $"{id}-sas", ["sasId"] = sas, ["demo"] = true });
            people.Add(new JsonObject { ["id"] = $"{id}-pha-{n}", ["name"] = $"Pharmacien {n}", ["role"] = "pharmacist", ["organizationId"] = $"{id}-pha", ["memberships"] = new JsonArray(id), ["demo"] = true });
        }
        people.Add(new JsonObject { ["id"] = $"{id}-tel-1", ["name"] = "Télésecrétaire", ["role"] = "teleSecretary", ["organizationId"] = $"{id}-tele", ["memberships"] = new JsonArray(id), ["demo"] = true });
        people.Add(new JsonObject { ["id"] = $"{id}-coo-1", ["name"] = "Coordinatrice", ["role"] = "coordinator", ["organizationId"] = $"{id}-cpts", ["memberships"] = new JsonArray(id), ["demo"] = true });
        for (var n = 1; n <= doctors; n++)
            people.Add(new JsonObject
            {
                ["id"] = $"{id}-gp-{n}", ["name"] = $"Dr Essai {n}", ["speciality"] = "Médecin généraliste", ["role"] = "generalPractitioner",
                ["organizationId"] = $"{id}-msp", ["memberships"] = new JsonArray(id), ["agendas"] = new JsonArray($"{id}-agenda-{n}"), ["demo"] = true,
            });
        return [.. people];
    }

    private static JsonObject Agenda(string id, int n)
    {
        var times = new JsonArray();
        for (var minute = 0; minute < 24 * 60; minute += 15) times.Add($"{minute / 60:D2}:{minute % 60:D2}");
        return new()
        {
            ["id"] = $"{id}-agenda-{n}", ["practitionerId"] = $"{id}-gp-{n}", ["placeId"] = $"{id}-place", ["careStream"] = "gp",
            ["templates"] = new JsonArray(new JsonObject
            {
                ["id"] = "toujours", ["days"] = new JsonArray("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ["times"] = times, ["minutes"] = 15,
            }),
        };
    }

    private static JsonObject Grant(string[] roles, string[] actions, string? condition)
    {
        var grant = new JsonObject
        {
            ["roles"] = new JsonArray([.. roles.Select(r => JsonValue.Create(r))]), ["streams"] = new JsonArray("gp"),
            ["actions"] = new JsonArray([.. actions.Select(a => JsonValue.Create(a))]), ["source"] = "essai",
        };
        if (condition is not null) grant["condition"] = condition;
        return grant;
    }
}
