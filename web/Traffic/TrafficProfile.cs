namespace SnpLive.Web.Traffic;

/// <summary>How needs spread over the day and the week (domain reference §7.1: peaks at 8–11 h and at the end of the day; §7.3: Monday × 1.15).</summary>
internal static class TrafficProfile
{
    private static readonly double[] Hours = [.6, .5, .4, .4, .4, .5, .8, 2.5, 9, 11, 10, 8, 5, 5, 6, 6, 7, 9, 9, 4, 2.5, 1.5, 1, .8];
    private static readonly double Day = Hours.Sum();

    /// <summary>Needs per hour in a territory, at a local time.</summary>
    /// <param name="population">Inhabitants.</param>
    /// <param name="perThousandPerDay">Of an ordinary weekday.</param>
    /// <param name="weekday">Local.</param>
    /// <param name="hour">Local, 0…23.</param>
    internal static double PerHour(int population, double perThousandPerDay, DayOfWeek weekday, int hour) =>
        population / 1000d * perThousandPerDay * Hours[hour] / Day * FactorOf(weekday);

    // Weekends: an assumption, few practices are open.
    private static double FactorOf(DayOfWeek weekday) => weekday switch
    {
        DayOfWeek.Monday => 1.15,
        DayOfWeek.Saturday => 0.7,
        DayOfWeek.Sunday => 0.3,
        _ => 1,
    };
}
