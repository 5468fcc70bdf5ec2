using System.Text.Json;
using System.Text.Json.Nodes;
using SnpLive.Grains.Agendas;

namespace SnpLive.Grains.Calls;

/// <summary>
/// Tells whether a repeated request id comes with the same command. Left out is what may differ between a command and its honest repeat: what the server
/// fills in, sealed texts (the content hash stands for them), and the call itself for “the next one”, which a repeat may look for elsewhere.
/// </summary>
internal static class CallFingerprint
{
    internal static string Of(string callId, CallCommand command)
    {
        var json = JsonSerializer.SerializeToNode<CallCommand>(command, SnpJson.Options)!.AsObject();
        Reduce(json);
        json["actor"] = command.Actor.Id;
        json["call"] = command is TakeCall { Next: true } ? CallStreams.CentreOf(callId) : callId;
        return Fingerprint.Digest(json);
    }

    private static void Reduce(JsonObject json)
    {
        foreach (var name in (string[])["notAfter", "rules", "fileKey", "joinTo", "raisedAt", "actor", "requestId"]) json.Remove(name);
        if (json["sealed"] is JsonObject sealedCall)
        {
            sealedCall.Remove("sealedFile");
            sealedCall.Remove("sealedNote");
        }
        if (json["begin"] is JsonObject begin) Reduce(begin);
    }
}
