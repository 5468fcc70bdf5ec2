using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;

namespace SnpLive.Web.Live;

/// <summary>A filtered picture at (epoch, seq). Immutable: anybody may read it while the board goes on.</summary>
internal sealed record ViewHead(string Epoch, long Seq, DateTimeOffset AsOf, ImmutableDictionary<string, SlotFace> Faces);

/// <summary>
/// What one audience sees of a territory. A frame is the difference between two filtered pictures, so that a slot whose audience shrinks leaves
/// the screen. Written by the board's loop only; connections read <see cref="Head"/> and the ring without a lock.
/// </summary>
internal sealed class LiveView(string territoryId, string name, Func<SlotFace, bool> sees, LiveOptions options, LiveMetrics metrics)
{
    private readonly LiveMessage?[] ring = new LiveMessage?[options.RingFrames];
    private readonly ConcurrentDictionary<LiveConnection, bool> listeners = new();
    private readonly Lock encoding = new();
    private ViewHead head = new(NewEpoch(), 0, default, ImmutableDictionary<string, SlotFace>.Empty);
    private (LiveMessage Message, long Made)? snapshot;
    private long oldest = 1, ringBytes, lastRead = Stopwatch.GetTimestamp();
    private volatile bool closed;

    /// <summary>Names the view to screens; says nothing about the viewer.</summary>
    public string Name => name;

    public ViewHead Head => Volatile.Read(ref head);

    /// <summary>No longer kept: whoever watches must look for the view that took its place.</summary>
    public bool Closed => closed;

    public int Viewers => listeners.Count;

    /// <summary>How long nobody has watched or read it.</summary>
    public TimeSpan Idle => listeners.IsEmpty ? Stopwatch.GetElapsedTime(Volatile.Read(ref lastRead)) : TimeSpan.Zero;

    public void Touch() => Volatile.Write(ref lastRead, Stopwatch.GetTimestamp());

    public void Add(LiveConnection connection) => listeners[connection] = true;

    public void Remove(LiveConnection connection)
    {
        if (listeners.TryRemove(connection, out _)) Touch();
    }

    /// <summary>A new epoch: every screen gets a snapshot. Board's loop only.</summary>
    public void Restart(IEnumerable<SlotFace> faces, DateTimeOffset asOf)
    {
        Array.Clear(ring);
        (oldest, ringBytes) = (1, 0);
        var seen = faces.Where(sees).ToImmutableDictionary(f => f.Facts.SlotId, StringComparer.Ordinal);
        Volatile.Write(ref head, new(NewEpoch(), 0, asOf, seen));
        WakeAll();
    }

    /// <summary>Goes from the last filtered picture to the one that these faces make of it. Board's loop only.</summary>
    /// <returns>What changed for this audience; empty when nothing.</returns>
    public IReadOnlyList<ViewChange> Advance(IEnumerable<ViewChange> board, DateTimeOffset asOf)
    {
        var (before, changes, after) = (head.Faces, new List<ViewChange>(), (ImmutableDictionary<string, SlotFace>.Builder?)null);
        foreach (var (id, face) in board)
        {
            before.TryGetValue(id, out var old);
            var seen = face is not null && sees(face) ? face : null;
            if (seen is null ? old is null : old is not null && old.LooksLike(seen)) continue;
            after ??= before.ToBuilder();
            if (seen is null) after.Remove(id);
            else after[id] = seen;
            changes.Add(new(id, seen));
        }
        if (after is null) return changes;
        var next = new ViewHead(head.Epoch, head.Seq + 1, asOf, after.ToImmutable());
        Keep(LiveMessages.Frame(territoryId, name, next, changes));
        Volatile.Write(ref head, next); // after its frame is in the ring
        WakeAll();
        return changes;
    }

    /// <summary>The frame after (epoch, seq), or null when it is no longer kept.</summary>
    public LiveMessage? FrameAfter(string epoch, long seq)
    {
        var frame = Volatile.Read(ref ring[(int)((seq + 1) % ring.Length)]);
        return frame is not null && frame.Seq == seq + 1 && frame.Epoch == epoch ? frame : null;
    }

    /// <summary>Whether everything after (epoch, seq) can still be told by frames.</summary>
    public bool Continues(string? epoch, long seq)
    {
        var now = Head;
        return epoch == now.Epoch && seq >= 0 && (seq == now.Seq || (seq < now.Seq && FrameAfter(epoch, seq) is not null));
    }

    /// <summary>A snapshot to which the frames kept lead on; encoded once for all who ask at about the same time.</summary>
    public LiveMessage Snapshot(TimeProvider time)
    {
        lock (encoding)
        {
            var now = Head;
            if (snapshot is { } made && made.Message.Epoch == now.Epoch && now.Seq - made.Message.Seq <= options.SnapshotReuseFrames
                && Stopwatch.GetElapsedTime(made.Made) <= options.SnapshotReuse && Continues(made.Message.Epoch, made.Message.Seq))
                return made.Message;
            var message = LiveMessages.Snapshot(territoryId, name, now, time.GetUtcNow());
            snapshot = (message, Stopwatch.GetTimestamp());
            metrics.SnapshotsEncoded.Add(1);
            return message;
        }
    }

    /// <summary>Ends the view; its screens look for the next one.</summary>
    public void Close()
    {
        closed = true;
        WakeAll();
    }

    private void Keep(LiveMessage frame)
    {
        metrics.Frames.Add(1);
        ringBytes += frame.Bytes;
        while (oldest < frame.Seq && (frame.Seq - oldest >= ring.Length || ringBytes > options.RingBytes))
        {
            ref var slot = ref ring[(int)(oldest++ % ring.Length)];
            ringBytes -= slot!.Bytes;
            Volatile.Write(ref slot, null);
        }
        Volatile.Write(ref ring[(int)(frame.Seq % ring.Length)], frame);
    }

    private void WakeAll()
    {
        foreach (var (connection, _) in listeners) connection.Wake();
    }

    private static string NewEpoch() => Guid.NewGuid().ToString("N");
}
