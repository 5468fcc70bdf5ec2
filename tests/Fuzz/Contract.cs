using System.Text.Json.Nodes;

namespace SnpLive.Tests.Fuzz;

/// <summary>One operation of the published contract; <c>Body</c> is the schema of its JSON body, null when it takes none.</summary>
internal sealed record Operation(string Method, string Path, IReadOnlyList<string> PathParameters, IReadOnlyList<string> QueryParameters, JsonObject? Body)
{
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>The live <c>/openapi/v1.json</c>: what is added to the API is attacked from that day on.</summary>
internal sealed class Contract(JsonObject document)
{
    private const int Deepest = 6;
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    public IEnumerable<Operation> Operations =>
        from path in document["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        where Methods.Contains(method.Key)
        select Read(path.Key, path.Value!.AsObject(), method.Key, method.Value!.AsObject());

    /// <summary>A body that fits the schema as far as a schema tells.</summary>
    public JsonNode? Fitting(JsonObject schema, Func<string, JsonNode?> text, string name = "", int depth = 0)
    {
        var real = Resolve(schema);
        if (depth > Deepest) return null;
        if (real["enum"] is JsonArray { Count: > 0 } values) return values.FirstOrDefault(v => v is not null)?.DeepClone();
        if (real["oneOf"] is JsonArray choices && choices.FirstOrDefault(c => Kind(Resolve(c!.AsObject())) != "null") is { } chosen) return Fitting(chosen.AsObject(), text, name, depth + 1);
        switch (Kind(real))
        {
            case "object":
                var body = new JsonObject();
                foreach (var (property, value) in Properties(real)) body[property] = Fitting(value, text, property, depth + 1);
                return body;
            case "array": return new JsonArray(real["items"] is JsonObject items ? Fitting(items, text, name, depth + 1) : null);
            case "integer" or "number": return JsonValue.Create(1);
            case "boolean": return JsonValue.Create(true);
            default: return text(name);
        }
    }

    /// <summary>The paths of all members of a body, such as <c>patient.lastName</c>.</summary>
    public static IEnumerable<string[]> Members(JsonNode? body, params string[] at)
    {
        if (body is JsonObject members)
            foreach (var (name, value) in members)
            {
                yield return [.. at, name];
                foreach (var inside in Members(value, [.. at, name])) yield return inside;
            }
        else if (body is JsonArray { Count: > 0 } list)
            foreach (var inside in Members(list[0], [.. at, "0"])) yield return inside;
    }

    private Operation Read(string path, JsonObject item, string method, JsonObject operation)
    {
        var parameters = (item["parameters"]?.AsArray() ?? []).Concat(operation["parameters"]?.AsArray() ?? []).Select(p => Resolve(p!.AsObject())).ToArray();
        string[] In(string place) => [.. parameters.Where(p => (string?)p["in"] == place).Select(p => (string)p["name"]!)];
        var body = operation["requestBody"] is JsonObject request ? Resolve(request)["content"]?["application/json"]?["schema"]?.AsObject() : null;
        return new(method.ToUpperInvariant(), path, In("path"), In("query"), body);
    }

    private Dictionary<string, JsonObject> Properties(JsonObject schema) =>
        (schema["properties"]?.AsObject() ?? []).Where(p => p.Value is JsonObject).ToDictionary(p => p.Key, p => p.Value!.AsObject());

    private JsonObject Resolve(JsonObject schema)
    {
        if ((string?)schema["$ref"] is not { } reference) return schema;
        JsonNode? found = document;
        foreach (var step in reference.TrimStart('#', '/').Split('/')) found = found?[step.Replace("~1", "/", StringComparison.Ordinal)];
        return found?.AsObject() ?? throw new InvalidOperationException($"The contract refers to {reference}, which it lacks.");
    }

    private static string Kind(JsonObject schema) => schema["type"] switch
    {
        JsonArray several => (string?)several.FirstOrDefault(t => (string?)t != "null") ?? "null",
        JsonValue one => (string)one!,
        _ => schema.ContainsKey("properties") ? "object" : "string",
    };
}
