using SnpLive.Grains.Calls;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Calls;

/// <summary>Calls that a regulator decided in the last hour.</summary>
internal sealed record RegulatorLoadView(string Id, string Name, int Calls);

/// <summary>The day of a centre in figures (domain reference §3.2): QS30 = within30 / answered, QS60 likewise.</summary>
internal sealed record FiguresView(
    DateTimeOffset Since, int Answered, int Within30, int Within60, int Abandoned, int ShortAbandons, int Closed, IReadOnlyList<RegulatorLoadView> PerRegulator);

/// <summary>Counts a centre's day from its calls.</summary>
internal static class CentreFigures
{
    private static readonly TimeSpan LoadSpan = TimeSpan.FromHours(1);

    internal static FiguresView Of(IEnumerable<CallPicture> calls, string timeZone, DateTimeOffset now, TerritorySetView territories)
    {
        var since = CivilTime.InstantOf(CivilTime.Day(now, timeZone), TimeOnly.MinValue, timeZone);
        int answered = 0, within30 = 0, within60 = 0, abandoned = 0, shortAbandons = 0, closed = 0;
        var load = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var call in calls)
        {
            if (call.ClosedAt >= since) closed++;
            if (call.DecidedAt > now - LoadSpan && call.DecidedBy is { } by && territories.Professional(by) is { Role: Role.Regulator }) load[by] = load.GetValueOrDefault(by) + 1;
            if (call.RangAt < since || call.LinkedTo is not null) continue;
            if (call.ShortAbandon) shortAbandons++;
            // Calling back is no pick-up: who gave up before the first answer stays an abandoned call.
            else if (call.AnsweredAt is { } at && !(call.HungUpAt < at))
            {
                answered++;
                var wait = at - call.RangAt;
                if (wait <= TimeSpan.FromSeconds(30)) within30++;
                if (wait <= TimeSpan.FromSeconds(60)) within60++;
            }
            else if (call.HungUpAt is not null) abandoned++;
        }
        return new(since, answered, within30, within60, abandoned, shortAbandons, closed,
            [.. load.OrderByDescending(l => l.Value).ThenBy(l => l.Key, StringComparer.Ordinal).Select(l => new RegulatorLoadView(l.Key, territories.Professional(l.Key)!.Name, l.Value))]);
    }

    /// <summary>Whether two readings say the same.</summary>
    internal static bool Same(FiguresView a, FiguresView b) => a == b with { PerRegulator = a.PerRegulator } && a.PerRegulator.SequenceEqual(b.PerRegulator);
}
