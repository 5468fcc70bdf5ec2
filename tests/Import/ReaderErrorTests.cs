using System.Text;
using System.Text.Json.Nodes;
using SnpLive.Grains.Territories.Import;

namespace SnpLive.Tests.Import;

/// <summary>Each kind of error: one spoiled file, one error, at its path.</summary>
public sealed class ReaderErrorTests
{
    /// <summary>Code, path of the error, object to change, property, JSON to put there (null: take it away).</summary>
    public static TheoryData<string, string, string, string, string?> Spoiled => new()
    {
        // Structure.
        { "unknown-property", "$.agenda", "$", "agenda", "[]" },
        { "unknown-property", "$.communes[1].citizens", "$.communes[1]", "citizens", "1" },
        { "missing", "$.name", "$", "name", null },
        { "missing", "$.rules.timeZone", "$.rules", "timeZone", null },
        { "missing", "$.agendas[0].templates[1].minutes", "$.agendas[0].templates[1]", "minutes", null },
        { "missing", "$.grants[0].source", "$.grants[0]", "source", "null" },
        { "type", "$.places", "$", "places", "{}" },
        { "type", "$.communes[0]", "$.communes", "[0]", "7" },
        { "type", "$.name", "$", "name", "[]" },
        { "type", "$.communes[0].population", "$.communes[0]", "population", "\"7452\"" },
        { "type", "$.communes[0].lat", "$.communes[0]", "lat", "\"47\"" },
        { "type", "$.professionals[0].demo", "$.professionals[0]", "demo", "\"yes\"" },
        { "type", "$.agendas[0].templates[0].times", "$.agendas[0].templates[0]", "times", "\"11:40\"" },
        { "format", "$.format", "$", "format", "2" },
        { "text-empty", "$.name", "$", "name", "\"  \"" },
        { "text-too-long", "$.name", "$", "name", $"\"{new string('x', 121)}\"" },
        { "bad-characters", "$.name", "$", "name", "\"a\\u0007b\"" },
        { "bad-characters", "$.professionals[1].name", "$.professionals[1]", "name", "\"\\ud800\"" },
        { "list-empty", "$.communes", "$", "communes", "[]" },
        { "list-empty", "$.grants[0].roles", "$.grants[0]", "roles", "[]" },
        { "repeated", "$.agendas[0].templates[0].days[1]", "$.agendas[0].templates[0]", "days", "[\"mon\",\"mon\"]" },
        // Ids and references.
        { "id", "$.id", "$", "id", "\"Petit Pays\"" },
        { "id", "$.places[0].id", "$.places[0]", "id", "\"clisson\\u00e9\"" },
        { "id", "$.agendas[0].id", "$.agendas[0]", "id", $"\"{new string('a', 41)}\"" },
        { "duplicate-code", "$.communes[1].code", "$.communes[1]", "code", "\"44043\"" },
        { "duplicate-id", "$.organizations[2].id", "$.organizations[2]", "id", "\"cabinet\"" },
        { "duplicate-id", "$.professionals[1].id", "$.professionals[1]", "id", "\"dr-un\"" },
        { "duplicate-id", "$.agendas[0].templates[1]", "$.agendas[0].templates[1]", "id", "\"semaine\"" },
        { "duplicate-rpps", "$.professionals[1].rpps", "$.professionals[1]", "rpps", "\"99700000013\"" },
        { "unknown-commune", "$.places[0].communeCode", "$.places[0]", "communeCode", "\"44109\"" },
        { "unknown-organization", "$.places[0].organizationId", "$.places[0]", "organizationId", "\"nulle-part\"" },
        { "unknown-organization", "$.professionals[0].organizationId", "$.professionals[0]", "organizationId", "\"nulle-part\"" },
        { "unknown-place", "$.agendas[0].placeId", "$.agendas[0]", "placeId", "\"nulle-part\"" },
        { "unknown-professional", "$.agendas[0].practitionerId", "$.agendas[0]", "practitionerId", "\"personne\"" },
        { "unknown-group", "$.grants[1].group", "$.grants[1]", "group", "\"imagerie\"" },
        { "unknown-group", "$.professionals[0].groups", "$.professionals[0]", "groups", "[\"imagerie\"]" },
        { "unknown-sas", "$.professionals[1].sasId", "$.professionals[1]", "sasId", "\"sas-29\"" },
        { "own-territory", "$.agendas[0].alsoShownIn", "$.agendas[0]", "alsoShownIn", "[\"petit-pays\"]" },
        // Forms.
        { "insee", "$.communes[1].code", "$.communes[1]", "code", "\"4421\"" },
        { "insee", "$.organizations[1].communeCode", "$.organizations[1]", "communeCode", "\"2C004\"" },
        { "postal-code", "$.communes[0].postalCode", "$.communes[0]", "postalCode", "\"44 190\"" },
        { "range", "$.communes[0].population", "$.communes[0]", "population", "-1" },
        { "range", "$.communes[0].lat", "$.communes[0]", "lat", "90.1" },
        { "range", "$.places[0].lon", "$.places[0]", "lon", "-180.5" },
        { "range", "$.places[0].lat", "$.places[0]", "lat", "1e999" },
        { "phone", "$.organizations[1].phone", "$.organizations[1]", "phone", "\"0261\"" },
        { "phone", "$.places[0].phone", "$.places[0]", "phone", "\"02.61.91.00.00\"" },
        { "rpps", "$.professionals[0].rpps", "$.professionals[0]", "rpps", "\"899700000013\"" },
        { "bad-characters", "$.professionals[0].rpps", "$.professionals[0]", "rpps", "\"99700000013\\n\"" },
        { "rpps-key", "$.professionals[0].rpps", "$.professionals[0]", "rpps", "\"99700000014\"" },
        { "rpps-demo", "$.professionals[0].rpps", "$.professionals[0]", "rpps", "\"10000000009\"" },
        { "choice", "$.organizations[0].kind", "$.organizations[0]", "kind", "\"Sas\"" },
        { "choice", "$.professionals[2].role", "$.professionals[2]", "role", "\"system\"" },
        { "choice", "$.agendas[0].careStream", "$.agendas[0]", "careStream", "\"imaging\"" },
        { "sas-needed", "$.professionals[1].sasId", "$.professionals[1]", "sasId", null },
        { "sas-unexpected", "$.professionals[0].sasId", "$.professionals[0]", "sasId", "\"sas-44\"" },
        // Rules.
        { "time-zone", "$.rules.timeZone", "$.rules", "timeZone", "\"Europe/Clisson\"" },
        { "window-hours", "$.rules.windowHours", "$.rules", "windowHours", "36" },
        { "choice", "$.rules.emergencyDesk", "$.rules", "emergencyDesk", "\"ask\"" },
        { "emergency-desk-grant", "$.rules.emergencyDesk", "$.rules", "emergencyDesk", "\"book\"" },
        { "range", "$.rules.holdMinutes", "$.rules", "holdMinutes", "6" },
        { "range", "$.rules.holdMinutes", "$.rules", "holdMinutes", "2.5" },
        { "range", "$.rules.holdExtensionMinutes", "$.rules", "holdExtensionMinutes", "0" },
        { "range", "$.rules.maxHoldsPerPerson", "$.rules", "maxHoldsPerPerson", "6" },
        { "range", "$.rules.minNoticeMinutes", "$.rules", "minNoticeMinutes", "241" },
        { "range", "$.rules.publishAheadDays", "$.rules", "publishAheadDays", "31" },
        { "date", "$.rules.closedDays[0]", "$.rules", "closedDays", "[\"15/05/2026\"]" },
        { "daytime", "$.rules.daytime.tue", "$.rules.daytime", "tue", "[\"08:00\",\"20:00\",\"21:00\"]" },
        { "daytime", "$.rules.daytime.wed[0]", "$.rules.daytime", "wed", "[\"20:00\",\"08:00\"]" },
        { "daytime", "$.rules.daytime.wed[2]", "$.rules.daytime", "wed", "[\"08:00\",\"12:00\",\"11:00\",\"20:00\"]" },
        { "unknown-property", "$.rules.daytime.lundi", "$.rules.daytime", "lundi", "[]" },
        // Templates.
        { "choice", "$.agendas[0].templates[0].days[1]", "$.agendas[0].templates[0]", "days", "[\"mon\",\"Tuesday\"]" },
        { "list-empty", "$.agendas[0].templates[0].times", "$.agendas[0].templates[0]", "times", "[]" },
        { "time", "$.agendas[0].templates[0].times[0]", "$.agendas[0].templates[0]", "times", "[\"9:00\"]" },
        { "time", "$.agendas[0].templates[0].times[0]", "$.agendas[0].templates[0]", "times", "[\"24:00\"]" },
        { "range", "$.agendas[0].templates[0].minutes", "$.agendas[0].templates[0]", "minutes", "4" },
        { "range", "$.agendas[0].templates[0].minutes", "$.agendas[0].templates[0]", "minutes", "241" },
        { "template-overlap", "$.agendas[0].templates[0].times[1]", "$.agendas[0].templates[0]", "times", "[\"11:40\",\"11:30\"]" },
        { "template-overlap", "$.agendas[0].templates[0].times[1]", "$.agendas[0].templates[0]", "times", "[\"11:40\",\"11:40\"]" },
        { "template-overlap", "$.agendas[0].templates[2]", "$.agendas[0].templates", "+", """{"id":"trois","days":["tue"],"times":["17:30"],"minutes":10}""" },
        { "template-midnight", "$.agendas[0].templates[0].times[0]", "$.agendas[0].templates[0]", "times", "[\"23:50\"]" },
        { "outside-daytime", "$.agendas[0].templates[0].times[0]", "$.agendas[0].templates[0]", "times", "[\"11:50\"]" },
        { "outside-daytime", "$.agendas[0].templates[1].times[0]", "$.agendas[0].templates[1]", "times", "[\"07:45\"]" },
        { "choice", "$.agendas[0].templates[0].mode", "$.agendas[0].templates[0]", "mode", "\"phone\"" },
        { "choice", "$.agendas[0].templates[0].audience[0]", "$.agendas[0].templates[0]", "audience", "[\"snp\"]" },
        { "list-empty", "$.agendas[0].templates[0].audience", "$.agendas[0].templates[0]", "audience", "[]" },
        { "range", "$.agendas[0].templates[0].capacity", "$.agendas[0].templates[0]", "capacity", "21" },
        { "date-order", "$.agendas[0].templates[1].to", "$.agendas[0].templates[1]", "to", "\"2025-12-31\"" },
        // Grants.
        { "choice", "$.grants[0].actions[0]", "$.grants[0]", "actions", "[\"sell\"]" },
        { "choice", "$.grants[0].streams[0]", "$.grants[0]", "streams", "[\"dentist\"]" },
        { "choice", "$.grants[0].condition", "$.grants[0]", "condition", "\"sometimes\"" },
        { "group-needed", "$.grants[1].group", "$.grants[1]", "group", null },
        { "group-unexpected", "$.grants[1].group", "$.grants[1]", "condition", "\"onBehalfOf\"" },
        { "own-agenda-needed", "$.grants[2].condition", "$.grants[2]", "condition", null },
        { "date-order", "$.grants[1].to", "$.grants[1]", "to", "\"2025-01-01\"" },
    };

    [Theory, MemberData(nameof(Spoiled))]
    public void OneErrorAtItsPath(string code, string path, string at, string property, string? json)
    {
        var root = TerritorySample.Json();
        var node = root.At(at);
        if (node is JsonArray array)
        {
            if (property == "+") array.Add(JsonNode.Parse(json!));
            else array[0] = JsonNode.Parse(json!);
        }
        else if (json is null) node.AsObject().Remove(property);
        else node[property] = JsonNode.Parse(json);

        // A half surrogate pair cannot be written by JsonNode: put it in as text.
        var read = json is "\"\\ud800\"" ? TerritorySample.Read(TerritorySample.Text.Replace("\"Dr Deux\"", json, StringComparison.Ordinal)) : TerritorySample.Read(root);

        Assert.Null(read.Document);
        var error = Assert.Single(read.Errors, e => e.Code == code && e.Path == path);
        Assert.Equal("essai.json", error.File);
        // What the spoiled value was needed for may be reported too, but never another kind of fault of the same value.
        Assert.DoesNotContain(read.Errors, e => e.Path == path && e.Code != code);
        Assert.True(read.Errors.Length <= 3, string.Join('\n', read.Errors));
        Assert.True(error.Message.Length > 20 && !error.Message.Contains("Exception", StringComparison.Ordinal));
    }

    [Fact]
    public void BrokenJsonSaysLineAndColumn()
    {
        var error = Assert.Single(TerritorySample.Read("{\n  \"id\": \"a\",\n  \"name\" \"b\"\n}").Errors);
        Assert.Equal(("json", "$"), (error.Code, error.Path));
        Assert.Contains("ligne 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("colonne 10", error.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(""), InlineData("{"), InlineData("{\"a\":1,}"), InlineData("// note\n{}"), InlineData("{} {}")]
    public void BrokenJson(string text) => Assert.Equal("json", Assert.Single(TerritorySample.Read(text).Errors).Code);

    [Theory, InlineData("[]"), InlineData("null"), InlineData("12")]
    public void NotAnObject(string text) => Assert.Equal(("type", "$"), TerritorySample.Read(text).Errors.Select(e => (e.Code, e.Path)).Single());

    [Fact]
    public void TooDeepIsBrokenJson() =>
        Assert.Equal("json", Assert.Single(TerritorySample.Read(new string('[', 100) + new string(']', 100)).Errors).Code);

    [Fact]
    public void RepeatedPropertyIsReported()
    {
        var read = TerritorySample.Read(TerritorySample.Text.Replace("\"format\": 1,", "\"format\": 1, \"format\": 1,", StringComparison.Ordinal));
        Assert.Equal(("repeated-property", "$.format"), read.Errors.Select(e => (e.Code, e.Path)).Single());
    }

    [Fact]
    public void TypingErrorGetsASuggestion()
    {
        var root = TerritorySample.Json();
        var place = root.At("$.agendas[0]").AsObject();
        place.Remove("placeId", out var id);
        place["placeID"] = id;
        var errors = TerritorySample.Read(root).Errors;
        Assert.Contains(errors, e => e is { Code: "unknown-property", Path: "$.agendas[0].placeID" } && e.Message.Contains("« placeId »", StringComparison.Ordinal));
        Assert.Contains(errors, e => e is { Code: "missing", Path: "$.agendas[0].placeId" });
    }

    [Fact]
    public void NotUtf8() =>
        Assert.Equal("not-utf8", Assert.Single(TerritoryReader.Read("a", Encoding.Latin1.GetBytes(TerritorySample.Text)).Errors).Code);

    [Fact]
    public void FileTooLarge()
    {
        var read = TerritorySample.Read(TerritorySample.Text + new string(' ', 5 * 1024 * 1024));
        Assert.Equal("file-too-large", Assert.Single(read.Errors).Code);
    }

    [Fact]
    public void ListsAreBounded()
    {
        var root = TerritorySample.Json();
        root["communes"] = new JsonArray([.. Enumerable.Repeat(0, 1001).Select(_ => (JsonNode)0)]);
        Assert.Contains(TerritorySample.Read(root).Errors, e => e is { Code: "list-too-long", Path: "$.communes" });
    }

    [Fact]
    public void ExpandedGrantsAreBounded()
    {
        var root = TerritorySample.Json();
        var wide = """{"roles":["pharmacist","nurse","midwife","osnp","regulator","secretary"],"streams":["gp","physio","nursing","biology","imaging","*"],"actions":["seeFreeSlots","seeOwnBookings","hold","book","cancel"],"source":"essai"}""";
        root["grants"] = new JsonArray([.. Enumerable.Range(0, 20).Select(_ => JsonNode.Parse(wide)!)]);
        Assert.Equal(("list-too-long", "$.grants[11]"), TerritorySample.Read(root).Errors.Select(e => (e.Code, e.Path)).Single());
    }

    [Fact]
    public void ErrorsAreBoundedAndCounted()
    {
        var root = TerritorySample.Json();
        for (var i = 0; i < 5000; i++) root[$"x{i}"] = 1;
        var errors = TerritorySample.Read(root).Errors;
        Assert.Equal(1001, errors.Length);
        Assert.Equal("too-many-errors", errors[^1].Code);
        Assert.Contains("4000", errors[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryErrorIsReportedAtOnce()
    {
        var root = TerritorySample.Json();
        root["name"] = 3;
        root.At("$.rules")["windowHours"] = 12;
        root.At("$.agendas[0]")["placeId"] = "nulle-part";
        root.At("$.grants[1]")["group"] = "inconnu";
        Assert.Equal(["type", "unknown-group", "unknown-place", "window-hours"], TerritorySample.Read(root).Errors.Select(e => e.Code).Order(StringComparer.Ordinal));
    }
}
