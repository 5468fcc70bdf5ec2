using System.Collections.Immutable;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Territories.Import;

/// <summary>Reads <c>agendas</c> and their weekly templates.</summary>
internal static class AgendasReader
{
    internal static ImmutableArray<AgendaEntry> Read(List<Value> items, BookingRules rules) => [.. items.Select(item => Read(item, rules))];

    private static AgendaEntry Read(Value item, BookingRules rules)
    {
        var f = item.Fields("id", "practitionerId", "placeId", "careStream", "alsoShownIn", "templates");
        var templates = f.Items("templates", ImportLimits.Templates);
        return new(
            f.Id("id"), f.Id("practitionerId"), f.Id("placeId"),
            f.Required("careStream")?.Word(Words.Streams) ?? "",
            [.. f.Optional("alsoShownIn")?.DistinctText(ImportLimits.ShortList, 0, v => v.Id()) ?? []],
            Templates(templates, rules));
    }

    private static ImmutableArray<WeeklyTemplate> Templates(List<Value> items, BookingRules rules)
    {
        var all = ImmutableArray.CreateBuilder<WeeklyTemplate>(items.Count);
        foreach (var item in items)
        {
            var template = Template(item, rules);
            if (template.Id.Length > 0 && all.Any(t => t.Id == template.Id)) item.Report("duplicate-id", ImportMessages.DuplicateId(template.Id));
            if (all.FirstOrDefault(other => Clash(other, template)) is { } clash) item.Report("template-overlap", ImportMessages.TemplateClash(clash.Id));
            all.Add(template);
        }
        return all.ToImmutable();
    }

    private static WeeklyTemplate Template(Value item, BookingRules rules)
    {
        var f = item.Fields("id", "days", "times", "minutes", "mode", "audience", "capacity", "from", "to");
        var days = f.Required("days")?.Distinct(7, 1, v => v.Choice(Words.Days)) ?? [];
        var minutes = f.Required("minutes")?.Whole(5, 240);
        var times = Times(f, days, minutes, rules);
        var (from, to) = Validity(f);
        return new(
            f.Id("id"), [.. days], [.. times], minutes ?? 0,
            f.Optional("mode")?.Choice(Words.Modes) ?? VisitMode.Surgery,
            (f.Optional("audience")?.Distinct(4, 1, v => v.Choice(Words.Audiences)) ?? []).Aggregate(Audience.None, (all, one) => all | one),
            f.Optional("capacity")?.Whole(1, AgendaDecider.MostCapacity) ?? 1,
            from, to);
    }

    /// <summary>Starting times in order, none inside another slot, over midnight or outside daytime hours: such a slot would never be published.</summary>
    private static List<TimeOnly> Times(Fields f, List<DayOfWeek> days, int? minutes, BookingRules rules)
    {
        var times = new List<TimeOnly>();
        foreach (var item in f.Items("times", ImportLimits.Times, 1))
        {
            if (item.Time() is not { } time) continue;
            if (minutes is { } length)
            {
                var end = time.ToTimeSpan() + TimeSpan.FromMinutes(length);
                if (times.Any(t => Overlap(t, time, length))) item.Report("template-overlap", ImportMessages.TimesOverlap);
                if (end > TimeSpan.FromDays(1)) item.Report("template-midnight", ImportMessages.Midnight);
                else if (rules.Daytime.Ranges.Length > 0 && days.Where(d => !RulesReader.IsOpen(rules, d, time, length)).ToList() is { Count: > 0 } closed)
                    item.Report("outside-daytime", ImportMessages.OutsideDaytime(closed.Select(d => Words.Days.First(w => w.Value == d).Key)));
            }
            times.Add(time);
        }
        times.Sort();
        return times;
    }

    /// <summary>Dates <c>from</c> and <c>to</c>, both included, both optional.</summary>
    internal static (DateOnly? From, DateOnly? To) Validity(Fields f)
    {
        var (from, to) = (f.Optional("from")?.Date(), f.Optional("to")?.Date());
        if (from > to) f.Report("to", "date-order", ImportMessages.DateOrder);
        return (from, to);
    }

    /// <summary>Whether two templates ever ask for slots at the same time: one practitioner sees one patient at a time (else use capacity).</summary>
    private static bool Clash(WeeklyTemplate a, WeeklyTemplate b) =>
        a.Days.Intersect(b.Days).Any()
        && !(a.ValidTo < b.ValidFrom) && !(b.ValidTo < a.ValidFrom)
        && a.Times.Any(s => b.Times.Any(t => Before(s, t, b.Minutes) && Before(t, s, a.Minutes)));

    private static bool Overlap(TimeOnly a, TimeOnly b, int minutes) => Before(a, b, minutes) && Before(b, a, minutes);

    /// <summary>Whether <paramref name="time"/> is before the end of a slot.</summary>
    private static bool Before(TimeOnly time, TimeOnly start, int minutes) => time.ToTimeSpan() < start.ToTimeSpan() + TimeSpan.FromMinutes(minutes);
}
