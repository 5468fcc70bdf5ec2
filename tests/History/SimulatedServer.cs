namespace SnpLive.Tests.History;

/// <summary>How a simulated server breaks its word, once.</summary>
public enum Fault
{
    None,
    /// <summary>A booking is confirmed and then forgotten.</summary>
    LostAcknowledgement,
    /// <summary>A booking is confirmed on a slot that is booked.</summary>
    DoubleSale,
    /// <summary>A read tells what was before a change that somebody had been told of.</summary>
    StaleRead,
    /// <summary>A repeat of a cancelled booking's request books once more.</summary>
    RepeatedEffect,
}

/// <summary>
/// One slot on a server that does each operation at one instant between its call and its answer, written without a look at <see cref="SlotModel"/>:
/// callers overlap, answers get lost and are asked for again, some are never known.
/// </summary>
internal sealed class SimulatedServer(Random random, Fault fault)
{
    private const string Slot = "s";
    private readonly List<SlotOperation> history = [];
    private readonly HashSet<string> ended = [];
    private (string Actor, string Id)? hold;
    private (string Actor, string Id)? booking;
    private int holds, bookings;

    public int Operations { get; init; } = 60;
    public int Actors { get; init; } = 4;
    /// <summary>One answer in so many gets lost.</summary>
    public int Loses { get; init; } = 10;
    public bool Broke { get; private set; }

    /// <summary>Each actor does one thing after another; the instants at which the server acts are all different.</summary>
    public IReadOnlyList<SlotOperation> Run()
    {
        var free = new long[Actors];
        var planned = new List<(long Invoked, long At, long Returned, int Actor)>();
        for (var n = 0; n < Operations; n++)
        {
            var actor = random.Next(Actors);
            var invoked = free[actor] + 1 + random.Next(20);
            var at = invoked + 1 + random.Next(15);
            var returned = at + 1 + random.Next(15);
            free[actor] = returned;
            planned.Add((invoked, at, returned, actor));
        }
        foreach (var (invoked, _, returned, actor) in planned.OrderBy(p => p.At)) Act($"p{actor}", invoked, returned);
        return history;
    }

    private void Act(string actor, long invoked, long returned)
    {
        var request = Guid.NewGuid().ToString("N");
        switch (random.Next(10))
        {
            case < 3: Tell(SlotVerb.Book, actor, request, null, invoked, returned, Book(actor)); break;
            case < 5: Tell(SlotVerb.Hold, actor, request, null, invoked, returned, Hold(actor)); break;
            case 5 when hold is { } h: Tell(SlotVerb.Release, h.Actor == actor ? actor : h.Actor, request, h.Id, invoked, returned, Release()); break;
            case < 8 when booking is { } b: Tell(SlotVerb.Cancel, b.Actor, request, b.Id, invoked, returned, Cancel(b.Id)); break;
            case 8 when ended.FirstOrDefault(e => e[0] == 'b') is { } old: Read(SlotVerb.ReadBooking, actor, old, invoked, returned, "cancelled"); break;
            default: Read(SlotVerb.ReadSlot, actor, null, invoked, returned, Seen(invoked)); break;
        }
    }

    private string State => booking is not null ? "booked" : hold is not null ? "held" : "free";

    private string Seen(long invoked)
    {
        if (fault != Fault.StaleRead || Broke) return State;
        // What it was before the last change whose caller had been answered before this read began.
        var told = history.LastOrDefault(o => o is { Accepted: true, Verb: SlotVerb.Book or SlotVerb.Cancel } && o.Returned < invoked);
        if (told is null || ChangedSince(told.Returned)) return State;
        var stale = told.Verb == SlotVerb.Book ? "free" : "booked";
        if (stale == State) return State;
        Broke = true;
        return stale;

        // Somebody else may have changed it meanwhile: then the old answer may be a true one.
        bool ChangedSince(long when) => history.Any(o => o.RequestId is not null && o != told && o.Returned >= when && o.Accepted != false);
    }

    private string Book(string actor)
    {
        if (booking is not null)
        {
            if (fault == Fault.DoubleSale && !Broke)
            {
                Broke = true;
                return Booked(actor);
            }
            return "!slot-taken";
        }
        if (hold is { } held && held.Actor != actor) return "!slot-held";
        if (fault == Fault.LostAcknowledgement && !Broke)
        {
            Broke = true;
            return $"b{++bookings}";
        }
        return Booked(actor);
    }

    private string Booked(string actor)
    {
        if (hold is { } used) ended.Add(used.Id);
        (hold, booking) = (null, (actor, $"b{++bookings}"));
        return booking.Value.Id;
    }

    private string Hold(string actor)
    {
        if (booking is not null) return "!slot-taken";
        if (hold is { } held) return held.Actor == actor ? held.Id : "!slot-held";
        hold = (actor, $"h{++holds}");
        return hold.Value.Id;
    }

    private string? Release()
    {
        ended.Add(hold!.Value.Id);
        hold = null;
        return null;
    }

    private string? Cancel(string id)
    {
        ended.Add(id);
        booking = null;
        if (fault == Fault.RepeatedEffect && !Broke && hold is null)
        {
            Broke = true;
            booking = ("p0", id);
        }
        return null;
    }

    private void Read(SlotVerb verb, string actor, string? subject, long invoked, long returned, string answer) =>
        history.Add(new(Slot, verb, actor, null, subject, invoked, returned, answer, true));

    // Half of the lost answers are asked for again later, and the rest nobody ever knows.
    private void Tell(SlotVerb verb, string actor, string request, string? subject, long invoked, long returned, string? answer)
    {
        var refused = answer is { Length: > 0 } && answer[0] == '!';
        var lost = fault == Fault.None && random.Next(Loses) == 0;
        if (!lost) history.Add(new(Slot, verb, actor, request, subject, invoked, returned, refused ? answer![1..] : answer, !refused));
        else if (random.Next(2) == 0) history.Add(new(Slot, verb, actor, request, subject, invoked, long.MaxValue, null, null));
        else if (refused) history.Add(new(Slot, verb, actor, request, subject, invoked, returned + 40, answer![1..], false));
        else history.Add(new(Slot, verb, actor, request, subject, invoked, returned + 40, answer, true));
    }
}
