using System.Collections.Immutable;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories.Import;

namespace SnpLive.Grains.Territories.Grants;

/// <summary>What a decision about grants must know of the territory.</summary>
/// <param name="TerritoryId">The tenant.</param>
/// <param name="SasId">Its SAS.</param>
/// <param name="Today">Civil day in the territory.</param>
/// <param name="People">Everybody known here, the one who asks among them.</param>
/// <param name="Groups">Named groups.</param>
public sealed record GrantScope(string TerritoryId, string SasId, DateOnly Today, ImmutableArray<Actor> People, ImmutableArray<string> Groups);

/// <summary>A decision: events, or why not.</summary>
/// <param name="Events">What happens; empty: nothing to change.</param>
/// <param name="Answer">The answer.</param>
public sealed record GrantDecision(ImmutableArray<GrantEvent> Events, GrantAnswer Answer);

/// <summary>What becomes of a territory's grants: pure functions over its book.</summary>
public static class GrantDecider
{
    /// <summary>Most grants that hold or will hold.</summary>
    public const int MostGrants = ImportLimits.ExpandedGrants;

    /// <summary>Decides a command.</summary>
    /// <param name="book">As it is.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="scope">The territory.</param>
    /// <param name="now">UTC.</param>
    public static GrantDecision Decide(GrantBook book, GrantCommand command, GrantScope scope, DateTimeOffset now)
    {
        if (now > command.NotAfter) return No(GrantRefusal.CommandExpired);
        if (!Rights.MayManageGrants(command.Actor, scope.TerritoryId, scope.SasId, book.Grants, scope.Today)) return No(GrantRefusal.NotAllowed);
        return command switch
        {
            AddGrants add => Add(book, add, scope),
            CorrectGrant correct => Correct(book, correct, scope, now),
            EndGrant end => End(book, end, scope, now),
            _ => throw new NotSupportedException(command.GetType().Name),
        };
    }

    /// <summary>What follows from a territory's file: what is new in it is given, what left it ends; what somebody decided by hand since stays.</summary>
    public static ImmutableArray<GrantEvent> Import(GrantBook book, ImmutableArray<Grant> file)
    {
        var events = ImmutableArray.CreateBuilder<GrantEvent>();
        HashSet<Grant> wanted = [.. file], known = [];
        foreach (var entry in book.Entries)
        {
            if (entry.FileGrant is not { } written) continue;
            known.Add(written);
            if (!wanted.Contains(written)) events.Add(new GrantLeftFile(entry.GrantId, entry.Grant == written));
        }
        var n = 0;
        foreach (var grant in file)
            if (known.Add(grant)) events.Add(new GrantAdded(book.NextId(++n), grant, Actor.System.Id, FromFile: true));
        return events.ToImmutable();
    }

    private static GrantDecision Add(GrantBook book, AddGrants add, GrantScope scope)
    {
        if (add.Actions.IsEmpty) return No(GrantRefusal.UnknownAction);
        if (book.Grants.Length + add.Actions.Length > MostGrants) return No(GrantRefusal.TooMany);
        var events = ImmutableArray.CreateBuilder<GrantEvent>();
        foreach (var action in add.Actions.Distinct())
        {
            var grant = add.Terms.For(scope.TerritoryId, action);
            if (Wrong(grant, scope) is { } wrong) return No(wrong);
            if (InTheWay(book, grant, null) is { } other) return No(GrantRefusal.Overlap, other.GrantId);
            events.Add(new GrantAdded(book.NextId(events.Count + 1), grant, add.Actor.Id));
        }
        return Yes(events.ToImmutable(), [.. events.Select(e => ((GrantAdded)e).GrantId)]);
    }

    private static GrantDecision Correct(GrantBook book, CorrectGrant correct, GrantScope scope, DateTimeOffset now)
    {
        if (book.Find(correct.GrantId) is not { } entry) return No(GrantRefusal.Unknown);
        if (entry.EndedAt is not null) return No(GrantRefusal.Ended);
        var grant = correct.Terms.For(scope.TerritoryId, correct.Action);
        if (Wrong(grant, scope) is { } wrong) return No(wrong);
        if (InTheWay(book, grant, entry.GrantId) is { } other) return No(GrantRefusal.Overlap, other.GrantId);
        if (grant == entry.Grant) return Yes([], [entry.GrantId]);
        return Unless(book, new GrantCorrected(entry.GrantId, grant, correct.Actor.Id), entry.GrantId, scope, now);
    }

    private static GrantDecision End(GrantBook book, EndGrant end, GrantScope scope, DateTimeOffset now)
    {
        if (book.Find(end.GrantId) is not { } entry) return No(GrantRefusal.Unknown);
        if (entry.EndedAt is not null || entry.Grant.ValidTo < scope.Today || entry.Grant.ValidTo <= end.LastDay) return No(GrantRefusal.Ended);
        if (end.LastDay < entry.Grant.ValidFrom) return No(GrantRefusal.EndBeforeBegin);
        if (end.LastDay < scope.Today) return No(GrantRefusal.EndInPast);
        return Unless(book, new GrantEnded(entry.GrantId, end.LastDay, end.Actor.Id), entry.GrantId, scope, now);
    }

    /// <summary>Refuses what would leave fewer days on which somebody can manage grants: nobody could undo it.</summary>
    private static GrantDecision Unless(GrantBook book, GrantEvent e, string grantId, GrantScope scope, DateTimeOffset now)
    {
        var after = book.After([e], book.Version + 1, now < book.LastAt ? book.LastAt : now);
        return (ManagedUntil(after, scope) ?? DateOnly.MinValue) < (ManagedUntil(book, scope) ?? DateOnly.MinValue) ? No(GrantRefusal.LocksOut, grantId) : Yes([e], [grantId]);
    }

    /// <summary>Until which day, from today on without a gap, somebody can manage grants; null: nobody can today.</summary>
    public static DateOnly? ManagedUntil(GrantBook book, GrantScope scope)
    {
        DateOnly? until = null;
        var next = scope.Today;
        var held = book.Grants.Where(g => g.Action == GrantAction.ManageGrants && scope.People.Any(one => Rights.IsHeldBy(g, one, scope.SasId)));
        foreach (var grant in held.OrderBy(g => g.ValidFrom ?? DateOnly.MinValue))
        {
            if (grant.ValidFrom > next) break;
            if (grant.ValidTo is not { } last || last == DateOnly.MaxValue) return DateOnly.MaxValue;
            if (last >= next) (until, next) = (last, last.AddDays(1));
        }
        return until;
    }

    private static GrantRefusal? Wrong(Grant grant, GrantScope scope)
    {
        if (!Enum.IsDefined(grant.Role) || grant.Role == Role.System) return GrantRefusal.UnknownRole;
        if (!CareStreams.Granted.Contains(grant.CareStream)) return GrantRefusal.UnknownStream;
        if (!Enum.IsDefined(grant.Action) || !Enum.IsDefined(grant.Condition)) return GrantRefusal.UnknownAction;
        if (grant.ValidTo < grant.ValidFrom) return GrantRefusal.EndBeforeBegin;
        if (grant.Condition == GrantCondition.InGroup ? grant.Group is not { } group || !scope.Groups.Contains(group) : grant.Group is not null) return GrantRefusal.UnknownGroup;
        if (grant.Condition == GrantCondition.NamedPerson ? !scope.People.Any(one => one.Id == grant.Person && one.Role == grant.Role) : grant.Person is not null) return GrantRefusal.UnknownPerson;
        return GrantsReader.IsOwn(grant.Action) && grant.Condition != GrantCondition.OwnAgenda ? GrantRefusal.OwnAgendaNeeded : null;
    }

    /// <summary>A grant that says the same for some of the same days: ending one of the two would do nothing, and nobody would see why.</summary>
    private static GrantEntry? InTheWay(GrantBook book, Grant grant, string? but) => book.Entries.FirstOrDefault(e =>
        e.EndedAt is null && e.GrantId != but
        && (e.Grant with { ValidFrom = null, ValidTo = null, Source = "" }) == (grant with { ValidFrom = null, ValidTo = null, Source = "" })
        && !(e.Grant.ValidTo < grant.ValidFrom) && !(grant.ValidTo < e.Grant.ValidFrom));

    private static GrantDecision No(GrantRefusal code, string? grantId = null) => new([], new GrantsRefused(code, grantId));

    private static GrantDecision Yes(ImmutableArray<GrantEvent> events, ImmutableArray<string> grantIds) => new(events, new GrantsChanged(grantIds));
}
