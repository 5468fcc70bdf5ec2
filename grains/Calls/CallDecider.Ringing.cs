using System.Collections.Immutable;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Calls;

public static partial class CallDecider
{
    private static Outcome Ring(string callId, RingCall command, DateTimeOffset now)
    {
        if (!IsOfCentre(command.Actor, command.Rules.CentreId)) return Refuse(CallRefusal.NotAllowed);
        // Only a regulating doctor takes a patient back from the AMU (issue 4: a new linked file, with a reason).
        if (command.SentBackFrom is not null && command.Actor.Role != Role.Regulator) return Refuse(CallRefusal.NotAllowed);
        var rang = Rang(callId, command, now);
        if (command.JoinTo is { } open) return Accept(rang, new CallJoined(open));
        if (command.SentBackFrom is not null)
        {
            var own = command.Rules.Levels.FirstOrDefault(l => l.Roles.Contains(Role.Regulator))?.Id ?? rang.Level;
            return Accept(rang with { Level = own }, new CallTaken(CallPerson.Of(command.Actor), now), new CallNoted(NoteId(callId, 0), CallPerson.Of(command.Actor)));
        }
        if (!command.Take) return Accept(rang);
        return command.Rules.Level(rang.Level)!.Roles.Contains(command.Actor.Role)
            ? Accept(rang, new CallTaken(CallPerson.Of(command.Actor), now))
            : Refuse(CallRefusal.NotAllowed);
    }

    /// <summary>The first thing that the telephone tells of a call begins it, also when what came before it is late.</summary>
    private static Outcome Begin(string callId, HearPhone command, DateTimeOffset now)
    {
        if (command.Actor.Role != Role.System) return Refuse(CallRefusal.NotAllowed);
        var at = command.Fact.At < now ? command.Fact.At : now; // a switch whose clock runs ahead
        var rang = Rang(callId, command.Begin, at);
        return command.Begin.JoinTo is { } open ? Accept(rang, new CallJoined(open)) : Accept(rang, new PhoneHeard(command.Fact, command.Begin.NumberHash));
    }

    private static CallRang Rang(string callId, RingCall command, DateTimeOffset at)
    {
        if (command.FileKey is not { Length: > 0 } fileKey) throw new ArgumentException("The shell sets the file's key before it asks for a decision.", nameof(command));
        var rules = command.Rules;
        var regime = Regimes.At(rules.Daytime, rules.TimeZone, at);
        return new(callId, rules, command.Line, fileKey, command.NumberHash, at, regime, rules.Worked(rules.Levels[0], regime).Id, command.CallerKind, command.CommuneCode,
            command.ExternalNumber, command.SentBackFrom);
    }

    /// <summary>What time has done to a call since its last event.</summary>
    private static ImmutableArray<CallEvent> Passed(Call call, DateTimeOffset since, DateTimeOffset now)
    {
        var events = ImmutableArray.CreateBuilder<CallEvent>();
        if (call.Status == CallStatus.Waiting) call = HandOver(call, since, now, events);
        if (call.EscalatedAt is null && call.TargetAt() <= now) events.Add(new CallEscalated(call.Level));
        if (call is { Status: CallStatus.Emergency, Emergency: { Confirmed: false } pressed } && pressed.UndoUntil <= now) events.Add(new CallEmergencyConfirmed());
        if (ArchiveAt(call) <= now) events.Add(new CallArchived());
        return events.ToImmutable();
    }

    /// <summary>Waiting calls pass to who answers now at each boundary, to the second; a call in hand stays with its holder.</summary>
    private static Call HandOver(Call call, DateTimeOffset since, DateTimeOffset now, ImmutableArray<CallEvent>.Builder events)
    {
        var (rules, at) = (call.Rules, since);
        while (Regimes.NextBoundary(rules.Daytime, rules.TimeZone, at) is { } boundary && boundary <= now)
        {
            at = boundary;
            var regime = Regimes.At(rules.Daytime, rules.TimeZone, boundary);
            if (regime == call.Regime) continue;
            var over = new CallHandedOver(regime, rules.Worked(call.LevelNow(), regime).Id, boundary);
            events.Add(over);
            call = CallEventFold.Apply(call, over, now)!;
        }
        return call;
    }

    /// <summary>When something changes by itself next, UTC; null: never.</summary>
    internal static DateTimeOffset? NextChange(CallState state)
    {
        if (state.Call is not { } call) return null;
        var next = ArchiveAt(call);
        void Also(DateTimeOffset? at)
        {
            if (at is not null && !(next <= at)) next = at;
        }
        if (call.Status == CallStatus.Waiting)
        {
            Also(Regimes.NextBoundary(call.Rules.Daytime, call.Rules.TimeZone, state.LastAt));
            if (call.EscalatedAt is null) Also(call.TargetAt());
        }
        if (call is { Status: CallStatus.Emergency, Emergency: { Confirmed: false } pressed }) Also(pressed.UndoUntil);
        return next;
    }

    private static DateTimeOffset? ArchiveAt(Call call) =>
        call is { ClosedAt: { } closed, Archived: false, Status: CallStatus.Closed or CallStatus.Emergency } ? closed + Call.ListedFor : null;

    internal static string NoteId(string callId, int before) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{callId}.n{before + 1}");
}
