using System.Collections.Concurrent;
using System.Diagnostics;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;

namespace SnpLive.Web.Live;

/// <summary>REST's boards, from the memory that the hub uses.</summary>
internal sealed class Boards(BoardNode node) : IBoards
{
    private const string Free = "free";
    /// <summary>Of a great circle of the Earth, radius 6,371 km.</summary>
    private const double KmPerDegree = 6_371 * Math.PI / 180;
    /// <summary>How long alternatives wait to be told whose turn it is.</summary>
    private static readonly TimeSpan TurnPatience = TimeSpan.FromMilliseconds(300);
    /// <summary>How long they are remembered; the board itself reckons them anew after minutes only.</summary>
    private static readonly TimeSpan TurnsFresh = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, (Task<Dictionary<string, int>> Answer, long AskedAt)> turns = new(StringComparer.Ordinal);

    public async Task<BoardView?> Board(Actor actor, string territoryId, CancellationToken cancellationToken)
    {
        if (await node.View(actor, territoryId) is not { } view) return null;
        var head = view.Head;
        return new(view.Name, head.Epoch, head.Seq, node.Time.GetUtcNow(), [.. BySoonest(head.Faces.Values).Select(f => f.View)]);
    }

    public async Task<IReadOnlyList<TurnView>?> Turns(Actor actor, string territoryId, CancellationToken cancellationToken)
    {
        if (await node.View(actor, territoryId) is not { } view) return null;
        var seen = view.Head.Faces.Values.Select(f => f.Facts.AgendaId).ToHashSet(StringComparer.Ordinal);
        return [.. (await node.Turns(territoryId)).Where(turn => seen.Contains(turn.AgendaId)).Select(turn => new TurnView(turn.AgendaId, turn.Turn))];
    }

    public async Task<IReadOnlyList<SlotView>> Alternatives(Actor actor, string slotId, int count, CancellationToken cancellationToken)
    {
        if (AgendaIds.AgendaOf(slotId) is not { } agendaId || await node.BoardOf(agendaId) is not { } board) return [];
        if (await node.View(actor, board.Id) is not { } view || board.Labels is not { } labels) return [];
        if (labels.StreamOf(agendaId) is not { } stream) return [];
        var (faces, from) = (view.Head.Faces, labels.PlaceOf(agendaId));
        var turn = await TurnsOf(board.Id, cancellationToken);
        return [.. faces.Values
            .Where(f => f.Facts.CareStream == stream && f.View.State == Free && f.Facts.SlotId != slotId)
            .OrderBy(f => f.Facts.Start).ThenBy(f => Distance(from, f)).ThenBy(f => turn.GetValueOrDefault(f.Facts.AgendaId))
            .ThenBy(f => f.Facts.SlotId, StringComparer.Ordinal)
            .Take(count).Select(f => f.View)];
    }

    /// <summary>Whose turn it is; without an answer all are equal, since alternatives without an order of turns are better than none.</summary>
    private async Task<Dictionary<string, int>> TurnsOf(string territoryId, CancellationToken cancellationToken)
    {
        // Many lose one race at the same time: one question serves them all.
        if (!turns.TryGetValue(territoryId, out var known) || known.Answer.IsFaulted || Stopwatch.GetElapsedTime(known.AskedAt) > TurnsFresh)
            turns[territoryId] = known = (Ask(), Stopwatch.GetTimestamp());
        try { return await known.Answer.WaitAsync(TurnPatience, cancellationToken); }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested) { return []; } // a refusal must not become a failure

        async Task<Dictionary<string, int>> Ask() => (await node.Turns(territoryId)).ToDictionary(turn => turn.AgendaId, turn => turn.Turn, StringComparer.Ordinal);
    }

    private static IEnumerable<SlotFace> BySoonest(IEnumerable<SlotFace> faces) =>
        faces.OrderBy(f => f.Facts.Start).ThenBy(f => f.Facts.SlotId, StringComparer.Ordinal);

    /// <summary>Kilometres to a tenth, as screens show them and order by: what looks equally far is equally far. Good within a département.</summary>
    private static double Distance(PlaceView? from, SlotFace slot)
    {
        if (from is null) return 0;
        if (slot.Facts.Mode == VisitMode.Video) return double.MaxValue; // near nobody: after those one can go to
        var to = slot.View.Place;
        var (north, east) = (to.Lat - from.Lat, (to.Lon - from.Lon) * Math.Cos(from.Lat * Math.PI / 180));
        return Math.Round(KmPerDegree * Math.Sqrt((north * north) + (east * east)), 1);
    }
}
