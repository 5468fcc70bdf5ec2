using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;

namespace SnpLive.Grains.Requests;

/// <summary>The shell around <see cref="CareRequestDecider"/>.</summary>
public sealed partial class CareRequestGrain(
    ILedger ledger, [FromKeyedServices(Clocks.Domain)] TimeProvider time, ILogger<CareRequestGrain> log) : Grain, ICareRequestGrain
{
    private CareRequestState? state;

    private string Id => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public async Task<CareRequestAnswer> RecordUnserved(RecordUnserved command)
    {
        try { return (await DecideAndAppend(s => CareRequestDecider.RecordUnserved(s, Id, command, time.GetUtcNow())))!; }
        catch (LedgerUnavailableException) { return new CareRequestRefused(Refusal.LedgerUnavailable); }
    }

    /// <inheritdoc/>
    public async Task<CareRequest?> Get() => (await Loaded()).Request;

    /// <inheritdoc/>
    public async Task Wake(string cause)
    {
        var booking = Wakes.ServedBooking(cause) ?? throw new ArgumentException($"A care request is not woken for '{cause}'.", nameof(cause));
        if (await DecideAndAppend(s => CareRequestDecider.Served(s, booking, time.GetUtcNow())) is CareRequestRefused refused)
            throw new InvalidOperationException($"{Id} could not learn of its booking: {refused.Code}.");
    }

    // The first look may be fenced by another activation; the second is decided on what that one wrote.
    private async Task<CareRequestAnswer?> DecideAndAppend(Func<CareRequestState, CareRequestDecision> decide)
    {
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            var before = await Loaded();
            var decision = decide(before);
            if (decision.Events.IsEmpty) return decision.Answer;
            var step = CareRequestFold.Build(before, Id, decision);
            var result = await ledger.Append(step.Commit);
            if (result is CommitResult.Appended)
            {
                state = step.After;
                return decision.Answer;
            }
            if (result is CommitResult.Duplicate duplicate) return CareRequestFold.AnswerOf(duplicate.First.Answer);
            if (result is CommitResult.RequestIdReused) return new CareRequestRefused(Refusal.RequestIdReused);
            LogNotAppended(log, Id, result.GetType().Name);
            state = null;
            if (result is CommitResult.Fenced) DeactivateOnIdle(); // another activation writes: this one goes
            if (result is CommitResult.Unknown) return new CareRequestRefused(Refusal.OutcomeUnknown);
            if (result is not CommitResult.Fenced) break;
        }
        return new CareRequestRefused(Refusal.LedgerUnavailable);
    }

    private async Task<CareRequestState> Loaded() => state ??= CareRequestFold.Load(await ledger.Read(CareRequestStreams.Stream(Id)));

    [LoggerMessage(1, LogLevel.Warning, "A command to care request {Request} was not appended: {Result}.")]
    private static partial void LogNotAppended(ILogger log, string request, string result);
}
