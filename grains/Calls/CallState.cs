using System.Collections.Immutable;

namespace SnpLive.Grains.Calls;

/// <summary>An accepted command that is remembered for repeats; the ledger remembers all of them.</summary>
/// <param name="ActorId">Who asked.</param>
/// <param name="RequestId">The caller's id.</param>
/// <param name="Fingerprint">Digest of the command.</param>
/// <param name="Answer">The answer then.</param>
public sealed record RememberedCallAnswer(string ActorId, Guid RequestId, string Fingerprint, CallAnswer Answer);

/// <summary>Everything a call's stream says. Immutable; its JSON is the snapshot.</summary>
/// <param name="Call">Null until it rang.</param>
/// <param name="Version">Commands folded.</param>
/// <param name="LastAt">Instant of the last one, UTC: time never runs backwards from it.</param>
/// <param name="NumberUntil">Until when the number joins this file, UTC; null: it does not (any more).</param>
/// <param name="Answers">The latest accepted commands, oldest first.</param>
/// <param name="AnswersForgotten">Whether older ones were dropped: then only the ledger knows about those.</param>
public sealed record CallState(
    Call? Call, long Version, DateTimeOffset LastAt, DateTimeOffset? NumberUntil, ImmutableArray<RememberedCallAnswer> Answers, bool AnswersForgotten)
{
    /// <summary>Version of the snapshot's schema.</summary>
    public const int Schema = 1;

    /// <summary>How many accepted commands are remembered here: more than the life of a usual call has.</summary>
    public const int MostAnswers = 40;

    /// <summary>A call of which nothing is known.</summary>
    public static CallState Empty { get; } = new(null, 0, DateTimeOffset.MinValue, null, [], false);

    /// <summary>What was answered to (actor, request id), as far as it is remembered here.</summary>
    public RememberedCallAnswer? AnswerTo(string actorId, Guid requestId)
    {
        foreach (var one in Answers)
            if (one.RequestId == requestId && one.ActorId == actorId) return one;
        return null;
    }
}
