using SnpLive.Grains.Agendas;
using SnpLive.Grains.Calls;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Notifications;
using SnpLive.Grains.Requests;
using SnpLive.Grains.Territories;
using SnpLive.Silo.Ledger;

namespace SnpLive.Silo.Hosting;

/// <summary>Gives a due row to the grain whose stream it names.</summary>
internal sealed class GrainWaker(IGrainFactory grains) : IDueHandler
{
    public Task Wake(DueRow due)
    {
        var (kind, key) = due.Stream.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            ? (due.Stream[..slash], due.Stream[(slash + 1)..])
            : throw new InvalidOperationException($"'{due.Stream}' names no grain.");
        return kind switch
        {
            "agenda" => grains.GetGrain<IAgendaGrain>(key).Wake(due.Cause),
            "call" => grains.GetGrain<ICallGrain>(key).Wake(due.Cause),
            "notify" => grains.GetGrain<INoticeGrain>(key).Wake(due.Cause),
            "request" => grains.GetGrain<ICareRequestGrain>(key).Wake(due.Cause),
            "territory" => grains.GetGrain<ITerritoryGrain>(key).Wake(due.Cause),
            _ => throw new InvalidOperationException($"No grain keeps streams of '{kind}'."),
        };
    }
}
