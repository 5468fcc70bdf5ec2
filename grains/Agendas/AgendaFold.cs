using System.Collections.Immutable;
using System.Text.Json;
using SnpLive.Grains.Ledger;

namespace SnpLive.Grains.Agendas;

/// <summary>What the ledger keeps of a command around its events.</summary>
/// <param name="Version">Its version: the state's plus one.</param>
/// <param name="OccurredAt">UTC, whole milliseconds, not before the state's last instant.</param>
/// <param name="ActorId">Who asked.</param>
/// <param name="RequestId">The caller's id.</param>
/// <param name="Fingerprint">Digest of the command.</param>
/// <param name="Answer">What was answered.</param>
public sealed record EventEnvelope(long Version, DateTimeOffset OccurredAt, string ActorId, Guid RequestId, string Fingerprint, AgendaAnswer Answer);

/// <summary>An event that cannot follow what happened before: a bug or a damaged log, never a user's mistake.</summary>
public sealed class EventRejectedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public EventRejectedException() { }
    /// <summary>Creates the exception.</summary>
    public EventRejectedException(string message) : base(message) { }
    /// <summary>Creates the exception.</summary>
    public EventRejectedException(string message, Exception inner) : base(message, inner) { }
}

/// <summary>From events to state, and between state, snapshot and ledger rows.</summary>
public static class AgendaFold
{
    /// <summary>The state after one accepted command; throws <see cref="EventRejectedException"/> when an event contradicts the state.</summary>
    public static AgendaState Apply(AgendaState state, ImmutableArray<AgendaEvent> events, EventEnvelope envelope)
    {
        if (envelope.Version != state.Version + 1)
            throw new EventRejectedException($"Version {envelope.Version} does not follow {state.Version}.");
        if (envelope.OccurredAt < state.LastAt)
            throw new EventRejectedException($"Version {envelope.Version} happened before the one it follows.");
        var at = envelope.OccurredAt;
        foreach (var e in events) state = AgendaEventFold.Apply(state, e, at);
        state = Forget(state, at);
        var answer = new RememberedAnswer(envelope.ActorId, envelope.RequestId, envelope.Fingerprint, envelope.Answer, at);
        var drop = CountForgotten(state.Answers, at);
        return state with
        {
            Version = envelope.Version,
            LastAt = at,
            Answers = drop == 0 ? state.Answers.Add(answer) : [.. state.Answers.AsSpan(drop..), answer],
            AnswersForgotten = state.AnswersForgotten || drop > 0,
        };
    }

    /// <summary>The state after one recorded command.</summary>
    public static AgendaState Apply(AgendaState state, RecordedCommand recorded) =>
        Apply(state, Events(recorded), new(recorded.Version, recorded.OccurredAt, recorded.ActorId, recorded.RequestId, recorded.Fingerprint,
            AnswerOf(recorded.Answer)));

    /// <summary>The state of a stream as read from the ledger.</summary>
    public static AgendaState Load(StreamRead read)
    {
        var state = read.Snapshot is { } snapshot ? FromSnapshot(snapshot) : AgendaState.Empty;
        foreach (var recorded in read.Tail) state = Apply(state, recorded);
        return state;
    }

    /// <summary>The events of a recorded command.</summary>
    public static ImmutableArray<AgendaEvent> Events(RecordedCommand recorded)
    {
        if (recorded.Schema != AgendaCommit.Schema) throw new EventRejectedException($"Unknown schema {recorded.Schema} of version {recorded.Version}.");
        return JsonSerializer.Deserialize<ImmutableArray<AgendaEvent>>(recorded.Payload, SnpJson.Options);
    }

    /// <summary>An answer as the ledger keeps it (<see cref="Commit.Answer"/>, <see cref="RecordedAnswer.Answer"/>).</summary>
    public static AgendaAnswer AnswerOf(string json) =>
        JsonSerializer.Deserialize<AgendaAnswer>(json, SnpJson.Options) ?? throw new EventRejectedException("An answer is null.");

    /// <summary>The state as a snapshot keeps it.</summary>
    public static SnapshotRow ToSnapshot(AgendaState state) => new(state.Version, AgendaState.Schema, JsonSerializer.Serialize(state, SnpJson.Options));

    /// <summary>The state of a snapshot.</summary>
    public static AgendaState FromSnapshot(SnapshotRow snapshot) =>
        snapshot.Schema == AgendaState.Schema && JsonSerializer.Deserialize<AgendaState>(snapshot.State, SnpJson.Options) is { } state
            ? state
            : throw new EventRejectedException($"Unknown schema {snapshot.Schema} of a snapshot.");

    /// <summary>Lets go of what nobody asks about any more. A function of the event's time alone, so that every replay forgets the same.</summary>
    private static AgendaState Forget(AgendaState state, DateTimeOffset at)
    {
        var oldest = at - AgendaState.SlotMemory;
        if (state.Settings is { } settings && settings.Absences.Any(a => a.To < oldest))
            state = state with { Settings = settings with { Absences = [.. settings.Absences.Where(a => a.To >= oldest)] } };
        foreach (var slot in state.Slots)
            if (slot.Facts.End < oldest || HasEndedHold(slot, at))
                return state with { Slots = [.. state.Slots.Where(s => s.Facts.End >= oldest).Select(s => WithoutEndedHolds(s, at))] };
        return state;
    }

    /// <summary>How many of the oldest answers leave before one more is added.</summary>
    private static int CountForgotten(ImmutableArray<RememberedAnswer> answers, DateTimeOffset at)
    {
        var since = at - AgendaState.AnswerMemory;
        var drop = Math.Max(0, answers.Length + 1 - AgendaState.MostAnswers);
        while (drop < answers.Length && answers[drop].At < since) drop++;
        return drop;
    }

    private static bool HasEndedHold(AgendaSlot slot, DateTimeOffset at)
    {
        foreach (var hold in slot.Holds)
            if (hold.Picture.Until <= at) return true;
        return false;
    }

    private static AgendaSlot WithoutEndedHolds(AgendaSlot slot, DateTimeOffset at) =>
        HasEndedHold(slot, at) ? slot with { Holds = [.. slot.LiveHolds(at)] } : slot;
}
