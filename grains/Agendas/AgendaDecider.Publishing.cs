using System.Collections.Immutable;
using System.Text.Json;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Agendas;

public static partial class AgendaDecider
{
    /// <summary>Publishes the civil days that no publishing has covered yet. A day is covered once, whatever happens to its slots.</summary>
    private static Outcome Publish(Asked asked)
    {
        if (asked.Actor.Role != Role.System) return Refuse(Refusal.NotAllowed);
        var (state, definition) = (asked.State, asked.Definition);
        var through = asked.Today.AddDays(asked.Rules.PublishAheadDays);
        if (definition.Templates.IsEmpty || state.PublishedThrough >= through) return Accept(new Done());

        var from = state.PublishedThrough?.AddDays(1) is { } next && next > asked.Today ? next : asked.Today;
        var slots = NotInTheWay(state.Slots, TemplatePlan.For(definition, from, through, asked.Now));
        // An empty list is written too: it says that the days are covered, and sets the next wake-up.
        return Accept(new Done(), Published(state, definition, slots, through));
    }

    /// <summary>
    /// Takes a definition over, and makes the days ahead fit it as a coordinator expects: a free template slot that the templates no longer
    /// ask for is withdrawn, what they newly ask for is published; booked and held slots, slots opened by hand and slots withdrawn by hand stay as they are.
    /// </summary>
    private static Outcome Configure(AgendaState state, ConfigureAgenda command, DateTimeOffset now)
    {
        var (wanted, present) = (command.Definition, state.Definition);
        if (command.Actor.Role != Role.System) return Refuse(Refusal.NotAllowed);
        // Surrogates belong to a SAS and grants to a tenant: an agenda does not move between them.
        if (present is not null && (present.AgendaId, present.SasId, present.TerritoryId) != (wanted.AgendaId, wanted.SasId, wanted.TerritoryId))
            return Refuse(Refusal.NotAllowed);
        if (Same(present, wanted)) return Accept(new Done());

        var today = CivilTime.Day(now, wanted.Rules.TimeZone);
        var through = today.AddDays(wanted.Rules.PublishAheadDays);
        if (state.PublishedThrough > through) through = state.PublishedThrough.Value;
        var planned = TemplatePlan.For(wanted, today, through, now);

        var events = ImmutableArray.CreateBuilder<AgendaEvent>();
        events.Add(new AgendaConfigured(wanted));
        var standing = new List<AgendaSlot>();
        foreach (var slot in state.Slots)
        {
            var replaceable = slot is { FromTemplate: true, Withdrawal: Withdrawal.None } && slot.Facts.Start > now
                && slot.CountTaken() == 0 && !slot.LiveHolds(now).Any();
            if (replaceable && !planned.Any(p => Fits(slot.Facts, p, wanted))) events.Add(new SlotWithdrawn(slot.Facts.SlotId, Superseded: true));
            else standing.Add(slot);
        }
        if (!wanted.Templates.IsEmpty) events.Add(Published(state, wanted, NotInTheWay(standing, planned), through));
        return Accept(new Done(), events.ToImmutable());
    }

    private static bool Fits(SlotFacts slot, PlannedSlot planned, AgendaDefinition definition) =>
        slot.Start == planned.Start && slot.End == planned.End && slot.Mode == planned.Mode && slot.Audience == planned.Audience
        && slot.Capacity == planned.Capacity && slot.PlaceId == definition.PlaceId && slot.CareStream == definition.CareStream;

    /// <summary>Without those that overlap a slot, or the time of one that its practitioner took back by hand.</summary>
    private static ImmutableArray<PlannedSlot> NotInTheWay(IReadOnlyCollection<AgendaSlot> slots, ImmutableArray<PlannedSlot> planned) =>
        [.. planned.Where(p => !slots.Any(s => s.Withdrawal != Withdrawal.Superseded && s.Overlaps(p.Start, p.End)))];

    private static SlotsPublished Published(AgendaState state, AgendaDefinition definition, ImmutableArray<PlannedSlot> slots, DateOnly through) =>
        new([.. slots.Select((p, i) => new SlotFacts(
            AgendaIds.Slot(definition.AgendaId, state.SlotCount + i + 1), definition.AgendaId, p.Start, p.End, definition.CareStream,
            p.Mode, p.Audience, p.Capacity, definition.Rules.MinNoticeMinutes, definition.PlaceId))], through);

    /// <summary>By value, through JSON: records that hold arrays compare those by reference.</summary>
    private static bool Same(AgendaDefinition? a, AgendaDefinition b) =>
        a is not null && JsonSerializer.Serialize(a, SnpJson.Options) == JsonSerializer.Serialize(b, SnpJson.Options);
}
