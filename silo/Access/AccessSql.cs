namespace SnpLive.Silo.Access;

/// <summary>What both databases say alike.</summary>
internal static class AccessSql
{
    /// <summary>
    /// The last entry of the oldest ones that all lie before an instant: clocks of two processes may differ, so it ends at the first younger one. The head
    /// never counts; nor does a retention's own mark alone.
    /// </summary>
    internal static string Before(string instant) => $"""
        SELECT seq, hash FROM access_log
        WHERE seq < coalesce((SELECT min(seq) FROM access_log WHERE at >= {instant}), (SELECT max(seq) FROM access_log)) AND action <> 'purge'
        ORDER BY seq DESC LIMIT 1
        """;
}
