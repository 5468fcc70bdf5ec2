namespace SnpLive.Grains.Agendas;

/// <summary>What a slot is to somebody who looks at it now.</summary>
public enum SlotState
{
    /// <summary>Libre.</summary>
    Free = 0,
    /// <summary>En cours de réservation.</summary>
    Held = 1,
    /// <summary>Réservé.</summary>
    Booked = 2,
    /// <summary>Retiré.</summary>
    Withdrawn = 3,
    /// <summary>Trop tard.</summary>
    TooLate = 4,
    /// <summary>Non pris.</summary>
    PastEmpty = 5,
}

/// <summary>A slot's state as a function of the picture and of now, the same everywhere: grain, board, and (in TypeScript) browser.</summary>
public static class SlotStates
{
    /// <summary>The state at <paramref name="now"/> (UTC). A hold or a notice ends exactly at its instant.</summary>
    public static SlotState Of(SlotPicture slot, DateTimeOffset now)
    {
        var facts = slot.Facts;
        if (slot.Withdrawn || HasGoneBack(facts, slot.Taken, now)) return SlotState.Withdrawn;
        if (slot.Taken >= facts.Capacity) return SlotState.Booked;
        if (facts.End <= now) return slot.Taken > 0 ? SlotState.Booked : SlotState.PastEmpty;
        if (LastBookable(facts) <= now) return SlotState.TooLate;
        return slot.Taken + LiveHolds(slot, now) >= facts.Capacity ? SlotState.Held : SlotState.Free;
    }

    /// <summary>From this instant on nobody can book the slot any more.</summary>
    public static DateTimeOffset LastBookable(SlotFacts facts) => facts.Start.AddMinutes(-facts.MinNoticeMinutes);

    /// <summary>Whether a slot went back to its practitioner by itself: nobody had booked it when the time set for it came.</summary>
    public static bool HasGoneBack(SlotFacts facts, int taken, DateTimeOffset now) => taken == 0 && GoesBackAt(facts) <= now;

    /// <summary>From this instant on a slot that nobody booked belongs to its practitioner again; null when it never does.</summary>
    public static DateTimeOffset? GoesBackAt(SlotFacts facts) => facts.TakeBackMinutes is { } minutes ? facts.Start.AddMinutes(-minutes) : null;

    /// <summary>Holds in force at <paramref name="now"/>.</summary>
    public static int LiveHolds(SlotPicture slot, DateTimeOffset now)
    {
        var live = 0;
        foreach (var hold in slot.Holds)
            if (hold.Until > now) live++;
        return live;
    }

    /// <summary>The next instant after <paramref name="now"/> at which the state may change by itself; null when never.</summary>
    public static DateTimeOffset? NextChange(SlotPicture slot, DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        void Consider(DateTimeOffset at) { if (at > now && (next is null || at < next)) next = at; }
        Consider(LastBookable(slot.Facts));
        if (slot.Taken == 0 && GoesBackAt(slot.Facts) is { } back) Consider(back);
        Consider(slot.Facts.End);
        foreach (var hold in slot.Holds) Consider(hold.Until);
        return next;
    }
}
