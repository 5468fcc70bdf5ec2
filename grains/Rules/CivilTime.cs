using NodaTime;

namespace SnpLive.Grains.Rules;

/// <summary>Between instants (UTC) and a territory's clocks.</summary>
public static class CivilTime
{
    /// <summary>The civil day of an instant in an IANA zone.</summary>
    public static DateOnly Day(DateTimeOffset instant, string timeZone) => Local(instant, timeZone).Day;

    /// <summary>Day and time of day on the clocks of an IANA zone.</summary>
    public static (DateOnly Day, TimeOnly Time) Local(DateTimeOffset instant, string timeZone)
    {
        var local = Instant.FromDateTimeOffset(instant).InZone(Zone(timeZone)).LocalDateTime;
        return (local.Date.ToDateOnly(), local.TimeOfDay.ToTimeOnly());
    }

    /// <summary>The instant (UTC) at which clocks show a day and time: a skipped time moves forward by the gap, a doubled one is the first.</summary>
    public static DateTimeOffset InstantOf(DateOnly day, TimeOnly time, string timeZone)
    {
        var local = LocalDate.FromDateOnly(day) + LocalTime.FromTimeOnly(time);
        return Zone(timeZone).AtLeniently(local).ToInstant().ToDateTimeOffset();
    }

    /// <summary>Whether the name is a zone that we know.</summary>
    public static bool IsZone(string timeZone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) is not null;

    /// <summary>Whole milliseconds, UTC: every database and JSON keeps such an instant unchanged, so that a replay equals the first run.</summary>
    public static DateTimeOffset Milliseconds(DateTimeOffset instant)
    {
        var utc = instant.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMillisecond));
    }

    private static DateTimeZone Zone(string timeZone) => DateTimeZoneProviders.Tzdb[timeZone];
}
