using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Agendas;

public static partial class AgendaDecider
{
    private static Outcome Hold(Asked asked, HoldSlot command)
    {
        var now = asked.Now;
        if (asked.State.FindSlot(command.SlotId) is not { } slot) return Refuse(Refusal.SlotUnknown);
        var facts = slot.Facts;
        if (Rights.AsksOnly(asked.Actor.Role, asked.Scope)) return Refuse(Refusal.RequestOnly);
        if (!Rights.MayHold(asked.Actor, asked.Scope, facts.CareStream, facts.Audience, asked.Today)) return Refuse(Refusal.NotAllowed);
        if (slot.IsOff(now)) return Refuse(Refusal.SlotWithdrawn);
        if (SlotStates.LastBookable(facts) <= now) return Refuse(Refusal.TooLate);
        if (Daytime.Freezes(asked.Rules.Daytime, now, facts.End, asked.Rules.TimeZone)) return Refuse(Refusal.OutsideDaytime);

        var live = slot.LiveHolds(now).ToArray();
        if (live.FirstOrDefault(h => h.Picture.ActorId == asked.Actor.Id) is { Picture: var own })
            return Accept(new HoldGranted(own.HoldId, facts.SlotId, own.Until));
        if (slot.CountTaken() >= facts.Capacity) return RefuseTaken(asked, slot);
        if (slot.CountTaken() + live.Length >= facts.Capacity) return RefuseHeld(live);

        var until = now.AddMinutes(asked.Rules.HoldMinutes);
        // A decision taken at the end of the hold could not reach so far: such a hold would only keep others away.
        if (facts.Start > Windows.Deadline(until, asked.Rules.WindowHours)) return Refuse(Refusal.OutsideWindow);
        if (FreeHoldPlace(asked, command.HoldPlace) is not { } place) return Refuse(Refusal.TooManyHolds);

        var hold = new HoldPicture(AgendaIds.Hold(asked.Definition.AgendaId, asked.State.HoldCount + 1), asked.Actor.Id, asked.Actor.OrganizationId, until);
        return Accept(new HoldGranted(hold.HoldId, facts.SlotId, until), new SlotHeld(facts.SlotId, hold, place));
    }

    /// <summary>
    /// The first of the person's places for holds, from the one asked for on, that no hold on this agenda uses; null beyond the maximum.
    /// Whether another agenda uses it, the ledger's claim tells; the shell then asks for the next place.
    /// </summary>
    private static int? FreeHoldPlace(Asked asked, int from)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        var own = asked.State.Slots.SelectMany(s => s.LiveHolds(asked.Now)).Where(h => h.Picture.ActorId == asked.Actor.Id).Select(h => h.Place).ToArray();
        if (own.Length >= asked.Rules.MaxHoldsPerPerson) return null;
        for (var place = from; place <= asked.Rules.MaxHoldsPerPerson; place++)
            if (!own.Contains(place)) return place;
        return null;
    }

    private static Outcome Extend(Asked asked, ExtendHold command)
    {
        if (LiveHold(asked, command.HoldId) is not { } hold) return Refuse(WasIssued(asked, command.HoldId) ? Refusal.HoldExpired : Refusal.HoldUnknown);
        if (hold.Picture.ActorId != asked.Actor.Id) return Refuse(Refusal.HoldUnknown);
        if (hold.Extended) return Refuse(Refusal.HoldAlreadyExtended);
        var (slot, _) = asked.State.FindHold(command.HoldId)!.Value;
        var until = hold.Picture.Until.AddMinutes(asked.Rules.HoldExtensionMinutes);
        return Accept(new HoldGranted(command.HoldId, slot.Facts.SlotId, until), new HoldExtended(command.HoldId, until));
    }

    private static Outcome Release(Asked asked, ReleaseHold command)
    {
        if (LiveHold(asked, command.HoldId) is not { } hold) return WasIssued(asked, command.HoldId) ? Accept(new Done()) : Refuse(Refusal.HoldUnknown);
        if (hold.Picture.ActorId != asked.Actor.Id) return Refuse(Refusal.HoldUnknown);
        return Accept(new Done(), new HoldReleased(command.HoldId));
    }

    private static SlotHold? LiveHold(Asked asked, string holdId) =>
        asked.State.FindHold(holdId) is { } found && found.Hold.Picture.Until > asked.Now ? found.Hold : null;

    /// <summary>Whether such a hold has ever existed: one that is no longer live has then ended, whoever had it.</summary>
    private static bool WasIssued(Asked asked, string holdId)
    {
        var n = AgendaIds.Number(holdId, asked.Definition.AgendaId, 'h');
        return n >= 1 && n <= asked.State.HoldCount;
    }
}
