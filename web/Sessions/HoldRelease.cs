using SnpLive.Grains.Agendas;
using SnpLive.Web.Commands;

namespace SnpLive.Web.Sessions;

/// <summary>Ends a session and gives its holds back, so that nobody waits for someone who has left.</summary>
internal sealed class HoldRelease(SessionRegister register, AgendaCommands agendas, ILogger<HoldRelease> logger)
{
    internal async Task EndSession(SignedIn me)
    {
        var holds = register.End(me.SessionId);
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
    [LoggerMessage(10, LogLevel.Warning, "{Count} hold(s) could not be released at sign-out; they end by their own time.")]
    internal static partial void HoldsNotReleased(this ILogger logger, int count);
}
