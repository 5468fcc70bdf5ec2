using System.Collections.Immutable;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Agendas;

/// <summary>A slot that templates ask for.</summary>
internal readonly record struct PlannedSlot(DateTimeOffset Start, DateTimeOffset End, VisitMode Mode, Audience Audience, int Capacity)
{
    internal bool Overlaps(PlannedSlot other) => Start < other.End && other.Start < End;
}

/// <summary>What weekly templates ask for on some civil days.</summary>
internal static class TemplatePlan
{
    /// <summary>
    /// Slots by start that lie in daytime hours and after <paramref name="now"/>. Of two that overlap the earlier stays, then the one whose template
    /// comes first. Local times become instants here, once: a skipped time moves forward, a doubled one is the first.
    /// </summary>
    internal static ImmutableArray<PlannedSlot> For(AgendaDefinition definition, DateOnly from, DateOnly through, DateTimeOffset now)
    {
        var wanted = new List<PlannedSlot>();
        for (var day = from; day <= through; day = day.AddDays(1))
        {
            if (Daytime.IsClosed(definition.Rules.Daytime, day)) continue;
            foreach (var template in definition.Templates)
                if (template.Days.Contains(day.DayOfWeek) && !(template.ValidFrom > day) && !(template.ValidTo < day))
                    foreach (var time in template.Times)
                        wanted.Add(At(template, day, time, definition.Rules.TimeZone));
        }

        var planned = ImmutableArray.CreateBuilder<PlannedSlot>(wanted.Count);
        foreach (var slot in wanted.OrderBy(s => s.Start)) // stable: templates keep their order
        {
            if (slot.Start <= now || !Daytime.Contains(definition.Rules.Daytime, slot.Start, slot.End, definition.Rules.TimeZone)) continue;
            if (planned.Count == 0 || !planned[^1].Overlaps(slot)) planned.Add(slot);
        }
        return planned.ToImmutable();
    }

    private static PlannedSlot At(WeeklyTemplate template, DateOnly day, TimeOnly time, string timeZone)
    {
        var start = CivilTime.InstantOf(day, time, timeZone);
        var audience = template.Audience == Audience.None ? Audience.Snp | Audience.Cpts : template.Audience;
        return new(start, start.AddMinutes(template.Minutes), template.Mode, audience, template.Capacity);
    }
}
