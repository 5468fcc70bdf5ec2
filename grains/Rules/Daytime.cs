namespace SnpLive.Grains.Rules;

/// <summary>Whether a slot lies in daytime hours; outside them PDSA takes over (domain reference §3.2, §3.3).</summary>
public static class Daytime
{
    /// <summary>Whether the whole of [start, end) lies in daytime hours of one civil day that is neither a holiday nor closed.</summary>
    /// <param name="hours">The territory's hours.</param>
    /// <param name="start">UTC.</param>
    /// <param name="end">UTC.</param>
    /// <param name="timeZone">IANA zone.</param>
    /// <param name="skipHolidays">Whether public holidays are closed; false for a practitioner who says to work on them.</param>
    public static bool Contains(DaytimeHours hours, DateTimeOffset start, DateTimeOffset end, string timeZone, bool skipHolidays = true)
    {
        var from = CivilTime.Local(start, timeZone);
        var to = CivilTime.Local(end, timeZone);
        if (from.Day != to.Day || from.Time > to.Time || IsClosed(hours, from.Day, skipHolidays)) return false;
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

    /// <summary>
    /// Whether daytime care of the civil day has ended and the slot ends after that: what is left of the day is PDSA's, also where the hours were shortened
    /// after the slot was opened (domain reference §3.4). A day without daytime care has no such end.
    /// </summary>
    /// <param name="hours">The territory's hours.</param>
    /// <param name="now">UTC.</param>
    /// <param name="end">Of the slot, UTC.</param>
    /// <param name="timeZone">IANA zone.</param>
    public static bool Freezes(DaytimeHours hours, DateTimeOffset now, DateTimeOffset end, string timeZone)
    {
        var today = CivilTime.Day(now, timeZone);
        var ranges = hours.Ranges.Where(range => range.Day == today.DayOfWeek).ToArray();
        if (ranges.Length == 0 || CivilTime.Day(end.AddTicks(-1), timeZone) != today) return false;
        var boundary = CivilTime.InstantOf(today, ranges.Max(range => range.Closes), timeZone);
        return now >= boundary && end > boundary;
    }

    /// <summary>
    /// When daytime care opens strictly between two instants (UTC): the first hour of each civil day that is neither a holiday nor closed. A midday break
    /// ends no day: PDSA does not take over.
    /// </summary>
    public static IEnumerable<DateTimeOffset> Openings(DaytimeHours hours, DateTimeOffset from, DateTimeOffset until, string timeZone)
    {
        var last = CivilTime.Day(until, timeZone);
        for (var day = CivilTime.Day(from, timeZone); day <= last; day = day.AddDays(1))
        {
            if (IsClosed(hours, day)) continue;
            var ranges = hours.Ranges.Where(range => range.Day == day.DayOfWeek).ToArray();
            if (ranges.Length == 0) continue;
            var opening = CivilTime.InstantOf(day, ranges.Min(range => range.Opens), timeZone);
            if (opening > from && opening < until) yield return opening;
        }
    }

    /// <summary>Whether a civil day is a public holiday or closed by the territory.</summary>
    public static bool IsClosed(DaytimeHours hours, DateOnly day, bool skipHolidays = true) =>
        hours.ClosedDays.Contains(day) || (skipHolidays && FrenchHolidays.Contains(day, hours.AlsaceMoselle));
}
