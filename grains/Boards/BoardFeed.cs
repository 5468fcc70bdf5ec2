using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace SnpLive.Grains.Boards;

/// <summary>How an agenda tells boards what it committed: one-way, never awaited by a booking, allowed to get lost.</summary>
public class BoardFeed
{
    // Kept, one per territory: Orleans reads a type's attributes anew each time it makes a reference, which costs more than the message.
    private readonly ConcurrentDictionary<string, IBoardGrain> boards = new(StringComparer.Ordinal);

    /// <summary>Sends the change to each board.</summary>
    public virtual void Tell(IGrainFactory grains, ImmutableArray<string> territories, AgendaChange change)
    {
        foreach (var territory in territories)
            _ = boards.GetOrAdd(territory, static (id, grains) => grains.GetGrain<IBoardGrain>(id), grains).AgendaChanged(change);
    }
}
