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
                EmergencyRaised r when state.RecordedBy is null => state with { Emergency = r.Emergency, TimeZone = r.TimeZone, RecordedBy = by },
                RequestOpened r when state.RecordedBy is null => state with { Request = r.Request, TimeZone = r.TimeZone, Openings = r.Openings, RecordedBy = by },
                NeedServed s when state.Request is { } request => state with { Request = After(request, s, at), Accepted = state.Accepted.Add(by) },
                BookingLost l when state.Request is { } request && request.BookingId == l.BookingId =>
                    state with { Request = After(request, l, at), Accepted = state.Accepted.Add(by) },
                not (NeedRecorded or EmergencyRaised or RequestOpened) when state.Request is { Status: CareRequestStatus.Open } request =>
                    state with { Request = Next(request, e, at), Accepted = state.Accepted.Add(by) },
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

    /// <summary>Builds the commit. Only for a decision with events: without, there is nothing to write. It touches no other rows than its wake-ups and its patient.</summary>
    /// <param name="before">The state before.</param>
    /// <param name="careRequestId">Key.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="opening">The command that opens the request, for the vault; null for all others.</param>
    public static CareRequestStep Build(CareRequestState before, string careRequestId, CareRequestDecision decision, OpenRequest? opening = null)
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
            TerritoryId = after.Request?.TerritoryId ?? after.Emergency!.TerritoryId,
            CareStream = after.Request?.CareStream ?? "",
            Kind = KindOf(decision.Events[0]),
            Channel = Names.Kebab(decision.Role),
            Schema = Schema,
            Payload = JsonSerializer.Serialize(decision.Events, SnpJson.Options),
            SetDue = decision.Events.Any(e => e is RequestOpened) || Reopens(before, after)
                ? RequestWakes.Of(after.Request!, [.. after.Openings.Where(opening => opening > decision.At)])
                : [],
            ClearDue = Ends(before, after) ? [.. RequestWakes.Of(before.Request!, before.Openings).Select(due => new DueKey(due.Stream, due.Cause))] : [],
            Person = opening is null ? null : PersonOf(after.Request!, opening),
        }, after);
    }

    private static bool Ends(CareRequestState before, CareRequestState after) =>
        before.Request is { Status: CareRequestStatus.Open } && after.Request is { Status: not CareRequestStatus.Open };

    private static bool Reopens(CareRequestState before, CareRequestState after) =>
        before.Request is { Status: CareRequestStatus.Served } && after.Request is { Status: CareRequestStatus.Open };

    private static PersonWrite PersonOf(CareRequest request, OpenRequest opening) => new(
        request.Surrogate!, opening.Settings.SasId, opening.Patient.TraitHash, opening.Patient.SealedIdentity, request.CareRequestId, opening.Patient.SealedNote,
        opening.Patient.FormerHash, request.Deadline);

    private static string KindOf(CareRequestEvent first) => first switch
    {
        NeedRecorded => "need-recorded",
        NeedServed => "need-served",
        BookingLost => "booking-lost",
        EmergencyRaised => "emergency-raised",
        RequestOpened => LedgerNames.RequestOpenedKind, // desks look for it
        RequestTaken => "request-taken",
        RequestReleased => "request-released",
        RequestReturned => "request-returned",
        RequestSettled => "request-settled",
        RequestUnserved => "request-unserved",
        RequestCancelled => "request-cancelled",
        _ => throw new ArgumentException($"{first.GetType().Name} has no kind.", nameof(first)),
    };

    /// <summary>The need once a booking serves it. A booking is a fact: it serves what was unserved or called off a moment before, too.</summary>
    internal static CareRequest After(CareRequest request, NeedServed served, DateTimeOffset at) =>
        request with { Status = CareRequestStatus.Served, BookingId = served.BookingId, ServedBy = ServedBy.Booking, CancelReason = null, EndedAt = at };

    /// <summary>The need once the booking that served it is cancelled. One recorded without a request waits for nobody: it is unserved again.</summary>
    internal static CareRequest After(CareRequest request, BookingLost lost, DateTimeOffset at)
    {
        var unbooked = Nobodys(request) with { BookingId = null, ServedBy = null };
        return lost.Reason switch
        {
            CancelReason.PatientRequest => unbooked with { Status = CareRequestStatus.Cancelled, CancelReason = RequestCancelReason.NoLongerNeeded, EndedAt = at },
            CancelReason.Emergency => unbooked with { Status = CareRequestStatus.Served, ServedBy = ServedBy.Elsewhere, EndedAt = at },
            _ when request.OpenedAt is null => unbooked with { Status = CareRequestStatus.Unserved, EndedAt = null },
            _ => unbooked with { Status = CareRequestStatus.Open, Unserved = UnservedReason.None, EndedAt = null, ReopenedAt = at },
        };
    }

    /// <summary>An open request after an event.</summary>
    internal static CareRequest Next(CareRequest request, CareRequestEvent e, DateTimeOffset at) => e switch
    {
        RequestTaken taken => request with { Owner = taken.By, OwnerOrganizationId = taken.OrganizationId, TakenAt = at },
        RequestReleased => Nobodys(request),
        RequestReturned returned => (request.TakenAt >= returned.Opening ? request : Nobodys(request)) with { ReturnedAt = returned.Opening },
        NeedServed served => After(request, served, at),
        RequestSettled settled => request with { Status = CareRequestStatus.Served, ServedBy = settled.By, EndedAt = at },
        RequestUnserved unserved => request with { Status = CareRequestStatus.Unserved, Unserved = unserved.Reason, EndedAt = at },
        RequestCancelled cancelled => request with { Status = CareRequestStatus.Cancelled, CancelReason = cancelled.Reason, EndedAt = at },
        _ => throw new EventRejectedException($"{e.GetType().Name} does not change a request."),
    };

    private static CareRequest Nobodys(CareRequest request) => request with { Owner = null, OwnerOrganizationId = null, TakenAt = null };
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
        if ((state.Request?.CareRequestId ?? state.Emergency?.EmergencyId) is { } id && CareRequestStreams.Stream(id) != stream)
            throw new EventRejectedException($"{id} lies in {stream}.");
        return new(CareRequestFold.ToSnapshot(state).State, [], [], []);
    }
}
