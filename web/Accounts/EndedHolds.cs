using SnpLive.Web.Sessions;

namespace SnpLive.Web.Accounts;

/// <summary>Gives back holds whose session ended elsewhere: revoked by a coordination, ended from another window or through another node.</summary>
internal sealed class EndedHolds(SessionRegister register, ActorSource actors, HoldRelease holds, AccountOptions options, ILogger<EndedHolds> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.HoldCheck);
        while (await Next(timer, stoppingToken))
        {
            try { await Look(); }
            catch (Exception e) when (e is not OutOfMemoryException) { logger.HoldsNotChecked(e.GetType().Name); }
        }
    }

    /// <summary>Looks at everybody who holds something through this node.</summary>
    internal async Task Look()
    {
        foreach (var me in register.Holders())
            if (await actors.FindEvenLocked(me.Proof) is null) await holds.EndSession(me); // who only locked their screen comes back
    }

    private static async Task<bool> Next(PeriodicTimer timer, CancellationToken stop)
    {
        try { return await timer.WaitForNextTickAsync(stop); }
        catch (OperationCanceledException) { return false; }
    }
}
