using System.Collections.Immutable;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Calls;

/// <summary>One level of a flow: a queue, who works it, and where calls go from it.</summary>
/// <param name="Id">Such as <c>osnp</c>; stable.</param>
/// <param name="Name">As shown.</param>
/// <param name="Roles">Who may take calls here.</param>
/// <param name="TargetSeconds">A call that waits longer is escalated.</param>
/// <param name="Exits">What may be decided here, the emergency exit excepted: that one is everywhere.</param>
/// <param name="TransferTo">Levels to which a call may be passed, up or down.</param>
/// <param name="DaytimeOnly">Nobody works it outside daytime: what waits here passes to the next level at the boundary.</param>
[GenerateSerializer, Immutable, Alias("snp.CallLevel")]
public sealed record CallLevel(
    [property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] ImmutableArray<Role> Roles, [property: Id(3)] int TargetSeconds,
    [property: Id(4)] ImmutableArray<CallExit> Exits, [property: Id(5)] ImmutableArray<string> TransferTo, [property: Id(6)] bool DaytimeOnly);

/// <summary>The ordered levels of a SAS for some time: dated data, so that the pilot's order and the decree's are no code.</summary>
/// <param name="Id">Such as <c>pilote</c>.</param>
/// <param name="Levels">In order: calls come in at the first that is worked.</param>
/// <param name="ValidFrom">First civil day; null: always.</param>
/// <param name="ValidTo">Last civil day, included; null: for ever.</param>
/// <param name="Source">Where it comes from.</param>
[GenerateSerializer, Immutable, Alias("snp.CallFlow")]
public sealed record CallFlow(
    [property: Id(0)] string Id, [property: Id(1)] ImmutableArray<CallLevel> Levels, [property: Id(2)] DateOnly? ValidFrom, [property: Id(3)] DateOnly? ValidTo,
    [property: Id(4)] string Source);

/// <summary>A written protocol that lets OSNP or ARM act alone in some cases (decree 2024-541, art. D6311-35).</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Name">As shown.</param>
/// <param name="Roles">Who may use it.</param>
/// <param name="Reasons">National reason codes it covers.</param>
/// <param name="Exits">What it allows.</param>
/// <param name="ValidFrom">First civil day; null: always.</param>
/// <param name="ValidTo">Last civil day, included; null: for ever.</param>
/// <param name="Source">Who signed it, when.</param>
[GenerateSerializer, Immutable, Alias("snp.CallProtocol")]
public sealed record CallProtocol(
    [property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] ImmutableArray<Role> Roles, [property: Id(3)] ImmutableArray<string> Reasons,
    [property: Id(4)] ImmutableArray<CallExit> Exits, [property: Id(5)] DateOnly? ValidFrom, [property: Id(6)] DateOnly? ValidTo, [property: Id(7)] string Source);

/// <summary>How a SAS regulates calls. Part of the territories' files; several territories of one SAS say the same.</summary>
/// <param name="Mode">Whether files are kept here.</param>
/// <param name="TimeZone">IANA zone of the département.</param>
/// <param name="WindowHours">24 or 48 real hours after the decision.</param>
/// <param name="Daytime">Daytime hours of the département; PDSA takes over outside (domain reference §3.2: sources disagree on Saturday, hence data).</param>
/// <param name="RepeatMinutes">The same number within so many minutes joins the open file.</param>
/// <param name="ShortAbandonSeconds">Who hangs up sooner is no lost call.</param>
/// <param name="CallsPerHour">Calls that one regulator can be expected to take in an hour.</param>
/// <param name="CallsPerHourAlert">From here on the supervisor is alerted.</param>
/// <param name="Flows">Dated flows that do not overlap.</param>
/// <param name="Protocols">Dated protocols.</param>
[GenerateSerializer, Immutable, Alias("snp.CallSettings")]
public sealed record CallSettings(
    [property: Id(0)] CentreMode Mode, [property: Id(1)] string TimeZone, [property: Id(2)] int WindowHours, [property: Id(3)] DaytimeHours Daytime,
    [property: Id(4)] int RepeatMinutes, [property: Id(5)] int ShortAbandonSeconds, [property: Id(6)] int CallsPerHour, [property: Id(7)] int CallsPerHourAlert,
    [property: Id(8)] ImmutableArray<CallFlow> Flows, [property: Id(9)] ImmutableArray<CallProtocol> Protocols)
{
    /// <summary>The flow in force on a civil day; null when none is.</summary>
    public CallFlow? FlowOn(DateOnly day) => Flows.FirstOrDefault(f => !(f.ValidFrom > day) && !(f.ValidTo < day));

    /// <summary>Protocols in force on a civil day.</summary>
    public ImmutableArray<CallProtocol> ProtocolsOn(DateOnly day) => [.. Protocols.Where(p => !(p.ValidFrom > day) && !(p.ValidTo < day))];

    /// <summary>What a call that rings at an instant is regulated by until it ends; null when no flow is in force.</summary>
    public CallRules? RulesAt(string centreId, DateTimeOffset now)
    {
        var day = CivilTime.Day(now, TimeZone);
        return FlowOn(day) is { } flow
            ? new(centreId, flow.Id, TimeZone, WindowHours, Daytime, RepeatMinutes, ShortAbandonSeconds, flow.Levels, ProtocolsOn(day))
            : null;
    }
}

/// <summary>The rules of one call, as they were when it rang: a change of the flow never moves a call that is under way.</summary>
/// <param name="CentreId">The SAS.</param>
/// <param name="FlowId">Which flow.</param>
/// <param name="TimeZone">IANA zone.</param>
/// <param name="WindowHours">Real hours after a decision.</param>
/// <param name="Daytime">Daytime hours.</param>
/// <param name="RepeatMinutes">See <see cref="CallSettings"/>.</param>
/// <param name="ShortAbandonSeconds">See <see cref="CallSettings"/>.</param>
/// <param name="Levels">In order; not empty.</param>
/// <param name="Protocols">In force that day.</param>
[GenerateSerializer, Immutable, Alias("snp.CallRules")]
public sealed record CallRules(
    [property: Id(0)] string CentreId, [property: Id(1)] string FlowId, [property: Id(2)] string TimeZone, [property: Id(3)] int WindowHours,
    [property: Id(4)] DaytimeHours Daytime, [property: Id(5)] int RepeatMinutes, [property: Id(6)] int ShortAbandonSeconds,
    [property: Id(7)] ImmutableArray<CallLevel> Levels, [property: Id(8)] ImmutableArray<CallProtocol> Protocols)
{
    /// <summary>A level, or null.</summary>
    public CallLevel? Level(string id)
    {
        foreach (var level in Levels)
            if (level.Id == id) return level;
        return null;
    }

    /// <summary>The level at which a call waits that is meant for one: the level itself while it is worked, else the next in order, else the first that is.</summary>
    public CallLevel Worked(CallLevel wanted, Regime regime)
    {
        if (regime == Regime.Daytime || !wanted.DaytimeOnly) return wanted;
        var after = Levels.SkipWhile(l => l.Id != wanted.Id).FirstOrDefault(l => !l.DaytimeOnly);
        return after ?? Levels.FirstOrDefault(l => !l.DaytimeOnly) ?? wanted;
    }
}

/// <summary>Daytime and PDSA on the clocks of a département, to the second (domain reference §3.3).</summary>
public static class Regimes
{
    /// <summary>How far ahead a boundary is looked for: no run of holidays is longer.</summary>
    private const int DaysAhead = 15;

    /// <summary>Who answers at an instant: daytime includes its first second and excludes its last.</summary>
    public static Regime At(DaytimeHours hours, string timeZone, DateTimeOffset now)
    {
        var (day, time) = CivilTime.Local(now, timeZone);
        if (Grains.Rules.Daytime.IsClosed(hours, day)) return Regime.OutOfHours;
        foreach (var range in hours.Ranges)
            if (range.Day == day.DayOfWeek && range.Opens <= time && time < range.Closes) return Regime.Daytime;
        return Regime.OutOfHours;
    }

    /// <summary>The first instant after <paramref name="now"/> (UTC) at which the other one answers; null when it never changes.</summary>
    public static DateTimeOffset? NextBoundary(DaytimeHours hours, string timeZone, DateTimeOffset now)
    {
        var regime = At(hours, timeZone, now);
        var today = CivilTime.Day(now, timeZone);
        for (var i = 0; i <= DaysAhead; i++)
        {
            var day = today.AddDays(i);
            var edges = hours.Ranges.Where(r => r.Day == day.DayOfWeek).SelectMany(r => new[] { r.Opens, r.Closes }).Append(TimeOnly.MinValue).Distinct().Order();
            foreach (var at in edges.Select(edge => CivilTime.InstantOf(day, edge, timeZone)))
                if (at > now && At(hours, timeZone, at) != regime) return at;
        }
        return null;
    }
}
