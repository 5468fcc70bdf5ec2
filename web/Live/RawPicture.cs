using SnpLive.Grains.Agendas;
using SnpLive.Grains.Boards;

namespace SnpLive.Web.Live;

/// <summary>
/// A board's picture as this node knows it, at (board epoch, seq). Pure. Frames may come late, twice, out of order or never: those ahead wait,
/// and whoever applies is told when the board must be asked.
/// </summary>
internal sealed class RawPicture(int maxAhead)
{
    private readonly Dictionary<string, SlotPicture> slots = new(StringComparer.Ordinal);
    private readonly List<BoardFrame> ahead = [];

    public string? Epoch { get; private set; }

    public long Seq { get; private set; }

    public IReadOnlyDictionary<string, SlotPicture> Slots => slots;

    /// <summary>Applies a frame or puts it aside. True when the board must be asked: something before it is missing.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="touched">Gets the ids of slots that may have changed.</param>
    public bool Apply(BoardFrame frame, ISet<string> touched)
    {
        if (frame.Epoch == Epoch && frame.Seq <= Seq) return false;
        if (frame.Epoch != Epoch || frame.Seq != Seq + 1)
        {
            if (ahead.Count < maxAhead) ahead.Add(frame);
            return true;
        }
        Put(frame, touched);
        CatchUp(touched);
        return ahead.Count > 0;
    }

    /// <summary>Takes the board's answer; null when it said that this node is where it is. True when it must be asked again.</summary>
    public bool Take(BoardSnapshot? snapshot, ISet<string> touched)
    {
        if (snapshot is not null && (snapshot.Epoch != Epoch || snapshot.Seq > Seq))
        {
            touched.UnionWith(slots.Keys);
            slots.Clear();
            foreach (var slot in snapshot.Slots)
            {
                slots[slot.Facts.SlotId] = slot;
                touched.Add(slot.Facts.SlotId);
            }
            (Epoch, Seq) = (snapshot.Epoch, snapshot.Seq);
        }
        ahead.RemoveAll(f => f.Epoch != Epoch); // asked after they came: the answer's epoch is the later one
        CatchUp(touched);
        return ahead.Count > 0;
    }

    private void CatchUp(ISet<string> touched)
    {
        if (ahead.Count == 0) return;
        ahead.Sort(static (a, b) => a.Seq.CompareTo(b.Seq));
        foreach (var frame in ahead)
            if (frame.Epoch == Epoch && frame.Seq == Seq + 1) Put(frame, touched);
        ahead.RemoveAll(f => f.Epoch == Epoch && f.Seq <= Seq);
    }

    private void Put(BoardFrame frame, ISet<string> touched)
    {
        Seq = frame.Seq;
        foreach (var slot in frame.Slots)
        {
            slots[slot.Facts.SlotId] = slot;
            touched.Add(slot.Facts.SlotId);
        }
        foreach (var gone in frame.Removed)
            if (slots.Remove(gone)) touched.Add(gone);
    }
}
