using System.Collections.Immutable;
using System.Text.Json;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Requests;

/// <summary>A decision ready for the ledger.</summary>
/// <param name="Commit">To append.</param>
/// <param name="After">The state once it is appended.</param>
public sealed record CareRequestStep(Commit Commit, CareRequestState After);

/// <summary>From events to state, and between state, snapshot and ledger rows.</summary>
public static class CareRequestFold
{
    /// <summary>Version of the payload's schema.</summary>
    public const int Schema = 1;

    /// <summary>The state after one accepted command; throws <see cref="EventRejectedException"/> when an event contradicts the state.</summary>
    public static CareRequestState Apply(
        CareRequestState state, ImmutableArray<CareRequestEvent> events, long version, DateTimeOffset at, RecordedBy by)
    {
        if (version != state.Version + 1) throw new EventRejectedException($"Version {version} does not follow {state.Version}.");
        if (at < state.LastAt) throw new EventRejectedException($"Version {version} happened before the one it follows.");
        foreach (var e in events)
            state = e switch
            {
                NeedRecorded r when state.Request is null => state with { Request = r.Request, TimeZone = r.TimeZone, RecordedBy = by },
                NeedServed s when state.Request is { } request => state with { Request = After(request, s) },
                _ => throw new EventRejectedException($"{e.GetType().Name} cannot be version {version}."),
            };
        return state with { Version = version, LastAt = at };
    }

    /// <summary>The state after one recorded command.</summary>
    public static CareRequestState Apply(CareRequestState state, RecordedCommand recorded)
    {
        if (recorded.Schema != Schema) throw new EventRejectedException($"Unknown schema {recorded.Schema} of version {recorded.Version}.");
        return Apply(state, JsonSerializer.Deserialize<ImmutableArray<CareRequestEvent>>(recorded.Payload, SnpJson.Options), recorded.Version,
            recorded.OccurredAt, new(recorded.ActorId, recorded.RequestId, recorded.Fingerprint, AnswerOf(recorded.Answer)));
    }

    /// <summary>The state of a stream as read from the ledger.</summary>
    public static CareRequestState Load(StreamRead read)
    {
        var state = read.Snapshot is { } snapshot ? FromSnapshot(snapshot) : CareRequestState.Empty;
        foreach (var recorded in read.Tail) state = Apply(state, recorded);
        return state;
    }

    /// <summary>An answer as the ledger keeps it.</summary>
    public static CareRequestAnswer AnswerOf(string json) =>
        JsonSerializer.Deserialize<CareRequestAnswer>(json, SnpJson.Options) ?? throw new EventRejectedException("An answer is null.");

    /// <summary>The state as a snapshot keeps it.</summary>
    public static SnapshotRow ToSnapshot(CareRequestState state) => new(state.Version, CareRequestState.Schema, JsonSerializer.Serialize(state, SnpJson.Options));

    /// <summary>The state of a snapshot.</summary>
    public static CareRequestState FromSnapshot(SnapshotRow snapshot) =>
        snapshot.Schema == CareRequestState.Schema && JsonSerializer.Deserialize<CareRequestState>(snapshot.State, SnpJson.Options) is { } state
            ? state
            : throw new EventRejectedException($"Unknown schema {snapshot.Schema} of a snapshot.");

    /// <summary>Builds the commit. Only for a decision with events: without, there is nothing to write. It touches no other row.</summary>
    public static CareRequestStep Build(CareRequestState before, string careRequestId, CareRequestDecision decision)
    {
        if (decision.Events.IsEmpty || decision.Answer is not { } answer)
            throw new ArgumentException("A decision without events is not written.", nameof(decision));
        var after = Apply(before, decision.Events, before.Version + 1, decision.At, new(decision.ActorId, decision.RequestId, decision.Fingerprint, answer));
        return new(new Commit
        {
            Stream = CareRequestStreams.Stream(careRequestId),
            Version = after.Version,
            ActorId = decision.ActorId,
            RequestId = decision.RequestId,
            Fingerprint = decision.Fingerprint,
            Answer = JsonSerializer.Serialize(answer, SnpJson.Options),
            OccurredAt = decision.At,
            LocalDate = CivilTime.Day(decision.At, after.TimeZone!),
            TerritoryId = after.Request!.TerritoryId,
            CareStream = after.Request.CareStream,
            Kind = decision.Events[0] is NeedRecorded ? "need-recorded" : "need-served",
            Channel = Names.Kebab(decision.Role),
            Schema = Schema,
            Payload = JsonSerializer.Serialize(decision.Events, SnpJson.Options),
        }, after);
    }

    /// <summary>The need once a booking serves it.</summary>
    internal static CareRequest After(CareRequest request, NeedServed served) =>
        request with { Status = CareRequestStatus.Served, BookingId = served.BookingId };
}

/// <summary>How care requests fold, for <c>snp verify</c>. They own no claims, places or slots.</summary>
public sealed class CareRequestAudit : IStreamAudit
{
    /// <inheritdoc/>
    public string Prefix => CareRequestStreams.Prefix;

    /// <inheritdoc/>
    public StreamExpectation Fold(string stream, IReadOnlyList<RecordedCommand> commands, DateTimeOffset now)
    {
        var state = CareRequestFold.Load(new(null, [.. commands]));
        if (state.Request is { } request && CareRequestStreams.Stream(request.CareRequestId) != stream)
            throw new EventRejectedException($"{request.CareRequestId} lies in {stream}.");
        return new(CareRequestFold.ToSnapshot(state).State, [], [], []);
    }
}
