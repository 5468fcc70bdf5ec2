using SnpLive.Grains.Agendas;
using SnpLive.Web.Commands;

namespace SnpLive.Web.Sessions;

/// <summary>Ends a session and gives its holds back, so that nobody waits for someone who has left.</summary>
internal sealed class HoldRelease(SessionRegister register, AgendaCommands agendas, ILogger<HoldRelease> logger)
{
    internal async Task EndSession(SignedIn me)
    {
        await ReleaseAll(me, register.End(me.SessionId));
    }

    /// <summary>Gives back what was in hand when the emergency exit was taken; what was held later is another patient's.</summary>
    internal async Task EndInHand(SignedIn me, DateTimeOffset raisedAt)
    {
        var holds = register.GrantedUntil(me.SessionId, raisedAt);
        await ReleaseAll(me, holds);
        foreach (var id in holds) register.Spent(me.SessionId, id);
    }

    /// <summary>Gives back what a session has in hand through this node; the session goes on.</summary>
    internal async Task GiveBack(string sessionId)
    {
        if (register.HolderOf(sessionId) is { } me) await EndInHand(me, DateTimeOffset.MaxValue);
    }

    private async Task ReleaseAll(SignedIn me, IReadOnlyList<string> holds)
    {
        if (holds.Count == 0) return;
        var answers = await Task.WhenAll(holds.Select(id => Release(me, id)));
        var failed = answers.Count(answer => answer is Refused { Code: Refusal.LedgerUnavailable or Refusal.OutcomeUnknown });
        if (failed > 0) logger.HoldsNotReleased(failed);
    }

    /// <summary>Gives one hold back.</summary>
    internal Task<AgendaAnswer> Release(SignedIn me, string holdId) =>
        agendas.Send(Ids.AgendaOf(holdId)!, new ReleaseHold(holdId) { RequestId = Guid.NewGuid(), Actor = me.Actor, NotAfter = agendas.NotAfter });
}

internal static partial class SessionLog
{
    [LoggerMessage(10, LogLevel.Warning, "{Count} hold(s) could not be released at sign-out or emergency; they end by their own time.")]
    internal static partial void HoldsNotReleased(this ILogger logger, int count);
}
