using System.Collections.Immutable;
using SnpLive.Grains.Calls;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Territories.Import;

/// <summary>Reads <c>sas.calls</c>: how a SAS regulates calls.</summary>
internal static class CallsReader
{
    private const int LongestTarget = 3600, LongestRepeat = 24 * 60, LongestShortAbandon = 120, MostPerHour = 60;

    internal static CallSettings Read(Value calls)
    {
        var f = calls.Fields(
            "mode", "timeZone", "windowHours", "daytime", "alsaceMoselle", "closedDays", "repeatMinutes", "shortAbandonSeconds", "callsPerHour", "callsPerHourAlert", "flows",
            "protocols");
        return new(
            f.Optional("mode")?.Choice(Words.CentreModes) ?? CentreMode.File,
            f.Required("timeZone")?.Form(RulesReader.IsZone, "time-zone", ImportMessages.TimeZone) ?? "",
            RulesReader.Window(f),
            RulesReader.Hours(f),
            f.Whole("repeatMinutes", 1, LongestRepeat),
            f.Whole("shortAbandonSeconds", 0, LongestShortAbandon),
            f.Whole("callsPerHour", 1, MostPerHour),
            f.Whole("callsPerHourAlert", 1, MostPerHour),
            Flows(f.Items("flows", ImportLimits.CallFlows, 1)),
            [.. Named(f.Optional("protocols")?.Items(ImportLimits.CallProtocols) ?? [], Protocol, p => p.Id)]);
    }

    private static ImmutableArray<CallFlow> Flows(List<Value> items)
    {
        var flows = Named(items, Flow, flow => flow.Id);
        for (var i = 0; i < flows.Count; i++)
            if (flows.Take(i).Any(before => !(before.ValidTo < flows[i].ValidFrom) && !(flows[i].ValidTo < before.ValidFrom))) items[i].Report("flow-overlap", ImportMessages.FlowOverlap);
        return [.. flows];
    }

    private static CallFlow Flow(Value item)
    {
        var f = item.Fields("id", "levels", "from", "to", "source");
        var written = f.Items("levels", ImportLimits.CallLevels, 1);
        var levels = Named(written, Level, level => level.Id);
        for (var i = 0; i < levels.Count; i++)
            foreach (var to in levels[i].TransferTo)
            {
                if (to == levels[i].Id) written[i].Report("own-level", ImportMessages.OwnLevel(to));
                else if (levels.TrueForAll(l => l.Id != to)) written[i].Report("unknown-level", ImportMessages.UnknownLevel(to));
            }
        if (levels.Count > 0 && levels.TrueForAll(l => l.DaytimeOnly)) f.Report("levels", "nobody-at-night", ImportMessages.NobodyAtNight);
        if (levels.Count > 0 && !levels.Exists(l => l.Roles.Contains(Role.Regulator))) f.Report("levels", "no-doctor", ImportMessages.NoDoctor);
        var (first, last) = AgendasReader.Validity(f);
        return new(f.Id("id"), [.. levels], first, last, f.Text("source", ImportLimits.Source));
    }

    private static CallLevel Level(Value item)
    {
        var f = item.Fields("id", "name", "roles", "targetSeconds", "exits", "transferTo", "daytimeOnly");
        return new(
            f.Id("id"), f.Text("name", ImportLimits.Name),
            [.. f.Required("roles")?.Distinct(Words.Desk.Count, 1, v => v.Choice(Words.Desk)) ?? []],
            f.Whole("targetSeconds", 1, LongestTarget),
            [.. f.Required("exits")?.Distinct(Words.Exits.Count, 0, v => v.Choice(Words.Exits)) ?? []],
            [.. f.Optional("transferTo")?.DistinctText(ImportLimits.CallLevels, 0, v => v.Id()) ?? []],
            f.Optional("daytimeOnly")?.Flag() ?? false);
    }

    private static CallProtocol Protocol(Value item)
    {
        var f = item.Fields("id", "name", "roles", "reasons", "exits", "from", "to", "source");
        var (first, last) = AgendasReader.Validity(f);
        return new(
            f.Id("id"), f.Text("name", ImportLimits.Name),
            [.. f.Required("roles")?.Distinct(Words.Assistants.Count, 1, v => v.Choice(Words.Assistants)) ?? []],
            [.. f.Required("reasons")?.DistinctText(ReasonCodes.All.Length, 1, Reason) ?? []],
            [.. f.Required("exits")?.Distinct(Words.Exits.Count, 1, v => v.Choice(Words.Exits)) ?? []],
            first, last, f.Text("source", ImportLimits.Source));
    }

    private static string? Reason(Value value)
    {
        if (value.Form(code => ReasonCodes.Find(code) is not null, "reason", ImportMessages.Reason) is not { } code) return null;
        if (ReasonCodes.Find(code)!.VitalSign) value.Report("vital-protocol", ImportMessages.VitalProtocol);
        return code;
    }

    /// <summary>Items that have an id of their own; one that is used twice is reported.</summary>
    private static List<T> Named<T>(List<Value> items, Func<Value, T> read, Func<T, string> id)
    {
        var all = new List<T>();
        foreach (var item in items)
        {
            var one = read(item);
            if (id(one).Length > 0 && all.Exists(before => id(before) == id(one))) item.Report("duplicate-id", ImportMessages.DuplicateId(id(one)));
            all.Add(one);
        }
        return all;
    }
}
