using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Calls;

/// <summary>The shell around <see cref="CallDecider"/>: loads, decides, appends, applies, answers, tells its centre — in that order.</summary>
public sealed partial class CallGrain(ILedger ledger, [FromKeyedServices(Clocks.Domain)] TimeProvider time, ILogger<CallGrain> log) : Grain, ICallGrain
{
    /// <summary>A command meets at most one fencing and one open file of the same number.</summary>
    private const int Attempts = 4;
    /// <summary>Commands between snapshots.</summary>
    private const int SnapshotEvery = 50;
    private static readonly TimeSpan WakeTimeLimit = TimeSpan.FromSeconds(30);

    private CallState? state;

    private string Id => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public async Task<CallAnswer> Execute(CallCommand command)
    {
        try
        {
            if (command is RingCall { SentBackFrom: { } from } && await GrainFactory.GetGrain<ICallGrain>(from).Get() is not { Call.Status: CallStatus.Emergency })
                return new CallRefused(CallRefusal.CallNotInEmergency);
            return await DecideAndAppend(command);
        }
        catch (LedgerUnavailableException) { return new CallRefused(CallRefusal.LedgerUnavailable); }
    }

    /// <inheritdoc/>
    public async Task<CallAt?> Get() => await Loaded() is { Call: { } call, Version: var version } ? new(call, version) : null;

    /// <inheritdoc/>
    public async Task<CallRefused?> WhyNotBookable(Actor actor) =>
        (await Loaded()).Call is { } call ? CallDecider.WhyNotBookable(call, actor, time.GetUtcNow()) : new(CallRefusal.CallUnknown);

    /// <inheritdoc/>
    public async Task Wake(string cause)
    {
        state = null; // a stale activation must not find that there is nothing to do: the wake-up would be gone
        var before = await Loaded();
        if (before.Call is null) return; // a booking that named a call nobody knows
        var answer = await DecideAndAppend(CallStreams.CommandOf(Id, cause, before.Version, time.GetUtcNow() + WakeTimeLimit));
        if (answer is CallRefused refused) throw new InvalidOperationException($"'{cause}' was refused by a call: {refused.Code}.");
    }

    private async Task<CallAnswer> DecideAndAppend(CallCommand command)
    {
        command = WithFileKey(command);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var before = await Loaded();
            if (before.AnswerTo(command.Actor.Id, command.RequestId) is { } first) return FirstAnswer(command, first.Fingerprint, first.Answer);
            var outcome = CallDecider.Decide(before, Id, command, time.GetUtcNow());
            if (outcome.Refused is not null || outcome.Events.IsEmpty)
                return await Unwritten(before, command, (CallAnswer?)outcome.Refused ?? CallCommit.Done(before.Call!, before.Version));
            var step = CallCommit.Build(before, Id, command, outcome);
            switch (await ledger.Append(step.Commit))
            {
                case CommitResult.Appended:
                    Accept(step);
                    return step.After.Answers[^1].Answer;
                case CommitResult.Duplicate duplicate:
                    return CallFold.AnswerOf(duplicate.First.Answer);
                case CommitResult.RequestIdReused:
                    return new CallRefused(CallRefusal.RequestIdReused);
                case CommitResult.ClaimTaken taken when CallStreams.IsNumber(taken.Claim):
                    command = JoinTo(command, taken.Claim.Owner);
                    break;
                case CommitResult.Fenced:
                    LogFenced(log, Id, before.Version);
                    state = null;
                    DeactivateOnIdle(); // another activation writes: this one looks once more, and goes
                    break;
                case CommitResult.Unknown:
                    state = null;
                    return new CallRefused(CallRefusal.OutcomeUnknown);
                case CommitResult.Unavailable:
                    state = null;
                    return new CallRefused(CallRefusal.LedgerUnavailable);
                case var other:
                    state = null;
                    LogNotAppended(log, Id, other.GetType().Name);
                    throw new InvalidOperationException($"The ledger does not take a {command.GetType().Name}: {other.GetType().Name}.");
            }
        }
        return new CallRefused(CallRefusal.LedgerUnavailable);
    }

    private static CallCommand WithFileKey(CallCommand command) => command switch
    {
        RingCall ring => ring with { FileKey = NewKey() },
        HearPhone hear => hear with { Begin = hear.Begin with { FileKey = NewKey() } },
        _ => command,
    };

    private static string NewKey() => CallStreams.FilePrefix + Guid.NewGuid().ToString("N");

    private static CallCommand JoinTo(CallCommand command, string open) => command switch
    {
        RingCall ring => ring with { JoinTo = open },
        HearPhone hear => hear with { Begin = hear.Begin with { JoinTo = open } },
        _ => throw new InvalidOperationException($"{command.GetType().Name} takes no number."),
    };

    private CallAnswer FirstAnswer(CallCommand command, string fingerprint, CallAnswer answer) =>
        fingerprint == CallFingerprint.Of(Id, command) ? answer : new CallRefused(CallRefusal.RequestIdReused);

    // A repeat must not be refused for what it did itself: of one that the state has forgotten, or that another call answered (“the next one”), the ledger knows.
    private async Task<CallAnswer> Unwritten(CallState before, CallCommand command, CallAnswer answer)
    {
        if (!before.AnswersForgotten && command is not TakeCall { Next: true }) return answer;
        var first = await ledger.FindAnswer(command.Actor.Id, command.RequestId);
        return first is null ? answer : FirstAnswer(command, first.Fingerprint, CallFold.AnswerOf(first.Answer));
    }

    private void Accept(CallStepForward step)
    {
        state = step.After;
        var call = step.After.Call!;
        _ = GrainFactory.GetGrain<IDispatchCentreGrain>(call.Rules.CentreId).CallChanged(CallPicture.Of(call, step.After.Version));
        if (step.After.Version % SnapshotEvery == 0) _ = KeepSnapshot(step.After);
    }

    private async Task KeepSnapshot(CallState kept)
    {
        try { await ledger.SaveSnapshot(CallStreams.Stream(Id), CallFold.ToSnapshot(kept)); }
        catch (LedgerUnavailableException e) { LogNoSnapshot(log, e, Id); }
    }

    private async Task<CallState> Loaded() => state ??= CallFold.Load(await ledger.Read(CallStreams.Stream(Id)));

    [LoggerMessage(1, LogLevel.Warning, "{Call} was fenced at version {Version}: another activation wrote. It reloads.")]
    private static partial void LogFenced(ILogger log, string call, long version);

    [LoggerMessage(2, LogLevel.Error, "A command to {Call} was not appended: {Result}.")]
    private static partial void LogNotAppended(ILogger log, string call, string result);

    [LoggerMessage(3, LogLevel.Warning, "No snapshot of {Call} was kept; the next activation folds more.")]
    private static partial void LogNoSnapshot(ILogger log, Exception e, string call);
}
