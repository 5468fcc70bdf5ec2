using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Territories.Grants;

/// <summary>Under which name a change is written.</summary>
/// <param name="Actor">Who asked.</param>
/// <param name="RequestId">The caller's id.</param>
/// <param name="Fingerprint">Digest of what was asked.</param>
public sealed record GrantAsked(Actor Actor, Guid RequestId, string Fingerprint)
{
    /// <summary>Of a command; the actor counts by id, the not-after instant not at all.</summary>
    public static GrantAsked Of(GrantCommand command)
    {
        var canonical = command with { NotAfter = default, RequestId = default, Actor = Actor.System with { Id = command.Actor.Id } };
        return new(command.Actor, command.RequestId, Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(canonical, SnpJson.Options))));
    }

    /// <summary>Of an import: what is in the file already changes nothing, so that each is a new one.</summary>
    public static GrantAsked Import() => new(Actor.System, Guid.NewGuid(), "import");
}

/// <summary>Between events, book and ledger rows; stream <c>territory/{id}</c>.</summary>
public static class GrantCommit
{
    /// <summary>Prefix of the streams; one per territory.</summary>
    public const string Prefix = "territory/";
    /// <summary>Version of the payload's schema.</summary>
    public const int Schema = 1;
    /// <summary>The wake-up that hands a change to the agendas, should the process die between the commit and that.</summary>
    public const string SpreadCause = "spread";

    /// <summary>The stream of a territory's grants.</summary>
    public static string Stream(string territoryId) => Prefix + territoryId;

    /// <summary>Builds the commit of a decision with events.</summary>
    public static (Commit Commit, GrantBook After) Build(
        GrantBook before, string territoryId, string timeZone, GrantAsked asked, ImmutableArray<GrantEvent> events, GrantAnswer answer, DateTimeOffset now, GrantOptions options)
    {
        var at = CivilTime.Milliseconds(now);
        if (at < before.LastAt) at = before.LastAt;
        var after = before.After(events, before.Version + 1, at);
        var stream = Stream(territoryId);
        return (new()
        {
            Stream = stream,
            Version = after.Version,
            ActorId = asked.Actor.Id,
            RequestId = asked.RequestId,
            Fingerprint = asked.Fingerprint,
            Answer = JsonSerializer.Serialize(answer, SnpJson.Options),
            OccurredAt = at,
            LocalDate = CivilTime.Day(at, timeZone),
            TerritoryId = territoryId,
            CareStream = "",
            Kind = KindOf(events[0]),
            Channel = Names.Kebab(asked.Actor.Role),
            Schema = Schema,
            Payload = JsonSerializer.Serialize(events, SnpJson.Options),
            SetDue = [SpreadOf(after, territoryId, options)],
        }, after);
    }

    /// <summary>The wake-up that the last change left.</summary>
    public static DueRow SpreadOf(GrantBook book, string territoryId, GrantOptions options) => new(Stream(territoryId), SpreadCause, book.LastAt + options.SpreadAfter);

    /// <summary>The book of a stream as read from the ledger.</summary>
    public static GrantBook Load(StreamRead read)
    {
        var book = GrantBook.Empty;
        foreach (var recorded in read.Tail)
            book = recorded.Schema == Schema
                ? book.After(JsonSerializer.Deserialize<ImmutableArray<GrantEvent>>(recorded.Payload, SnpJson.Options), recorded.Version, recorded.OccurredAt)
                : throw new EventRejectedException($"Unknown schema {recorded.Schema} of version {recorded.Version}.");
        return book;
    }

    /// <summary>The answer to a repeated command.</summary>
    public static GrantAnswer AnswerOf(RecordedAnswer first, GrantAsked asked) => first.Fingerprint == asked.Fingerprint
        ? JsonSerializer.Deserialize<GrantAnswer>(first.Answer, SnpJson.Options) ?? throw new EventRejectedException("An answer is null.")
        : new GrantsRefused(GrantRefusal.RequestIdReused);

    private static string KindOf(GrantEvent first) => first switch
    {
        GrantAdded => "grant-added",
        GrantCorrected => "grant-corrected",
        GrantEnded => "grant-ended",
        GrantLeftFile => "grant-left-file",
        _ => throw new ArgumentException($"{first.GetType().Name} has no kind.", nameof(first)),
    };
}

/// <summary>How grants fold, for <c>snp verify</c>. They own no claims, places or slots.</summary>
public sealed class GrantAudit : IStreamAudit
{
    /// <inheritdoc/>
    public string Prefix => GrantCommit.Prefix;

    /// <inheritdoc/>
    public StreamExpectation Fold(string stream, IReadOnlyList<RecordedCommand> commands, DateTimeOffset now) =>
        new(JsonSerializer.Serialize(GrantCommit.Load(new(null, [.. commands])), SnpJson.Options), [], [], []);
}
