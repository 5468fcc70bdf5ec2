using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Territories.Grants;

/// <summary>What the territory's grain does about grants: loads, decides, appends, applies, in that order.</summary>
internal sealed partial class GrantKeeper(string territoryId, ILedger ledger, GrantOptions options, TimeProvider time, ILogger log)
{
    /// <summary>A command meets at most one fencing.</summary>
    private const int Attempts = 3;

    private GrantBook? book;

    /// <summary>The grants as they are.</summary>
    internal async Task<GrantBook> Book() => book ??= GrantCommit.Load(await ledger.Read(GrantCommit.Stream(territoryId)));

    /// <summary>Follows the territory's file; whether anything changed.</summary>
    internal async Task<bool> Import(ImmutableArray<Grant> file, string timeZone)
    {
        var before = (await Book()).Version;
        var answer = await Append(GrantAsked.Import(), timeZone, book => new(GrantDecider.Import(book, file), new GrantsChanged([])));
        if (answer is GrantsRefused refused) throw new LedgerUnavailableException($"The grants of {territoryId} were not kept: {refused.Code}.");
        return (await Book()).Version != before;
    }

    /// <summary>Decides a command and makes it durable.</summary>
    internal async Task<GrantAnswer> Execute(GrantCommand command, GrantScope scope, string timeZone)
    {
        var asked = GrantAsked.Of(command);
        var answer = await Append(asked, timeZone, book => GrantDecider.Decide(book, command, scope, time.GetUtcNow()));
        // A repeat must not be refused for what it did itself.
        return answer is GrantsRefused && await ledger.FindAnswer(command.Actor.Id, command.RequestId) is { } first ? GrantCommit.AnswerOf(first, asked) : answer;
    }

    /// <summary>The agendas know: the wake-up of the last change need not come.</summary>
    internal async Task Spread()
    {
        if (book is { Version: > 0 } known) await ledger.ClearDue([GrantCommit.SpreadOf(known, territoryId, options)]);
    }

    private async Task<GrantAnswer> Append(GrantAsked asked, string timeZone, Func<GrantBook, GrantDecision> decide)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var before = await Book();
            var decision = decide(before);
            if (decision.Events.IsEmpty) return decision.Answer;
            var (commit, after) = GrantCommit.Build(before, territoryId, timeZone, asked, decision.Events, decision.Answer, time.GetUtcNow(), options);
            switch (await ledger.Append(commit))
            {
                case CommitResult.Appended:
                    book = after;
                    return decision.Answer;
                case CommitResult.Duplicate duplicate:
                    return GrantCommit.AnswerOf(duplicate.First, asked);
                case CommitResult.RequestIdReused:
                    return new GrantsRefused(GrantRefusal.RequestIdReused);
                case var other:
                    LogNotAppended(log, territoryId, other.GetType().Name);
                    book = null;
                    if (other is CommitResult.Unknown) return new GrantsRefused(GrantRefusal.OutcomeUnknown);
                    if (other is not CommitResult.Fenced) return new GrantsRefused(GrantRefusal.LedgerUnavailable);
                    break; // another activation wrote: once more on what is there now
            }
        }
        return new GrantsRefused(GrantRefusal.LedgerUnavailable);
    }

    [LoggerMessage(1, LogLevel.Warning, "A change of the grants of {Territory} was not appended: {Result}.")]
    private static partial void LogNotAppended(ILogger log, string territory, string result);
}
