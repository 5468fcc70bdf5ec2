using SnpLive.Grains.Calls;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Web.Commands;
using SnpLive.Web.Hosting;

namespace SnpLive.Web.Calls;

/// <summary>Sends commands to calls and opens their files. A time-out means unknown, never failed; and no command knows the request's cancellation.</summary>
internal sealed partial class CallDesk(IGrainFactory grains, ICallVault vault, ILedger ledger, Clock clock, CommandLimits limits, ILogger<CallDesk> logger)
{
    /// <summary>How often the next call is looked for when others were faster.</summary>
    private const int Attempts = 8;

    internal DateTimeOffset NotAfter => clock.Now + limits.TimeLimit;

    internal DateTimeOffset Now => clock.Now;

    internal ICallVault Vault => vault;

    /// <summary>Whether it may be the id of a call.</summary>
    internal static bool IsCall(string id) => Ids.IsCareRequest(id) && CallStreams.CentreOf(id) is not null;

    /// <summary>The call, for the people of its centre.</summary>
    internal async Task<CallAt?> Find(string callId, Actor actor) =>
        IsCall(callId) && Centres.IsOfDesk(actor, CallStreams.CentreOf(callId)!) ? await grains.GetGrain<ICallGrain>(callId).Get() : null;

    internal async Task<CallAnswer> Send(string callId, CallCommand command)
    {
        try
        {
            var answer = await grains.GetGrain<ICallGrain>(callId).Execute(command).WaitAsync(limits.AnswerLimit);
            if (command.Actor.Role != Role.System) _ = grains.GetGrain<IDispatchCentreGrain>(CallStreams.CentreOf(callId)!).Seen(CallPerson.Of(command.Actor));
            return answer;
        }
        catch (LedgerUnavailableException)
        {
            return new CallRefused(CallRefusal.LedgerUnavailable);
        }
        catch (Exception unknown) when (unknown is TimeoutException or OrleansException)
        {
            LogUnknown(logger, command.GetType().Name, unknown.GetType().Name);
            return new CallRefused(CallRefusal.OutcomeUnknown);
        }
    }

    /// <summary>
    /// The next call: the centre proposes by its order, the call decides. A repeat finds the call of the first time, since the ledger knows the request id.
    /// </summary>
    internal async Task<CallAnswer> TakeNext(string centreId, string? level, Guid requestId, Actor actor)
    {
        var centre = grains.GetGrain<IDispatchCentreGrain>(centreId);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await centre.PickNext(actor, level).WaitAsync(limits.AnswerLimit) is not { } callId) break;
            var answer = await Send(callId, new TakeCall(Next: true) { RequestId = requestId, Actor = actor, NotAfter = NotAfter });
            if (answer is not CallRefused { Code: CallRefusal.CallTaken or CallRefusal.CallClosed or CallRefusal.CallInEmergency or CallRefusal.NotAllowed }) return answer;
        }
        // Of a repeat of this very command the ledger knows the answer; anything else under its id is not it.
        return await ledger.FindAnswer(actor.Id, requestId) is { } first && first.Stream.StartsWith(CallStreams.Stream(centreId + "."), StringComparison.Ordinal)
            ? CallFold.AnswerOf(first.Answer)
            : new CallRefused(CallRefusal.QueueEmpty);
    }

    [LoggerMessage(70, LogLevel.Warning, "{Command} to a call: outcome unknown ({Kind}).")]
    private static partial void LogUnknown(ILogger logger, string command, string kind);
}
