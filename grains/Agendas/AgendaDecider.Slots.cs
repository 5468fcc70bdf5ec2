using System.Collections.Immutable;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Agendas;

public static partial class AgendaDecider
{
    /// <summary>Most slots opened by one command.</summary>
    public const int MostSlotsPerCommand = 200;
    /// <summary>Most patients of one slot (“plage”).</summary>
    public const int MostCapacity = 20;
    /// <summary>Most places “en sus” of one slot.</summary>
    public const int MostOverbooked = 2;
    /// <summary>Longest slot.</summary>
    public static readonly TimeSpan LongestSlot = TimeSpan.FromHours(4);
    /// <summary>How far ahead slots may be opened.</summary>
    public static readonly TimeSpan FarthestSlot = TimeSpan.FromDays(60);
    /// <summary>Longest notice before a slot's start.</summary>
    public static readonly TimeSpan LongestNotice = TimeSpan.FromHours(48);

    private static Outcome Open(Asked asked, OpenSlots command)
    {
        var definition = asked.Definition;
        if (!asked.MayManage(GrantAction.OpenSlot)) return Refuse(Refusal.NotAllowed);
        if (command.Slots.Length is 0 or > MostSlotsPerCommand) return Refuse(Refusal.InvalidSlot);

        var opened = ImmutableArray.CreateBuilder<SlotFacts>(command.Slots.Length);
        foreach (var slot in command.Slots)
        {
            var (start, end) = (CivilTime.Milliseconds(slot.Start), CivilTime.Milliseconds(slot.End));
            var facts = new SlotFacts(
                AgendaIds.Slot(definition.AgendaId, asked.State.SlotCount + opened.Count + 1), definition.AgendaId, start, end, definition.CareStream, slot.Mode,
                slot.Audience ?? DefaultAudience, slot.Capacity ?? 1, slot.MinNoticeMinutes ?? asked.Rules.MinNoticeMinutes, definition.PlaceId,
                null, asked.State.SettingsOrNone().LocumFor(start, end));
            if (WhyNotOpen(asked, facts) is { } refusal) return Refuse(refusal);
            if (opened.Any(o => o.Start < facts.End && facts.Start < o.End)) return Refuse(Refusal.SlotOverlap);
            opened.Add(facts);
        }
        var slots = opened.MoveToImmutable();
        return Accept(new SlotsOpened([.. slots.Select(s => s.SlotId)]), new SlotsPublished(slots, null));
    }

    private static Refusal? WhyNotOpen(Asked asked, SlotFacts slot, AgendaSlot? besides = null)
    {
        var sensible = slot.Start < slot.End && slot.End - slot.Start <= LongestSlot
            && slot.Capacity is >= 1 and <= MostCapacity
            && slot.MinNoticeMinutes >= 0 && slot.MinNoticeMinutes <= LongestNotice.TotalMinutes
            && slot.Audience != Audience.None && (slot.Audience & ~AnyAudience) == 0
            && Enum.IsDefined(slot.Mode)
            && slot.Start <= asked.Now + FarthestSlot;
        if (!sensible) return Refusal.InvalidSlot;
        if (slot.Start <= asked.Now) return Refusal.TooLate;
        if (!Daytime.Contains(asked.Rules.Daytime, slot.Start, slot.End, asked.Rules.TimeZone)) return Refusal.OutsideDaytime;
        return asked.State.Slots.Any(s => !ReferenceEquals(s, besides) && !s.IsOff(asked.Now) && s.Overlaps(slot.Start, slot.End)) ? Refusal.SlotOverlap : null;
    }

    private static Outcome Withdraw(Asked asked, WithdrawSlot command)
    {
        if (asked.State.FindSlot(command.SlotId) is not { } slot) return Refuse(Refusal.SlotUnknown);
        if (!asked.MayManage(GrantAction.CloseSlot)) return Refuse(Refusal.NotAllowed);
        if (slot.IsOff(asked.Now)) return Refuse(Refusal.SlotWithdrawn);
        if (slot.CountTaken() > 0 && command.ReplaceBookings != true) return Refuse(Refusal.SlotBooked);
        // A slot that has begun was offered: that it stayed empty is a fact to keep.
        if (slot.Facts.Start <= asked.Now) return Refuse(Refusal.TooLate);
        var others = slot.LiveHolds(asked.Now).Where(h => h.Picture.ActorId != asked.Actor.Id).ToArray();
        if (others.Length > 0 && !command.EvenIfHeld) return RefuseHeld(others);
        return Accept(new Done(), [.. ToReplace(slot, ReplaceCause.Withdrawal), new SlotWithdrawn(command.SlotId)]);
    }

    /// <summary>No booking goes down with its slot: each becomes to replace first.</summary>
    private static IEnumerable<AgendaEvent> ToReplace(AgendaSlot slot, ReplaceCause cause) =>
        slot.Bookings.Where(b => b.Booking.Status == AppointmentStatus.Booked).Select(b => new BookingToReplace(b.Booking.BookingId, cause));

    private static Outcome Resize(Asked asked, ResizeSlot command)
    {
        if (asked.State.FindSlot(command.SlotId) is not { } slot) return Refuse(Refusal.SlotUnknown);
        if (!asked.MayManage(GrantAction.OpenSlot)) return Refuse(Refusal.NotAllowed);
        if (slot.IsOff(asked.Now)) return Refuse(Refusal.SlotWithdrawn);
        if (slot.CountTaken() > 0) return Refuse(Refusal.SlotBooked);
        if (slot.Facts.Start <= asked.Now) return Refuse(Refusal.TooLate);
        if (slot.LiveHolds(asked.Now).ToArray() is { Length: > 0 } holds) return RefuseHeld(holds);

        var (start, end) = (CivilTime.Milliseconds(command.Start), CivilTime.Milliseconds(command.End));
        if ((start, end) == (slot.Facts.Start, slot.Facts.End)) return Accept(new SlotsOpened([slot.Facts.SlotId]));
        var moved = slot.Facts with
        {
            SlotId = AgendaIds.Slot(asked.Definition.AgendaId, asked.State.SlotCount + 1), Start = start, End = end,
            Locum = asked.State.SettingsOrNone().LocumFor(start, end),
        };
        if (WhyNotOpen(asked, moved, besides: slot) is { } refusal) return Refuse(refusal);
        // Withdrawn as by hand, so that no template brings back what was moved away.
        return Accept(new SlotsOpened([moved.SlotId]), new SlotWithdrawn(slot.Facts.SlotId), new SlotsPublished([moved], null));
    }

    private static Outcome Allow(Asked asked, AllowOverbook command)
    {
        if (!asked.IsPractitioner) return Refuse(Refusal.NotAllowed);
        return asked.State.SettingsOrNone().Overbook == command.Allowed ? Accept(new Done()) : Accept(new Done(), new OverbookAllowed(command.Allowed));
    }

    private static Outcome Overbook(Asked asked, OverbookSlot command)
    {
        if (asked.State.FindSlot(command.SlotId) is not { } slot) return Refuse(Refusal.SlotUnknown);
        if (!asked.MayManage(GrantAction.OpenSlot)) return Refuse(Refusal.NotAllowed);
        if (!asked.State.SettingsOrNone().Overbook) return Refuse(Refusal.OverbookNotAllowed);
        if (slot.IsOff(asked.Now)) return Refuse(Refusal.SlotWithdrawn);
        if (slot.Facts.Start <= asked.Now) return Refuse(Refusal.TooLate);
        if (slot.Overbooked >= MostOverbooked || slot.Facts.Capacity >= MostCapacity) return Refuse(Refusal.OverbookLimit);
        return Accept(new Done(), new SlotOverbooked(command.SlotId));
    }

    private const Audience DefaultAudience = Audience.Snp | Audience.Cpts;
    private const Audience AnyAudience = Audience.Public | Audience.Pro | Audience.Snp | Audience.Cpts;
}
