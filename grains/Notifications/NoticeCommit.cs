using System.Collections.Immutable;
using System.Text.Json;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Notifications;

/// <summary>Under which name a command about notices is written.</summary>
/// <param name="ActorId">Who asked.</param>
/// <param name="RequestId">The caller's id, or one derived from the cause.</param>
/// <param name="Fingerprint">What was asked.</param>
public sealed record NoticeAsked(string ActorId, Guid RequestId, string Fingerprint);

/// <summary>A decision ready for the ledger.</summary>
/// <param name="Commit">To append.</param>
/// <param name="After">The state once it is appended.</param>
/// <param name="Events">What happened.</param>
public sealed record NoticeStep(Commit Commit, NoticeState After, ImmutableArray<NoticeEvent> Events);

/// <summary>Between events, state and ledger rows.</summary>
public static class NoticeCommit
{
    /// <summary>Version of the payload's schema.</summary>
    public const int Schema = 1;
    /// <summary>The answer kept for repeats: that of any command with nothing more to say.</summary>
    private static readonly string Accepted = JsonSerializer.Serialize<AgendaAnswer>(new Done(), SnpJson.Options);

    /// <summary>Builds the commit of a decision with events.</summary>
    public static NoticeStep Build(NoticeState before, AgendaDefinition agenda, NoticeAsked asked, ImmutableArray<NoticeEvent> events, DateTimeOffset now)
    {
        if (events.IsEmpty) throw new ArgumentException("A decision without events is not written.", nameof(events));
        var at = CivilTime.Milliseconds(now);
        if (at < before.LastAt) at = before.LastAt;
        var after = before.After(events, before.Version + 1, at);
        var stream = NoticeStreams.Stream(agenda.AgendaId);
        return new(new Commit
        {
            Stream = stream,
            Version = after.Version,
            ActorId = asked.ActorId,
            RequestId = asked.RequestId,
            Fingerprint = asked.Fingerprint,
            Answer = Accepted,
            OccurredAt = at,
            LocalDate = CivilTime.Day(at, agenda.Rules.TimeZone),
            TerritoryId = agenda.TerritoryId,
            CareStream = agenda.CareStream,
            Kind = KindOf(events[0]),
            Channel = asked.ActorId == People.Actor.System.Id ? "system" : "practice",
            Schema = Schema,
            Payload = JsonSerializer.Serialize(events, SnpJson.Options),
            SetDue = [.. events.SelectMany(e => SetDue(e, stream, after))],
            ClearDue = [.. events.SelectMany(e => ClearDue(e, stream))],
        }, after, events);
    }

    /// <summary>The state of a stream as read from the ledger.</summary>
    public static NoticeState Load(StreamRead read)
    {
        var state = read.Snapshot is { } snapshot ? FromSnapshot(snapshot) : NoticeState.Empty;
        foreach (var recorded in read.Tail) state = Apply(state, recorded);
        return state;
    }

    /// <summary>The state as a snapshot keeps it.</summary>
    public static SnapshotRow ToSnapshot(NoticeState state) => new(state.Version, NoticeState.Schema, JsonSerializer.Serialize(state, SnpJson.Options));

    private static NoticeState Apply(NoticeState state, RecordedCommand recorded) => recorded.Schema == Schema
        ? state.After(JsonSerializer.Deserialize<ImmutableArray<NoticeEvent>>(recorded.Payload, SnpJson.Options), recorded.Version, recorded.OccurredAt)
        : throw new EventRejectedException($"Unknown schema {recorded.Schema} of version {recorded.Version}.");

    private static NoticeState FromSnapshot(SnapshotRow snapshot) =>
        snapshot.Schema == NoticeState.Schema && JsonSerializer.Deserialize<NoticeState>(snapshot.State, SnpJson.Options) is { } state
            ? state
            : throw new EventRejectedException($"Unknown schema {snapshot.Schema} of a snapshot.");

    private static IEnumerable<DueRow> SetDue(NoticeEvent e, string stream, NoticeState after)
    {
        switch (e)
        {
            case NoticeQueued q:
                foreach (var delivery in after.Find(q.Notice.NoticeId)!.Deliveries) yield return new(stream, NoticeStreams.Send(delivery.DeliveryId), q.LeaseUntil);
                if (q.UnseenAt is { } unseen) yield return new(stream, NoticeStreams.Unseen(q.Notice.NoticeId), unseen);
                break;
            case DeliveryBegun b:
                yield return new(stream, NoticeStreams.Send(b.DeliveryId), b.LeaseUntil);
                break;
            case DeliveryFailed { RetryAt: { } retry } f:
                yield return new(stream, NoticeStreams.Send(f.DeliveryId), retry);
                break;
        }
    }

    private static IEnumerable<DueKey> ClearDue(NoticeEvent e, string stream) => e switch
    {
        DeliverySent s => [new(stream, NoticeStreams.Send(s.DeliveryId))],
        DeliveryFailed { RetryAt: null } f => [new(stream, NoticeStreams.Send(f.DeliveryId))],
        NoticesSeen s => s.NoticeIds.Select(id => new DueKey(stream, NoticeStreams.Unseen(id))),
        _ => [],
    };

    private static string KindOf(NoticeEvent e) => JsonNamingPolicy.KebabCaseLower.ConvertName(e.GetType().Name);
}

/// <summary>How notices fold, for <c>snp verify</c>. They own no claims, places or slots.</summary>
public sealed class NoticeAudit : IStreamAudit
{
    /// <inheritdoc/>
    public string Prefix => NoticeStreams.Prefix;

    /// <inheritdoc/>
    public StreamExpectation Fold(string stream, IReadOnlyList<RecordedCommand> commands, DateTimeOffset now)
    {
        var state = NoticeCommit.Load(new(null, [.. commands]));
        foreach (var entry in state.Entries)
            if (NoticeStreams.Stream(entry.Notice.AgendaId) != stream) throw new EventRejectedException($"{entry.Notice.NoticeId} lies in {stream}.");
        return new(NoticeCommit.ToSnapshot(state).State, [], [], []);
    }
}
