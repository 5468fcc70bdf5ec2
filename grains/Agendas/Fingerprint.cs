using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SnpLive.Grains.Agendas;

/// <summary>
/// Tells whether a repeated request id comes with the same command. Left out is what may differ between a command and its honest repeat:
/// the not-after instant, what the shell fills in (surrogate and whether it is known, place for holds), sealed texts and hashes of traits (sealing is randomised and
/// their keys rotate; the content hash stands for them), and all of a person but their id (memberships may have changed meanwhile).
/// </summary>
public static class Fingerprint
{
    private static readonly string[] LeftOut = ["notAfter", "surrogate", "patientIsKnown", "holdPlace"];
    private static readonly Dictionary<Type, string> Kinds =
        typeof(AgendaCommand).GetCustomAttributes<JsonDerivedTypeAttribute>().ToDictionary(a => a.DerivedType, a => (string)a.TypeDiscriminator!);
    private static readonly JsonSerializerOptions CanonicalJson = MakeCanonical();

    /// <summary>SHA-256, lower-case hex, of the command's canonical JSON: members in ordinal order, its kind among them.</summary>
    public static string Of(AgendaCommand command) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(command, command.GetType(), CanonicalJson)));

    /// <summary>SHA-256, lower-case hex, of a JSON object, whatever the order of its members.</summary>
    internal static string Digest(JsonObject json) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(json)!.ToJsonString(SnpJson.Options))));

    private static JsonNode? Canonical(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Canonical(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Canonical)]),
        _ => node?.DeepClone(),
    };

    // The canonical text is written straight from the command: building, sorting and copying a tree of nodes first cost 15 µs of every booking.
    private static JsonSerializerOptions MakeCanonical()
    {
        var options = new JsonSerializerOptions(SnpJson.Options)
        {
            TypeInfoResolver = SnpJson.Options.TypeInfoResolver!.WithAddedModifier(Reduce).WithAddedModifier(Sort),
        };
        options.MakeReadOnly();
        return options;
    }

    private static void Reduce(JsonTypeInfo type)
    {
        if (type.Type == typeof(SealedPatient)) Remove(type, "sealedIdentity", "sealedNote", "traitHash", "formerHash");
        if (!Kinds.TryGetValue(type.Type, out var kind)) return;
        Remove(type, LeftOut);
        Put(type, "type", _ => kind);
        Put(type, "actor", command => ((AgendaCommand)command).Actor.Id);
        if (type.Type == typeof(BookSlot)) Put(type, "onBehalfOf", command => ((BookSlot)command).OnBehalfOf?.ProfessionalId);
    }

    private static void Sort(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        var sorted = type.Properties.OrderBy(p => p.Name, StringComparer.Ordinal).ToArray();
        type.Properties.Clear();
        foreach (var property in sorted) type.Properties.Add(property);
    }

    private static void Remove(JsonTypeInfo type, params ReadOnlySpan<string> names)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
            if (names.Contains(type.Properties[i].Name)) type.Properties.RemoveAt(i);
    }

    private static void Put(JsonTypeInfo type, string name, Func<object, string?> value)
    {
        Remove(type, name);
        var property = type.CreateJsonPropertyInfo(typeof(string), name);
        property.Get = value;
        type.Properties.Add(property);
    }
}
