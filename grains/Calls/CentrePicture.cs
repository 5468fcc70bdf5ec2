using System.Collections.Immutable;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Calls;

/// <summary>
/// What a centre knows: calls by their newest version, who is there, and which call is kept for whom for a moment. Plain C#, driven by tests as by the grain.
/// </summary>
internal sealed class CentrePicture(CentreOptions options)
{
    private readonly Dictionary<string, CallPicture> calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DutyEntry> people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Actor, DateTimeOffset Until)> kept = new(StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, CallPicture> Calls => calls;

    internal ImmutableArray<DutyEntry> Duty => [.. people.Values.Where(p => p.OnDuty).OrderBy(p => p.Person.Id, StringComparer.Ordinal)];

    /// <summary>Takes a newer picture of a call; false when it is known, or older.</summary>
    internal bool Apply(CallPicture call, DateTimeOffset now)
    {
        if (calls.TryGetValue(call.CallId, out var known) && known.Version >= call.Version) return false;
        kept.Remove(call.CallId);
        // A holder of whom nothing was heard yet has a lease from now on: after a restart, and when the telephone says who answered.
        if (call.Holder is { } holder && !people.ContainsKey(holder.Person.Id)) people[holder.Person.Id] = new(holder.Person, false, null, now + options.Lease);
        if (!call.Archived) calls[call.CallId] = call;
        else if (!calls.Remove(call.CallId)) return false;
        return true;
    }

    internal bool Remove(string callId) => calls.Remove(callId);

    /// <summary>
    /// The first that waits on the line, at a level of the role: rather one that is not proposed to another just now, but “nobody waits” is never said of one
    /// that was proposed and not taken.
    /// </summary>
    internal string? Pick(Actor actor, string? level, DateTimeOffset now)
    {
        CallPicture? first = null, proposed = null;
        foreach (var (id, call) in calls)
        {
            if (call.Status != CallStatus.Waiting || !call.CallerOnLine || !call.Roles.Contains(actor.Role) || (level is not null && call.Level != level)) continue;
            ref var best = ref (kept.TryGetValue(id, out var other) && other.Until > now && other.Actor != actor.Id ? ref proposed : ref first);
            if (best is null || QueueOrder.Instance.Compare(call, best) < 0) best = call;
        }
        if (first is null) return proposed?.CallId;
        kept[first.CallId] = (actor.Id, now + options.Reservation);
        return first.CallId;
    }

    /// <summary>Whether the list of those on duty changed.</summary>
    internal bool SetDuty(CallPerson person, bool onDuty, string? level, DateTimeOffset now)
    {
        var before = people.GetValueOrDefault(person.Id);
        people[person.Id] = new(person, onDuty, level, now + options.Lease);
        return before?.OnDuty != onDuty || (onDuty && before?.Level != level);
    }

    internal void Seen(CallPerson person, DateTimeOffset now)
    {
        people[person.Id] = people.TryGetValue(person.Id, out var known)
            ? known with { Until = now + options.Lease }
            : new(person, false, null, now + options.Lease);
    }

    /// <summary>Those whose lease has ended leave; answers with the calls they still have, and whether the list of those on duty changed.</summary>
    internal (IReadOnlyList<CallPicture> Lost, bool DutyChanged) Expire(DateTimeOffset now)
    {
        var gone = people.Values.Where(p => p.Until <= now).Select(p => p.Person.Id).ToHashSet(StringComparer.Ordinal);
        var lost = calls.Values.Where(c => c is { Status: CallStatus.InHand, Holder: { } h } && (gone.Contains(h.Person.Id) || !people.ContainsKey(h.Person.Id))).ToList();
        var dutyChanged = people.Values.Any(p => p.OnDuty && gone.Contains(p.Person.Id));
        foreach (var id in gone) people.Remove(id);
        return (lost, dutyChanged);
    }
}
