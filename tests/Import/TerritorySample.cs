using System.Text;
using System.Text.Json.Nodes;
using SnpLive.Grains.Territories.Import;

namespace SnpLive.Tests.Import;

/// <summary>A small territory file that uses every part of the format, and ways to spoil it.</summary>
internal static class TerritorySample
{
    internal const string Text = """
        {
          "$schema": "schema/territory.schema.json",
          "format": 1,
          "id": "petit-pays",
          "name": "CPTS du Petit Pays",
          "sas": { "id": "sas-44", "name": "SAS 44" },
          "assumptions": ["Territoire d'essai."],
          "rules": {
            "timeZone": "Europe/Paris", "windowHours": 48, "holdMinutes": 3, "holdExtensionMinutes": 2, "maxHoldsPerPerson": 2,
            "minNoticeMinutes": 15, "publishAheadDays": 7, "alsaceMoselle": false, "closedDays": ["2026-05-15"],
            "daytime": { "mon": ["08:00", "12:00", "14:00", "20:00"], "tue": ["08:00", "20:00"], "sat": ["08:00", "12:00"] }
          },
          "communes": [
            { "code": "44043", "name": "Clisson", "postalCode": "44190", "population": 7452, "lat": 47.087, "lon": -1.283 },
            { "code": "44212", "name": "Vallet", "postalCode": "44330", "population": 9495, "lat": 47.161, "lon": -1.267 }
          ],
          "organizations": [
            { "id": "sas-44", "kind": "sas", "name": "SAS 44", "communeCode": "44109" },
            { "id": "cabinet", "kind": "practice", "name": "Cabinet de Clisson", "communeCode": "44043", "phone": "02 61 91 00 00" },
            { "id": "pharmacie", "kind": "pharmacy", "name": "Pharmacie du Marché" }
          ],
          "places": [
            { "id": "clisson", "organizationId": "cabinet", "name": "Cabinet", "address": "1 rue des Vignes", "communeCode": "44043", "postalCode": "44190", "phone": "02 61 91 00 00", "lat": 47.08, "lon": -1.28 }
          ],
          "groups": ["imaging-trial"],
          "professionals": [
            { "id": "dr-un", "rpps": "99700000013", "name": "Dr Un", "speciality": "Médecine générale", "role": "generalPractitioner", "organizationId": "cabinet", "groups": ["imaging-trial"], "demo": true },
            { "id": "regulateur", "rpps": "99700000021", "name": "Dr Deux", "role": "regulator", "organizationId": "sas-44", "sasId": "sas-44" },
            { "id": "secretaire", "name": "Camille Trois", "role": "secretary", "organizationId": "cabinet", "memberships": ["petit-pays"], "agendas": ["mg-un"] }
          ],
          "agendas": [
            { "id": "mg-un", "practitionerId": "dr-un", "placeId": "clisson", "careStream": "gp", "alsoShownIn": [], "templates": [
              { "id": "semaine", "days": ["mon", "tue"], "times": ["17:20", "11:40"], "minutes": 20 },
              { "id": "samedi", "days": ["sat"], "times": ["09:00"], "minutes": 30, "mode": "video", "audience": ["SNP", "PRO"], "capacity": 2, "from": "2026-01-01", "to": "2026-12-31" }
            ] }
          ],
          "grants": [
            { "roles": ["pharmacist", "regulator"], "streams": ["gp"], "actions": ["seeFreeSlots", "hold", "book"], "source": "essai" },
            { "roles": ["generalPractitioner"], "streams": ["imaging"], "actions": ["book"], "condition": "inGroup", "group": "imaging-trial", "from": "2026-01-01", "to": "2026-12-31", "source": "essai" },
            { "roles": ["generalPractitioner"], "streams": ["*"], "actions": ["openSlot"], "condition": "ownAgenda", "source": "essai" }
          ]
        }
        """;

    internal static JsonObject Json() => (JsonObject)JsonNode.Parse(Text)!;

    /// <summary>A second, independent territory with ids of its own.</summary>
    internal static JsonObject Other() => (JsonObject)JsonNode.Parse(Text
        .Replace("petit-pays", "grand-pays", StringComparison.Ordinal).Replace("dr-un", "dr-quatre", StringComparison.Ordinal)
        .Replace("mg-un", "mg-quatre", StringComparison.Ordinal).Replace("99700000013", "99700000039", StringComparison.Ordinal)
        .Replace("secretaire", "secretaire-deux", StringComparison.Ordinal))!;

    internal static TerritoryRead Read(JsonNode json) => Read(json.ToJsonString());

    internal static TerritoryRead Read(string text) => TerritoryReader.Read("essai.json", Encoding.UTF8.GetBytes(text));

    internal static TerritoryFile File(string name, JsonNode json) => TerritoryFile.Of(name, json.ToJsonString());

    /// <summary>The node at a path such as <c>$.agendas[0].templates[1]</c>.</summary>
    internal static JsonNode At(this JsonNode root, string path)
    {
        var node = root;
        foreach (var step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.').Skip(1))
            node = step[0] == '[' ? node[int.Parse(step[1..^1], System.Globalization.CultureInfo.InvariantCulture)]! : node[step]!;
        return node;
    }
}
