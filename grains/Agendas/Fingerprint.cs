using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SnpLive.Grains.Agendas;

/// <summary>
/// Tells whether a repeated request id comes with the same command. Left out is what may differ between a command and its honest repeat:
/// the not-after instant, what the shell fills in (surrogate, place for holds), sealed texts (sealing is randomised; the content hash stands for
/// them), and all of a person but their id (memberships may have changed meanwhile).
/// </summary>
public static class Fingerprint
{
    /// <summary>SHA-256, lower-case hex, of the command's canonical JSON.</summary>
    public static string Of(AgendaCommand command)
    {
        var json = JsonSerializer.SerializeToNode(command, SnpJson.Options)!.AsObject();
        foreach (var name in (ReadOnlySpan<string>)["notAfter", "surrogate", "holdPlace"]) json.Remove(name);
        json["actor"] = command.Actor.Id;
        if (json["patient"] is JsonObject patient)
        {
            patient.Remove("sealedIdentity");
            patient.Remove("sealedNote");
        }
        if (command is BookSlot { OnBehalfOf: { } named }) json["onBehalfOf"] = named.ProfessionalId;
        return Digest(json);
    }

    /// <summary>SHA-256, lower-case hex, of a JSON object, whatever the order of its members.</summary>
    internal static string Digest(JsonObject json) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(json)!.ToJsonString(SnpJson.Options))));

    private static JsonNode? Canonical(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Canonical(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Canonical)]),
        _ => node?.DeepClone(),
    };
}
