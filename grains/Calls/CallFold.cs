using System.Collections.Immutable;
using System.Text.Json;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;

namespace SnpLive.Grains.Calls;

/// <summary>From events to state, and between state, snapshot and ledger rows.</summary>
public static class CallFold
{
    /// <summary>Version of the payload's schema.</summary>
    public const int Schema = 1;

    /// <summary>The state after one accepted command; throws <see cref="EventRejectedException"/> when an event contradicts the state.</summary>
    public static CallState Apply(CallState state, ImmutableArray<CallEvent> events, long version, DateTimeOffset at, RememberedCallAnswer answer)
    {
        if (version != state.Version + 1) throw new EventRejectedException($"Version {version} does not follow {state.Version}.");
        if (at < state.LastAt) throw new EventRejectedException($"Version {version} happened before the one it follows.");
        var call = state.Call;
        foreach (var e in events) call = CallEventFold.Apply(call, e, at);
        var drop = Math.Max(0, state.Answers.Length + 1 - CallState.MostAnswers);
        return new(call, version, at, NumberUntil(state, call, at),
            drop == 0 ? state.Answers.Add(answer) : [.. state.Answers.AsSpan(drop..), answer], state.AnswersForgotten || drop > 0);
    }

    /// <summary>The state after one recorded command.</summary>
    public static CallState Apply(CallState state, RecordedCommand recorded)
    {
        if (recorded.Schema != Schema) throw new EventRejectedException($"Unknown schema {recorded.Schema} of version {recorded.Version}.");
        return Apply(state, JsonSerializer.Deserialize<ImmutableArray<CallEvent>>(recorded.Payload, SnpJson.Options), recorded.Version, recorded.OccurredAt,
            new(recorded.ActorId, recorded.RequestId, recorded.Fingerprint, AnswerOf(recorded.Answer)));
    }

    /// <summary>The state of a stream as read from the ledger.</summary>
    public static CallState Load(StreamRead read)
    {
        var state = read.Snapshot is { } snapshot ? FromSnapshot(snapshot) : CallState.Empty;
        foreach (var recorded in read.Tail) state = Apply(state, recorded);
        return state;
    }

    /// <summary>An answer as the ledger keeps it.</summary>
    public static CallAnswer AnswerOf(string json) => JsonSerializer.Deserialize<CallAnswer>(json, SnpJson.Options) ?? throw new EventRejectedException("An answer is null.");

    /// <summary>The state as a snapshot keeps it.</summary>
    public static SnapshotRow ToSnapshot(CallState state) => new(state.Version, CallState.Schema, JsonSerializer.Serialize(state, SnpJson.Options));

    /// <summary>The state of a snapshot.</summary>
    public static CallState FromSnapshot(SnapshotRow snapshot) =>
        snapshot.Schema == CallState.Schema && JsonSerializer.Deserialize<CallState>(snapshot.State, SnpJson.Options) is { } state
            ? state
            : throw new EventRejectedException($"Unknown schema {snapshot.Schema} of a snapshot.");

    /// <summary>A number joins the file that is open: from its first command on, for its minutes, and no longer than it is open. Never taken anew.</summary>
    private static DateTimeOffset? NumberUntil(CallState before, Call? call, DateTimeOffset at)
    {
        if (call is null or { NumberHash: null } or { LinkedTo: not null } || !call.IsOpen()) return null;
        return before.Call is null ? at.AddMinutes(call.Rules.RepeatMinutes) : before.NumberUntil;
    }
}

/// <summary>How calls fold, for <c>snp verify</c>.</summary>
public sealed class CallAudit : IStreamAudit
{
    /// <inheritdoc/>
    public string Prefix => CallStreams.Prefix;

    /// <inheritdoc/>
    public StreamExpectation Fold(string stream, IReadOnlyList<RecordedCommand> commands, DateTimeOffset now)
    {
        var state = CallFold.Load(new(null, [.. commands]));
        if (state.Call is { } call && CallStreams.Stream(call.CallId) != stream) throw new EventRejectedException($"{call.CallId} lies in {stream}.");
        return new(CallFold.ToSnapshot(state).State, [.. CallClaims.Of(state).Where(c => c.Until > now)], [], []);
    }
}
