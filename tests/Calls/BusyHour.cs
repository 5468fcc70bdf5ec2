using System.Globalization;
using SnpLive.Grains.Calls;
using SnpLive.Grains.People;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Calls;

/// <summary>The recorded hour of <c>busy-hour.csv</c>, in the order in which it happened.</summary>
internal static class BusyHour
{
    public static IReadOnlyList<PhoneLine> Lines { get; } =
        [.. File.ReadLines(Path.Combine(Repository.Root, "tests", "Calls", "busy-hour.csv")).Where(line => line[0] != '#').Skip(1).Select(PhoneLine.Read)];
}

/// <summary>One event of the recording.</summary>
/// <param name="After">Since the hour began.</param>
/// <param name="EventId">The switch's id of the event.</param>
/// <param name="Call">The switch's id of the call.</param>
/// <param name="Kind">ringing, answered, transferred, hungUp.</param>
/// <param name="Agent">Who answered: <c>osnp-n</c> or <c>reg-n</c>; null for other kinds.</param>
/// <param name="To">Level to which it was passed; null for other kinds.</param>
internal sealed record PhoneLine(TimeSpan After, string EventId, string Call, string Kind, string? Agent, string? To)
{
    public static PhoneLine Read(string line) => line.Split(',') is [var ms, var id, var call, var kind, var agent, var to]
        ? new(TimeSpan.FromMilliseconds(int.Parse(ms, CultureInfo.InvariantCulture)), id, call, kind, Given(agent), Given(to))
        : throw new FormatException(line);

    public PhoneFact FactOf(DateTimeOffset start, Func<string, string> idOf) => new(
        EventId, Enum.Parse<PhoneKind>(Kind, ignoreCase: true), start + After,
        Agent is null ? null : new(idOf(Agent), Agent.StartsWith("osnp", StringComparison.Ordinal) ? Role.Osnp : Role.Regulator), To);

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
