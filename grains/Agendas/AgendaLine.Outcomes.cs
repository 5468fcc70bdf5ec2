using Microsoft.Extensions.Logging;
using SnpLive.Grains.Calls;
using SnpLive.Grains.Ledger;

namespace SnpLive.Grains.Agendas;

/// <summary>What comes of a commit that was not made on its own account.</summary>
internal sealed partial class AgendaLine
{
    /// <summary>A command meets at most: one fencing, one known patient, and the person's places for holds (up to 5).</summary>
    private const int Attempts = 8;

    private void NotAppended(CommitUnderWay commit, CommitResult result)
    {
        var asked = commit.Asked;
        switch (result)
        {
            case CommitResult.Duplicate duplicate:
                // Another activation wrote it: who is told of it must see it, too.
                if (duplicate.First.Stream == commit.Step.Commit.Stream && duplicate.First.Version > settled?.Version) settled = null;
                asked.Answer(AgendaFold.AnswerOf(duplicate.First.Answer));
                break;
            case CommitResult.RequestIdReused:
                asked.Answer(new Refused(Refusal.RequestIdReused));
                break;
            case CommitResult.PersonKnown known when asked.Command is BookSlot book:
                Retry(asked, book with { Surrogate = known.Surrogate, PatientIsKnown = true });
                break;
            // The person holds a slot of another agenda there; the decider says when no place is left.
            case CommitResult.ClaimTaken taken when asked.Command is HoldSlot hold && HoldClaims.Is(taken.Claim):
                Retry(asked, hold with { HoldPlace = ((SlotHeld)commit.Decision.Events[0]).HoldPlace + 1 });
                break;
            case CommitResult.ClaimTaken taken:
                asked.Answer(RefusedBy(taken.Claim));
                break;
            // Another activation wrote: this one is the stale one. It looks again once, and goes.
            case CommitResult.Fenced or CommitResult.PlaceTaken when !asked.WasFenced:
                asked.WasFenced = true;
                LogFenced(log, agendaId, commit.Step.Commit.Version - 1);
                settled = null;
                fenced();
                Retry(asked, asked.Command);
                break;
            // What failed is the ledger: another activation would do no better, and the waiting calls would only be moved about.
            case CommitResult.Fenced or CommitResult.PlaceTaken or CommitResult.Unavailable:
                settled = null;
                asked.Answer(new Refused(Refusal.LedgerUnavailable));
                break;
            case CommitResult.Unknown:
                settled = null;
                asked.Answer(new Refused(Refusal.OutcomeUnknown));
                break;
            default:
                settled = null;
                LogRejected(log, agendaId, (result as CommitResult.Rejected)?.Detail ?? $"{result}");
                asked.Fail(new InvalidOperationException($"The ledger rejects a command to {agendaId}."));
                break;
        }
    }

    private static Refused RefusedBy(ClaimRow claim) =>
        CallStreams.IsBar(claim) ? new(Refusal.CallInEmergency)
        : HoldClaims.Is(claim) ? new(Refusal.HoldExpired)
        : new(Refusal.PatientAlreadyBooked, claim.Until);

    private void Retry(AskedCommand asked, AgendaCommand command)
    {
        asked.Command = command;
        if (++asked.Attempts < Attempts) Again(asked);
        else asked.Fail(new InvalidOperationException($"{command.GetType().Name} on {agendaId} found no end in {Attempts} attempts."));
    }

    [LoggerMessage(1, LogLevel.Warning, "{Agenda} was fenced at version {Version}: another activation wrote. It reloads.")]
    private static partial void LogFenced(ILogger log, string agenda, long version);

    [LoggerMessage(2, LogLevel.Error, "The ledger rejects a command to {Agenda}: {Detail}")]
    private static partial void LogRejected(ILogger log, string agenda, string detail);

    [LoggerMessage(4, LogLevel.Error, "A command to {Agenda} met no answer of the ledger; its outcome is unknown.")]
    private static partial void LogFailed(ILogger log, Exception e, string agenda);
}
