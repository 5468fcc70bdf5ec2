namespace SnpLive.Web;

/// <summary>French counts: zero and one are singular.</summary>
internal static class FrenchPlural
{
    /// <summary>“0 créneau”, “1 créneau”, “2 créneaux”.</summary>
    internal static string Count(long count, string one, string many) => $"{count} {Word(count, one, many)}";

    /// <summary>The word alone, for what agrees with a count said before.</summary>
    internal static string Word(long count, string one, string many) => Math.Abs(count) < 2 ? one : many;
}
