using System.Collections.Immutable;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Agendas;

/// <summary>A slot that templates ask for.</summary>
internal readonly record struct PlannedSlot(
    DateTimeOffset Start, DateTimeOffset End, VisitMode Mode, Audience Audience, int Capacity, int? TakeBackMinutes, string? Locum)
{
    internal bool Overlaps(PlannedSlot other) => Start < other.End && other.Start < End;
}

/// <summary>What the weekly templates in force ask for on some civil days.</summary>
internal static class TemplatePlan
{
    /// <summary>
    /// Slots by start that lie in daytime hours, after <paramref name="now"/> and outside absences without a locum. Of two that overlap the earlier stays, then
    /// the one whose template comes first. Local times become instants here, once: a skipped time moves forward, a doubled one is the first.
    /// </summary>
    internal static ImmutableArray<PlannedSlot> For(AgendaState state, DateOnly from, DateOnly through, DateTimeOffset now)
    {
        var (rules, settings, templates) = (state.Definition!.Rules, state.SettingsOrNone(), state.Templates());
        var (hours, skipHolidays) = (rules.Daytime, settings.Plan?.SkipHolidays ?? true);
        var wanted = new List<PlannedSlot>();
        for (var day = from; day <= through; day = day.AddDays(1))
        {
            if (Daytime.IsClosed(hours, day, skipHolidays)) continue;
            foreach (var template in templates)
                if (template.Days.Contains(day.DayOfWeek) && !(template.ValidFrom > day) && !(template.ValidTo < day))
                    foreach (var time in template.Times)
                        wanted.Add(At(template, day, time, rules.TimeZone));
        }

        var planned = ImmutableArray.CreateBuilder<PlannedSlot>(wanted.Count);
        foreach (var slot in wanted.OrderBy(s => s.Start)) // stable: templates keep their order
        {
            if (slot.Start <= now || !Daytime.Contains(hours, slot.Start, slot.End, rules.TimeZone, skipHolidays)) continue;
            if (planned.Count > 0 && planned[^1].Overlaps(slot)) continue;
            planned.Add(slot with { TakeBackMinutes = settings.Plan?.TakeBackMinutes, Locum = settings.LocumFor(slot.Start, slot.End) });
        }
        return [.. planned.Where(slot => !settings.Absences.Any(a => a.Locum is null && a.Covers(slot.Start, slot.End)))];
    }

    private static PlannedSlot At(WeeklyTemplate template, DateOnly day, TimeOnly time, string timeZone)
    {
        var start = CivilTime.InstantOf(day, time, timeZone);
        var audience = template.Audience == Audience.None ? Audience.Snp | Audience.Cpts : template.Audience;
        return new(start, start.AddMinutes(template.Minutes), template.Mode, audience, template.Capacity, null, null);
    }
}
