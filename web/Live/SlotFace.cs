using System.Text.Json;
using SnpLive.Grains;
using SnpLive.Grains.Agendas;

namespace SnpLive.Web.Live;

/// <summary>A slot as it is shown at an instant, with its JSON: made once, sent to all who may see it. Two faces are alike when their JSON is.</summary>
/// <param name="Facts">What decides who sees it.</param>
/// <param name="View">As shown.</param>
/// <param name="Json">The same, encoded.</param>
internal sealed record SlotFace(SlotFacts Facts, SlotView View, byte[] Json)
{
    public static SlotFace Of(SlotFacts facts, SlotView view) => new(facts, view, JsonSerializer.SerializeToUtf8Bytes(view, SnpJson.Options));

    public bool LooksLike(SlotFace other) => ReferenceEquals(this, other) || (Facts == other.Facts && Json.AsSpan().SequenceEqual(other.Json));
}
