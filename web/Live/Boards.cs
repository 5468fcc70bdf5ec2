using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;

namespace SnpLive.Web.Live;

/// <summary>REST's boards, from the memory that the hub uses.</summary>
internal sealed class Boards(BoardNode node) : IBoards
{
    private const string Free = "free";

    public async Task<BoardView?> Board(Actor actor, string territoryId, CancellationToken cancellationToken)
    {
        if (await node.View(actor, territoryId) is not { } view) return null;
        var head = view.Head;
        return new(view.Name, head.Epoch, head.Seq, node.Time.GetUtcNow(), [.. BySoonest(head.Faces.Values).Select(f => f.View)]);
    }

    public async Task<IReadOnlyList<SlotView>> Alternatives(Actor actor, string slotId, int count, CancellationToken cancellationToken)
    {
        if (AgendaIds.AgendaOf(slotId) is not { } agendaId || await node.BoardOf(agendaId) is not { } board) return [];
        if (await node.View(actor, board.Id) is not { } view || board.Labels is not { } labels) return [];
        if (labels.StreamOf(agendaId) is not { } stream) return [];
        var (faces, from) = (view.Head.Faces, labels.PlaceOf(agendaId));
        return [.. faces.Values
            .Where(f => f.Facts.CareStream == stream && f.View.State == Free && f.Facts.SlotId != slotId)
            .OrderBy(f => f.Facts.Start).ThenBy(f => Distance(from, f.View.Place)).ThenBy(f => f.Facts.SlotId, StringComparer.Ordinal)
            .Take(count).Select(f => f.View)];
    }

    private static IEnumerable<SlotFace> BySoonest(IEnumerable<SlotFace> faces) =>
        faces.OrderBy(f => f.Facts.Start).ThenBy(f => f.Facts.SlotId, StringComparer.Ordinal);

    /// <summary>Good for comparing places of one territory: degrees, longitudes shortened by the latitude.</summary>
    private static double Distance(PlaceView? from, PlaceView to)
    {
        if (from is null) return 0;
        var (north, east) = (to.Lat - from.Lat, (to.Lon - from.Lon) * Math.Cos(from.Lat * Math.PI / 180));
        return (north * north) + (east * east);
    }
}
