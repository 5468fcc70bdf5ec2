using System.Collections.Immutable;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Agendas;

public static partial class AgendaDecider
{
    /// <summary>Publishes the civil days that no publishing has covered yet. A day is covered once, whatever happens to its slots.</summary>
    private static Outcome Publish(Asked asked)
    {
        if (asked.Actor.Role != Role.System) return Refuse(Refusal.NotAllowed);
        var state = asked.State;
        var through = asked.Today.AddDays(asked.Rules.PublishAheadDays);
        if (state.Templates().IsEmpty || state.PublishedThrough >= through) return Accept(new Done());

        var from = state.PublishedThrough?.AddDays(1) is { } next && next > asked.Today ? next : asked.Today;
        var slots = NotInTheWay(state.Slots, TemplatePlan.For(state, from, through, asked.Now));
        // An empty list is written too: it says that the days are covered, and sets the next wake-up.
        return Accept(new Done(), Published(state, slots, through));
    }

    /// <summary>Takes a definition over, and makes the days ahead fit it.</summary>
    private static Outcome Configure(AgendaState state, ConfigureAgenda command, DateTimeOffset now)
    {
        var (wanted, present) = (command.Definition, state.Definition);
        if (command.Actor.Role != Role.System) return Refuse(Refusal.NotAllowed);
        // Surrogates belong to a SAS and grants to a tenant: an agenda does not move between them.
        if (present is not null && (present.AgendaId, present.SasId, present.TerritoryId) != (wanted.AgendaId, wanted.SasId, wanted.TerritoryId))
            return Refuse(Refusal.NotAllowed);
        return Documents.Same(present, wanted) ? Accept(new Done()) : Accept(new Done(), Refitted(state, now, new AgendaConfigured(wanted)));
    }

    /// <summary>
    /// Changes, and what makes the days ahead fit them as a practitioner expects: a free template slot that the templates no longer ask for is withdrawn,
    /// what they newly ask for is published; booked and held slots, slots opened by hand and slots withdrawn by hand stay as they are.
    /// </summary>
    private static ImmutableArray<AgendaEvent> Refitted(AgendaState state, DateTimeOffset now, params ReadOnlySpan<AgendaEvent> changes)
    {
        var events = ImmutableArray.CreateBuilder<AgendaEvent>();
        events.AddRange(changes);
        foreach (var change in changes) state = AgendaEventFold.Apply(state, change, now);

        var definition = state.Definition!;
        var today = CivilTime.Day(now, definition.Rules.TimeZone);
        var through = today.AddDays(definition.Rules.PublishAheadDays);
        if (state.PublishedThrough > through) through = state.PublishedThrough.Value;
        var planned = TemplatePlan.For(state, today, through, now);

        var standing = new List<AgendaSlot>();
        foreach (var slot in state.Slots)
        {
            var replaceable = slot is { FromTemplate: true, Withdrawal: Withdrawal.None } && slot.Facts.Start > now
                && slot.CountTaken() == 0 && !slot.LiveHolds(now).Any();
            if (replaceable && !planned.Any(p => Fits(slot.Facts, p, definition))) events.Add(new SlotWithdrawn(slot.Facts.SlotId, Superseded: true));
            else standing.Add(slot);
        }
        if (!state.Templates().IsEmpty) events.Add(Published(state, NotInTheWay(standing, planned), through));
        return events.ToImmutable();
    }

    private static bool Fits(SlotFacts slot, PlannedSlot planned, AgendaDefinition definition) =>
        slot.Start == planned.Start && slot.End == planned.End && slot.Mode == planned.Mode && slot.Audience == planned.Audience
        && slot.Capacity == planned.Capacity && slot.TakeBackMinutes == planned.TakeBackMinutes
        && slot.PlaceId == definition.PlaceId && slot.CareStream == definition.CareStream;

    /// <summary>Without those that overlap a slot, or the time of one that its practitioner took back by hand.</summary>
    private static ImmutableArray<PlannedSlot> NotInTheWay(IReadOnlyCollection<AgendaSlot> slots, ImmutableArray<PlannedSlot> planned) =>
        [.. planned.Where(p => !slots.Any(s => s.Withdrawal != Withdrawal.Superseded && s.Overlaps(p.Start, p.End)))];

    private static SlotsPublished Published(AgendaState state, ImmutableArray<PlannedSlot> slots, DateOnly through)
    {
        var definition = state.Definition!;
        return new([.. slots.Select((p, i) => new SlotFacts(
            AgendaIds.Slot(definition.AgendaId, state.SlotCount + i + 1), definition.AgendaId, p.Start, p.End, definition.CareStream,
            p.Mode, p.Audience, p.Capacity, definition.Rules.MinNoticeMinutes, definition.PlaceId, p.TakeBackMinutes, p.Locum))], through);
    }
}
