using System.Collections.Immutable;

namespace SnpLive.Grains.Agendas;

/// <summary>A hold as the agenda keeps it.</summary>
/// <param name="Picture">Who and until when.</param>
/// <param name="Place">Which of the person's places for holds it uses (1…max).</param>
/// <param name="Extended">Whether its one extension was used.</param>
public sealed record SlotHold(HoldPicture Picture, int Place, bool Extended);

/// <summary>A booking as the agenda keeps it.</summary>
/// <param name="Booking">The booking, cancelled ones included.</param>
/// <param name="ClaimUntil">End of the patient's claim, UTC; null when it holds none (override, cancelled, no-show, to replace).</param>
public sealed record SlotBooking(Booking Booking, DateTimeOffset? ClaimUntil)
{
    /// <summary>Whether its place is in use. One that is to replace still has its place: nothing of it is lost.</summary>
    public bool TakesPlace() => Booking.Status is not (AppointmentStatus.Cancelled or AppointmentStatus.Replaced);
}

/// <summary>How a slot came to be withdrawn.</summary>
public enum Withdrawal
{
    /// <summary>It is not.</summary>
    None = 0,
    /// <summary>By its practitioner: no template brings it back.</summary>
    ByHand = 1,
    /// <summary>A changed template or rule replaced it.</summary>
    Superseded = 2,
}

/// <summary>A slot with what happened to it.</summary>
/// <param name="Facts">Published facts.</param>
/// <param name="FromTemplate">Published by a template, not by hand.</param>
/// <param name="Withdrawal">Whether and how it was taken back.</param>
/// <param name="Holds">Holds that had not ended at the last event.</param>
/// <param name="Bookings">Bookings in order, cancelled ones included.</param>
/// <param name="Overbooked">Places given “en sus”; null: none.</param>
public sealed record AgendaSlot(
    SlotFacts Facts, bool FromTemplate, Withdrawal Withdrawal, ImmutableArray<SlotHold> Holds, ImmutableArray<SlotBooking> Bookings, int? Overbooked = null)
{
    /// <summary>Places in use: every booking but the cancelled and the replaced ones.</summary>
    public int CountTaken()
    {
        var taken = 0;
        foreach (var b in Bookings)
            if (b.TakesPlace()) taken++;
        return taken;
    }

    /// <summary>Whether nobody can have it any more: withdrawn, or gone back to the practitioner because it was still free.</summary>
    public bool IsOff(DateTimeOffset now) => Withdrawal != Withdrawal.None || SlotStates.HasGoneBack(Facts, CountTaken(), now);

    /// <summary>Holds in force at <paramref name="now"/>.</summary>
    public IEnumerable<SlotHold> LiveHolds(DateTimeOffset now) => Holds.Where(h => h.Picture.Until > now);

    /// <summary>The slot as boards know it.</summary>
    public SlotPicture ToPicture() => new(Facts, CountTaken(), Withdrawal != Withdrawal.None, [.. Holds.Select(h => h.Picture)]);

    internal bool Overlaps(DateTimeOffset start, DateTimeOffset end) => Facts.Start < end && start < Facts.End;
}

/// <summary>An accepted command that is remembered for repeats; the ledger remembers all of them.</summary>
/// <param name="ActorId">Who asked.</param>
/// <param name="RequestId">The caller's id.</param>
/// <param name="Fingerprint">Digest of the command.</param>
/// <param name="Answer">The answer then.</param>
/// <param name="At">UTC.</param>
public sealed record RememberedAnswer(string ActorId, Guid RequestId, string Fingerprint, AgendaAnswer Answer, DateTimeOffset At);

/// <summary>Everything an agenda knows: a fold of its events and nothing else. Immutable; its JSON is the snapshot.</summary>
/// <param name="Definition">Null until configured.</param>
/// <param name="Version">Commands folded.</param>
/// <param name="LastAt">Instant of the last one, UTC: time never runs backwards from it.</param>
/// <param name="Slots">Slots by start, then by number; those that ended long ago have left.</param>
/// <param name="SlotCount">Slots ever published: the next one's number is one more.</param>
/// <param name="HoldCount">Holds ever granted.</param>
/// <param name="BookingCount">Bookings ever made.</param>
/// <param name="PublishedThrough">Last civil day that templates have covered; null when never.</param>
/// <param name="Answers">Recent accepted commands, oldest first.</param>
/// <param name="AnswersForgotten">Whether older ones were dropped: then only the ledger knows about those.</param>
/// <param name="Settings">What the practitioner decided; null until something was.</param>
public sealed record AgendaState(
    AgendaDefinition? Definition,
    long Version,
    DateTimeOffset LastAt,
    ImmutableArray<AgendaSlot> Slots,
    int SlotCount,
    int HoldCount,
    int BookingCount,
    DateOnly? PublishedThrough,
    ImmutableArray<RememberedAnswer> Answers,
    bool AnswersForgotten,
    AgendaSettings? Settings = null)
{
    /// <summary>Version of the snapshot's schema.</summary>
    public const int Schema = 1;

    /// <summary>How long after its end a slot stays in the state: as long as an outcome may be recorded or corrected.</summary>
    public static readonly TimeSpan SlotMemory = TimeSpan.FromDays(4);

    /// <summary>How long, and how many, accepted commands are remembered here. Older repeats are found in the ledger.</summary>
    public static readonly TimeSpan AnswerMemory = TimeSpan.FromMinutes(30);

    /// <summary>See <see cref="AnswerMemory"/>.</summary>
    public const int MostAnswers = 200;

    /// <summary>An agenda of which nothing has happened yet.</summary>
    public static AgendaState Empty { get; } = new(null, 0, DateTimeOffset.MinValue, [], 0, 0, 0, null, [], false);

    /// <summary>What the practitioner decided. A method, since properties would be part of snapshots.</summary>
    public AgendaSettings SettingsOrNone() => Settings ?? AgendaSettings.None;

    /// <summary>The weekly templates in force: the practitioner's own, else the imported ones.</summary>
    public ImmutableArray<WeeklyTemplate> Templates() => Settings?.Plan?.Templates ?? Definition?.Templates ?? [];

    /// <summary>Slots that end after <paramref name="from"/> and start before <paramref name="to"/> (UTC), as boards know them.</summary>
    public AgendaPicture ToPicture(string agendaId, DateTimeOffset from, DateTimeOffset to) =>
        new(agendaId, Version, [.. Slots.Where(s => s.Overlaps(from, to)).Select(s => s.ToPicture())]);

    /// <summary>Bookings, cancelled ones included, of slots that end after <paramref name="from"/> and start before <paramref name="to"/> (UTC).</summary>
    public ImmutableArray<Booking> BookingsBetween(DateTimeOffset from, DateTimeOffset to) =>
        [.. Slots.Where(s => s.Overlaps(from, to)).SelectMany(s => s.Bookings).Select(b => b.Booking)];

    /// <summary>A slot, or null when unknown or gone.</summary>
    public AgendaSlot? FindSlot(string slotId)
    {
        // Several times per command: the ids of one agenda differ at their ends, so one character tells nearly all apart.
        foreach (var slot in Slots)
            if (slot.Facts.SlotId is var id && id.Length == slotId.Length && id[^1] == slotId[^1] && id == slotId) return slot;
        return null;
    }

    /// <summary>A booking with its slot, or null when unknown or gone.</summary>
    public (AgendaSlot Slot, SlotBooking Booking)? FindBooking(string bookingId)
    {
        foreach (var slot in Slots)
            foreach (var booking in slot.Bookings)
                if (booking.Booking.BookingId == bookingId) return (slot, booking);
        return null;
    }

    /// <summary>A hold with its slot, or null when it is unknown, given back, used up, or ended before the last event.</summary>
    public (AgendaSlot Slot, SlotHold Hold)? FindHold(string holdId)
    {
        foreach (var slot in Slots)
            foreach (var hold in slot.Holds)
                if (hold.Picture.HoldId == holdId) return (slot, hold);
        return null;
    }

    /// <summary>What was answered to (actor, request id), as far as it is remembered here.</summary>
    public RememberedAnswer? AnswerTo(string actorId, Guid requestId)
    {
        for (var i = Answers.Length - 1; i >= 0; i--)
            if (Answers[i].RequestId == requestId && Answers[i].ActorId == actorId) return Answers[i];
        return null;
    }
}
