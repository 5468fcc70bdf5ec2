using System.Text.Json.Nodes;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Calls;

/// <summary>A test territory whose SAS regulates calls: <c>{id}-osnp-n</c>, <c>{id}-arm-n</c> and the regulators <c>{id}-reg-1…4</c>, by the pilot's order, round the clock.</summary>
internal static class CallTerritory
{
    public static JsonObject Of(string id, string sas, int operators, int doctors = 2)
    {
        var territory = TestTerritory.Of(id, sas, doctors);
        territory["sas"]!["calls"] = Calls();
        var people = territory["professionals"]!.AsArray();
        for (var n = 1; n <= operators; n++)
        {
            people.Add(Operator($"{id}-osnp-{n}", $"Opératrice {n}", "osnp", id, sas));
            people.Add(Operator($"{id}-arm-{n}", $"Assistant {n}", "dispatchAssistant", id, sas));
        }
        foreach (var grant in territory["grants"]!.AsArray())
            if (grant!["roles"]!.AsArray().Any(r => (string)r! == "regulator"))
            {
                grant["roles"]!.AsArray().Add("osnp");
                grant["roles"]!.AsArray().Add("dispatchAssistant");
            }
        return territory;
    }

    public static JsonObject Calls() => new()
    {
        ["timeZone"] = "Europe/Paris", ["windowHours"] = 48, ["repeatMinutes"] = 60, ["shortAbandonSeconds"] = 15, ["callsPerHour"] = 8, ["callsPerHourAlert"] = 9,
        ["daytime"] = new JsonObject { ["mon"] = new JsonArray("08:00", "20:00"), ["sat"] = new JsonArray("08:00", "12:00") },
        ["flows"] = new JsonArray(new JsonObject
        {
            ["id"] = "pilote", ["source"] = "essai",
            ["levels"] = new JsonArray(Level("osnp", "osnp", "arm", "regulation"), Level("arm", "dispatchAssistant", "osnp", "regulation"), Level("regulation", "regulator", "osnp", "arm")),
        }),
        ["protocols"] = new JsonArray(new JsonObject
        {
            ["id"] = "ordonnance", ["name"] = "Ordonnance", ["roles"] = new JsonArray("osnp"), ["reasons"] = new JsonArray("M06.02"), ["exits"] = new JsonArray("appointment"), ["source"] = "essai",
        }),
    };

    private static JsonObject Level(string id, string role, params string[] to) => new()
    {
        ["id"] = id, ["name"] = id.ToUpperInvariant(), ["roles"] = new JsonArray(role), ["targetSeconds"] = 30, ["transferTo"] = new JsonArray([.. to.Select(t => JsonValue.Create(t))]),
        ["exits"] = new JsonArray("advice", "prescription", "appointment", "redirectToGp", "protocol", "outOfScope", "abandoned", "callBack"),
    };

    private static JsonObject Operator(string id, string name, string role, string territory, string sas) =>
        new() { ["id"] = id, ["name"] = name, ["role"] = role, ["organizationId"] = $"{territory}-sas", ["sasId"] = sas, ["demo"] = true };
}

/// <summary>What a desk does over HTTP.</summary>
internal static class CallClient
{
    public static Task<ApiAnswer> Ring(this ApiClient desk, string centre, string? phone = null, Guid? requestId = null, bool take = false, string? name = null)
    {
        var body = new JsonObject { ["requestId"] = requestId ?? Guid.NewGuid(), ["centre"] = centre, ["line"] = "116117", ["take"] = take };
        if (phone is not null) body["callerPhone"] = phone;
        if (name is not null) body["callerName"] = name;
        return desk.Post("/api/calls", body);
    }

    public static Task<ApiAnswer> On(this ApiClient desk, string call, string what, JsonObject? more = null, Guid? requestId = null)
    {
        var body = new JsonObject { ["requestId"] = requestId ?? Guid.NewGuid() };
        foreach (var (name, value) in more ?? []) body[name] = value?.DeepClone();
        return desk.Post($"/api/calls/{call}/{what}", body);
    }

    public static Task<ApiAnswer> TakeNext(this ApiClient desk, string centre, Guid? requestId = null) =>
        desk.Post($"/api/centres/{centre}/take-next", new JsonObject { ["requestId"] = requestId ?? Guid.NewGuid() });

    public static string CallId(this ApiAnswer answer) => (string?)answer.Body?["callId"] ?? throw new InvalidOperationException($"{answer}");
}
