using System.Collections.Immutable;
using NodaTime;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Territories.Import;

/// <summary>Reads <c>rules</c>.</summary>
internal static class RulesReader
{
    private static readonly string[] Known =
    [
        "timeZone", "windowHours", "holdMinutes", "holdExtensionMinutes", "maxHoldsPerPerson", "minNoticeMinutes", "publishAheadDays",
        "daytime", "alsaceMoselle", "closedDays", "emergencyDesk",
    ];

    private static readonly TimeSpan LastMinute = new(23, 59, 0);

    internal static BookingRules Read(Value rules)
    {
        var f = rules.Fields(Known);
        return new(
            f.Required("timeZone")?.Form(IsZone, "time-zone", ImportMessages.TimeZone) ?? "",
            Window(f),
            f.Whole("holdMinutes", 2, 5),
            f.Whole("holdExtensionMinutes", 1, 5),
            f.Whole("maxHoldsPerPerson", 1, 5),
            f.Whole("minNoticeMinutes", 0, 240),
            f.Whole("publishAheadDays", 1, 30),
            Hours(f),
            f.Optional("emergencyDesk")?.Choice(Words.EmergencyDeskModes));
    }

    /// <summary><c>daytime</c>, <c>alsaceMoselle</c> and <c>closedDays</c>.</summary>
    internal static DaytimeHours Hours(Fields f) => new(
        Daytime(f),
        f.Optional("alsaceMoselle")?.Flag() ?? false,
        [.. f.Optional("closedDays")?.Distinct(ImportLimits.ClosedDays, 0, v => v.Date()) ?? []]);

    internal static bool IsZone(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is not null;

    internal static int Window(Fields f)
    {
        if (f.Required("windowHours") is not { } value || value.Whole(0, int.MaxValue) is not { } hours) return 0;
        if (hours is not (24 or 48)) value.Report("window-hours", ImportMessages.WindowHours(hours));
        return hours;
    }

    /// <summary><c>{"mon":["08:00","12:00","14:00","20:00"]}</c>: pairs of opening and closing times.</summary>
    private static ImmutableArray<DaytimeRange> Daytime(Fields rules)
    {
        if (rules.Required("daytime") is not { } daytime) return [];
        var ranges = ImmutableArray.CreateBuilder<DaytimeRange>();
        var f = daytime.Fields([.. Words.Days.Keys]);
        foreach (var (word, day) in Words.Days)
        {
            if (f.Optional(word) is not { } value) continue;
            var items = value.Items(2 * ImportLimits.DaytimeRanges);
            if (items.Count % 2 != 0)
            {
                value.Report("daytime", ImportMessages.DaytimePairs);
                continue;
            }
            TimeOnly? last = null;
            for (var i = 0; i < items.Count; i += 2)
            {
                var (opens, closes) = (items[i].Time(), items[i + 1].Time());
                if (opens is not { } from || closes is not { } to) continue;
                if (from >= to || from < last) items[i].Report("daytime", ImportMessages.DaytimeOrder);
                else ranges.Add(new(day, from, to));
                last = to;
            }
        }
        return ranges.ToImmutable();
    }

    /// <summary>Whether [from, from + minutes) lies in the hours of a weekday; ranges may touch. Who writes 23:59 means the end of the day.</summary>
    internal static bool IsOpen(BookingRules rules, DayOfWeek day, TimeOnly from, int minutes)
    {
        var (covered, end) = (from.ToTimeSpan(), from.ToTimeSpan() + TimeSpan.FromMinutes(minutes));
        foreach (var range in rules.Daytime.Ranges.Where(r => r.Day == day).OrderBy(r => r.Opens))
            if (range.Opens.ToTimeSpan() <= covered && range.Closes.ToTimeSpan() > covered) covered = range.Closes.ToTimeSpan();
        return covered >= end || covered == LastMinute;
    }
}
