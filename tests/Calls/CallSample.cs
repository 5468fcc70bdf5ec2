using System.Collections.Immutable;
using SnpLive.Grains.Calls;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Tests.Calls;

/// <summary>A SAS with the pilot's flow, its people, and commands.</summary>
internal static class CallSample
{
    public const string Centre = "sas-29";
    public const string Zone = "Europe/Paris";

    public static DaytimeHours Hours { get; } = new(
        [.. Enumerable.Range(1, 5).Select(d => new DaytimeRange((DayOfWeek)d, new(8, 0), new(20, 0))), new(DayOfWeek.Saturday, new(8, 0), new(12, 0))], false, []);

    public static ImmutableArray<CallExit> Exits { get; } =
        [CallExit.Advice, CallExit.Prescription, CallExit.Appointment, CallExit.RedirectToGp, CallExit.Protocol, CallExit.OutOfScope, CallExit.Abandoned, CallExit.CallBack];

    public static ImmutableArray<CallLevel> Pilot { get; } =
    [
        new("osnp", "OSNP", [Role.Osnp], 30, Exits, ["arm", "regulation"], DaytimeOnly: true),
        new("arm", "ARM", [Role.DispatchAssistant], 60, Exits, ["osnp", "regulation"], false),
        new("regulation", "Médecin", [Role.Regulator], 300, Exits, ["osnp", "arm"], false),
    ];

    public static CallRules Rules { get; } = new(
        Centre, "pilote", Zone, 48, Hours, 60, 15, Pilot,
        [new("ordonnance", "Ordonnance", [Role.Osnp], ["M06.02"], [CallExit.Appointment, CallExit.Protocol], null, null, "essai")]);

    public static Actor Osnp(int n = 1) => Person($"osnp-{n}", Role.Osnp);
    public static Actor Arm(int n = 1) => Person($"arm-{n}", Role.DispatchAssistant);
    public static Actor Doctor(int n = 1) => Person($"reg-{n}", Role.Regulator);

    public static Actor Person(string id, Role role, string? sas = Centre) => new(id, role, "org", sas, [], [], []);

    public static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    public static SealedCall Sealed(string callId) => new("hash of " + callId, "sealed", "sealed", "content");

    public static RingCall Ring(string callId, Actor by, string? number = null, bool take = false) =>
        new(Rules, CallLine.OneOneSix, number, Sealed(callId), "key-" + callId, null, null, null, take) { RequestId = Guid.NewGuid(), Actor = by, NotAfter = DateTimeOffset.MaxValue };
}

/// <summary>One call and its commands, as the grain's shell runs them on a ledger that never fails.</summary>
internal sealed class OneCall(string id = CallSample.Centre + ".c-0123456789abcdef01234567")
{
    public string Id => id;
    public CallState State { get; private set; } = CallState.Empty;
    public Call Call => State.Call!;
    public CallStepForward? Last { get; private set; }

    public CallRefusal? Do(CallCommand command, DateTimeOffset now)
    {
        var outcome = CallDecider.Decide(State, id, command, now);
        if (outcome.Refused is { } refused) return refused.Code;
        if (outcome.Events.IsEmpty) return null;
        Last = CallCommit.Build(State, id, command, outcome);
        State = Last.After;
        return null;
    }

    public CallRefusal? Ring(DateTimeOffset now, Actor? by = null, bool take = false) => Do(CallSample.Ring(id, by ?? CallSample.Osnp(), take: take), now);
    public CallRefusal? Take(Actor by, DateTimeOffset now) => Do(new TakeCall(false) { RequestId = Guid.NewGuid(), Actor = by, NotAfter = DateTimeOffset.MaxValue }, now);
    public CallRefusal? Transfer(Actor by, string to, DateTimeOffset now) => Do(new TransferCall(to) { RequestId = Guid.NewGuid(), Actor = by, NotAfter = DateTimeOffset.MaxValue }, now);
    public CallRefusal? Decide(Actor by, CallExit exit, DateTimeOffset now, string? protocol = null) =>
        Do(new DecideCall(exit, null, null, protocol) { RequestId = Guid.NewGuid(), Actor = by, NotAfter = DateTimeOffset.MaxValue }, now);
    public CallRefusal? Emergency(Actor by, DateTimeOffset now) => Do(new TakeEmergencyExit(now) { RequestId = Guid.NewGuid(), Actor = by, NotAfter = DateTimeOffset.MaxValue }, now);
    public CallRefusal? Undo(Actor by, DateTimeOffset now) => Do(new UndoEmergencyExit() { RequestId = Guid.NewGuid(), Actor = by, NotAfter = DateTimeOffset.MaxValue }, now);
    public CallRefusal? Qualify(Actor by, string reason, DateTimeOffset now) =>
        Do(new QualifyCall(null, null, null, reason, null, null, null, null, null) { RequestId = Guid.NewGuid(), Actor = by, NotAfter = DateTimeOffset.MaxValue }, now);
    public CallRefusal? HangUp(Actor by, DateTimeOffset now) => Do(new HangUp() { RequestId = Guid.NewGuid(), Actor = by, NotAfter = DateTimeOffset.MaxValue }, now);
    public CallRefusal? Release(Actor by, DateTimeOffset now) => Do(new ReleaseCall() { RequestId = Guid.NewGuid(), Actor = by, NotAfter = DateTimeOffset.MaxValue }, now);
    public CallRefusal? Wake(string cause, DateTimeOffset now) => Do(CallStreams.CommandOf(id, cause, State.Version, DateTimeOffset.MaxValue), now);
    public CallRefusal? Lose(DateTimeOffset now) =>
        Do(new LoseHolder(Call.Holder!.Person.Id, Call.Holder.Since) { RequestId = Guid.NewGuid(), Actor = Actor.System, NotAfter = DateTimeOffset.MaxValue }, now);
}
