using System.Collections.Immutable;

namespace SnpLive.Grains.Boards;

/// <summary>How an agenda tells boards what it committed: one-way, never awaited by a booking, allowed to get lost.</summary>
public class BoardFeed
{
    /// <summary>Sends the change to each board.</summary>
    public virtual void Tell(IGrainFactory grains, ImmutableArray<string> territories, AgendaChange change)
    {
        foreach (var territory in territories)
            _ = grains.GetGrain<IBoardGrain>(territory).AgendaChanged(change);
    }
}
