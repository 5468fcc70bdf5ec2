namespace SnpLive.Silo.Ledger;

/// <summary>The ledger keeps instants in UTC to the microsecond, as PostgreSQL does; both backends cut the rest off.</summary>
internal static class Instants
{
    /// <summary>The instant as it will be read back.</summary>
    public static DateTimeOffset Kept(DateTimeOffset instant) => new(Utc(instant), TimeSpan.Zero);

    public static DateTime Utc(DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks;
        return new DateTime(ticks - ticks % TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);
    }

    /// <summary>Microseconds since 1970, the form in SQLite: an integer that sorts.</summary>
    public static long ToMicroseconds(DateTimeOffset instant) => (Utc(instant) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long value) => DateTimeOffset.UnixEpoch.AddTicks(value * TimeSpan.TicksPerMicrosecond);
}
