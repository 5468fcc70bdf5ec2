using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace SnpLive.Web.Live;

/// <summary>A change of a view: the slot as it now is, or null when it left.</summary>
internal readonly record struct ViewChange(string Id, SlotFace? Face);

/// <summary>A message ready for any number of connections, at (epoch, seq) of a view.</summary>
/// <param name="Epoch">View epoch.</param>
/// <param name="Seq">Number.</param>
/// <param name="Message">As SignalR writes it.</param>
/// <param name="Bytes">Its length.</param>
internal sealed record LiveMessage(string Epoch, long Seq, SerializedHubMessage Message, int Bytes);

/// <summary>Writes hub messages of SignalR's JSON protocol once, for all connections of a view.</summary>
internal static class LiveMessages
{
    public const string Protocol = "json";
    private const byte RecordSeparator = 0x1e;
    private static readonly JsonEncodedText Snapshots = JsonEncodedText.Encode("Snapshot"), Frames = JsonEncodedText.Encode("Frame");

    public static LiveMessage Snapshot(string territoryId, string view, ViewHead head, DateTimeOffset asOf) =>
        Write(Snapshots, territoryId, view, head.Epoch, head.Seq, asOf, head.Faces.Values, static (json, faces) =>
        {
            foreach (var face in faces.OrderBy(f => f.Facts.Start).ThenBy(f => f.Facts.SlotId, StringComparer.Ordinal))
                json.WriteRawValue(face.Json, skipInputValidation: true);
        });

    public static LiveMessage Frame(string territoryId, string view, ViewHead head, IReadOnlyList<ViewChange> changes) =>
        Write(Frames, territoryId, view, head.Epoch, head.Seq, head.AsOf, changes, static (json, changes) =>
        {
            foreach (var change in changes)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, change.Id);
                if (change.Face is { } face)
                {
                    json.WritePropertyName("slot"u8);
                    json.WriteRawValue(face.Json, skipInputValidation: true);
                }
                else json.WriteBoolean("removed"u8, true);
                json.WriteEndObject();
            }
        });

    private static LiveMessage Write<T>(
        JsonEncodedText target, string territoryId, string view, string epoch, long seq, DateTimeOffset asOf, T content, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, new() { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("type"u8, HubProtocolConstants.InvocationMessageType);
            json.WriteString("target"u8, target);
            json.WriteStartArray("arguments"u8);
            json.WriteStringValue(territoryId);
            json.WriteStringValue(view);
            json.WriteStringValue(epoch);
            json.WriteNumberValue(seq);
            json.WriteStringValue(asOf);
            json.WriteStartArray();
            write(json, content);
            json.WriteEndArray();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        buffer.Write([RecordSeparator]);
        return new(epoch, seq, new SerializedHubMessage([new SerializedMessage(Protocol, buffer.WrittenMemory)]), buffer.WrittenCount);
    }
}
