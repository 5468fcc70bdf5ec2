namespace SnpLive.Grains.Rules;

/// <summary>Whether a slot lies in daytime hours; outside them PDSA takes over (domain reference §3.2, §3.3).</summary>
public static class Daytime
{
    /// <summary>Whether the whole of [start, end) lies in daytime hours of one civil day that is neither a holiday nor closed.</summary>
    public static bool Contains(DaytimeHours hours, DateTimeOffset start, DateTimeOffset end, string timeZone)
    {
        var from = CivilTime.Local(start, timeZone);
        var to = CivilTime.Local(end, timeZone);
        if (from.Day != to.Day || from.Time > to.Time || IsClosed(hours, from.Day)) return false;
        // Ranges may touch (8–12 and 12–20): walk from one to the next until the end is covered.
        var covered = from.Time;
        while (covered < to.Time)
        {
            var reached = covered;
            foreach (var range in hours.Ranges)
                if (range.Day == from.Day.DayOfWeek && range.Opens <= covered && range.Closes > reached) reached = range.Closes;
            if (reached == covered) return false;
            covered = reached;
        }
        return true;
    }

    /// <summary>Whether a civil day is a public holiday or closed by the territory.</summary>
    public static bool IsClosed(DaytimeHours hours, DateOnly day) =>
        hours.ClosedDays.Contains(day) || FrenchHolidays.Contains(day, hours.AlsaceMoselle);
}
