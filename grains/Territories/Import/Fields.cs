using System.Text.Json;

namespace SnpLive.Grains.Territories.Import;

/// <summary>The members of a JSON object. Unknown and repeated ones are reported when it is opened, so that a typing error never goes unseen.</summary>
internal sealed class Fields
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly ErrorSink _errors;
    private readonly bool _isObject;

    internal Fields(JsonElement element, string path, ErrorSink errors, string[] known)
    {
        Path = path;
        _errors = errors;
        _isObject = element.ValueKind == JsonValueKind.Object;
        if (!_isObject)
        {
            errors.Add(path, "type", ImportMessages.TypeObject);
            return;
        }
        foreach (var member in element.EnumerateObject())
        {
            var name = NameOf(member);
            if (!known.Contains(name))
            {
                var nearest = errors.Full ? null : Nearest(name, known);
                errors.Add($"{path}.{Value.Shown(name)}", "unknown-property", ImportMessages.UnknownProperty(Value.Shown(name), nearest));
            }
            else if (!_members.TryAdd(name, member.Value)) errors.Add($"{path}.{name}", "repeated-property", ImportMessages.RepeatedProperty(name));
        }
    }

    internal string Path { get; }

    /// <summary>A member that may be absent (or null).</summary>
    internal Value? Optional(string name) =>
        _members.TryGetValue(name, out var element) && element.ValueKind != JsonValueKind.Null ? new Value(element, $"{Path}.{name}", _errors) : null;

    /// <summary>A member that must be there; its absence is reported.</summary>
    internal Value? Required(string name)
    {
        var value = Optional(name);
        if (value is null && _isObject) _errors.Add($"{Path}.{name}", "missing", ImportMessages.Missing(name));
        return value;
    }

    internal string Text(string name, int max) => Required(name)?.Text(max) ?? "";

    internal string Id(string name) => Required(name)?.Id() ?? "";

    internal int Whole(string name, int min, int max) => Required(name)?.Whole(min, max) ?? min;

    /// <summary>The elements of a required array.</summary>
    internal List<Value> Items(string name, int max, int min = 0) => Required(name)?.Items(max, min) ?? [];

    internal void Report(string? name, string code, string message) => _errors.Add(name is null ? Path : $"{Path}.{name}", code, message);

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    private static string? Nearest(string name, string[] known) =>
        name.Length > ImportLimits.ShortText
            ? null
            : known.Select(k => (Name: k, Far: Distance(name, k))).Where(k => k.Far <= Math.Min(3, k.Name.Length / 2)).OrderBy(k => k.Far).FirstOrDefault().Name;

    /// <summary>Levenshtein distance without regard to case.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                (corner, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, corner + same));
            }
        }
        return row[b.Length];
    }
}
