using System.Collections.Immutable;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Territories.Import;

/// <summary>Reads <c>grants</c>: one entry of the file becomes one grant per role × stream × action.</summary>
internal static class GrantsReader
{
    internal static ImmutableArray<Grant> Read(List<Value> items, string territoryId, IReadOnlyCollection<string> groups, IReadOnlyCollection<string> people)
    {
        var all = ImmutableArray.CreateBuilder<Grant>();
        foreach (var item in items)
        {
            var expanded = Read(item, territoryId, groups, people);
            if (all.Count + expanded.Count > ImportLimits.ExpandedGrants)
            {
                item.Report("list-too-long", ImportMessages.TooManyGrants(ImportLimits.ExpandedGrants));
                break;
            }
            all.AddRange(expanded);
        }
        return all.ToImmutable();
    }

    private static List<Grant> Read(Value item, string territoryId, IReadOnlyCollection<string> groups, IReadOnlyCollection<string> people)
    {
        var f = item.Fields("roles", "streams", "actions", "condition", "group", "person", "from", "to", "source");
        var roles = f.Required("roles")?.Distinct(Words.Roles.Count, 1, v => v.Choice(Words.Roles)) ?? [];
        var streams = f.Required("streams")?.DistinctText(Words.GrantedStreams.Count, 1, v => v.Word(Words.GrantedStreams)) ?? [];
        var actions = f.Required("actions")?.Distinct(Words.Actions.Count, 1, v => v.Choice(Words.Actions)) ?? [];
        var written = f.Optional("condition");
        var condition = written is { } value ? value.Choice(Words.Conditions) : GrantCondition.None;
        var named = Group(f, condition, groups);
        var person = Person(f, condition, people);
        // Opening, withdrawing and outcomes are rights on one's own agenda and on no other: without the condition the grant would do nothing.
        if (condition is not (null or GrantCondition.OwnAgenda))
            foreach (var (word, _) in Words.Actions.Where(w => IsOwn(w.Value) && actions.Contains(w.Value)))
                f.Report("condition", "own-agenda-needed", ImportMessages.OwnAgendaNeeded(word));
        var (first, last) = AgendasReader.Validity(f);
        var source = f.Text("source", ImportLimits.Source);
        return
        [
            .. from role in roles
               from stream in streams
               from action in actions
               select new Grant(territoryId, role, stream, action, condition ?? GrantCondition.None, named, first, last, source, person),
        ];
    }

    /// <summary>A right on one's own agenda and on no other.</summary>
    internal static bool IsOwn(GrantAction action) => action is GrantAction.OpenSlot or GrantAction.CloseSlot or GrantAction.RecordOutcome;

    private static string? Person(Fields f, GrantCondition? condition, IReadOnlyCollection<string> people)
    {
        if (f.Optional("person") is not { } value)
        {
            if (condition == GrantCondition.NamedPerson) f.Report("person", "person-needed", ImportMessages.PersonNeeded);
            return null;
        }
        if (condition is not (null or GrantCondition.NamedPerson)) value.Report("person-unexpected", ImportMessages.PersonUnexpected);
        if (value.Id() is not { } person) return null;
        if (!people.Contains(person)) value.Report("unknown-professional", ImportMessages.UnknownProfessional(person));
        return person;
    }

    private static string? Group(Fields f, GrantCondition? condition, IReadOnlyCollection<string> groups)
    {
        if (f.Optional("group") is not { } value)
        {
            if (condition == GrantCondition.InGroup) f.Report("group", "group-needed", ImportMessages.GroupNeeded);
            return null;
        }
        if (condition is not (null or GrantCondition.InGroup)) value.Report("group-unexpected", ImportMessages.GroupUnexpected);
        if (value.Id() is not { } group) return null;
        if (!groups.Contains(group)) value.Report("unknown-group", ImportMessages.UnknownGroup(group));
        return group;
    }
}
