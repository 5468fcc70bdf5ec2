using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Requests;
using SnpLive.Web.Commands;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Requests;

/// <summary>Finds requests and sends commands to them.</summary>
/// <remarks>
/// The ledger names a territory's requests by an index; their grains alone say how they stand, so that no state is kept twice.
/// </remarks>
internal sealed class RequestDesk(
    TerritoryCatalogue catalogue, IGrainFactory grains, ILedger ledger, CommandLimits limits, Clock clock, ILogger<RequestDesk> logger)
{
    /// <summary>A request may be open as long as the widest window.</summary>
    private static readonly TimeSpan WidestWindow = TimeSpan.FromHours(48);
    /// <summary>What has ended stays in the list so long: who asked must see what became of it, next morning too.</summary>
    private static readonly TimeSpan ShownAfterEnd = TimeSpan.FromHours(24);

    /// <summary>Requests of some territories that the reader may know of.</summary>
    internal async Task<RequestListView> List(IEnumerable<string> territoryIds, Actor reader)
    {
        var now = clock.Now;
        var streams = await ledger.ReadRequestStreams([.. territoryIds], now - WidestWindow - ShownAfterEnd);
        var requests = await Task.WhenAll(streams.Select(stream => grains.GetGrain<ICareRequestGrain>(stream[CareRequestStreams.Prefix.Length..]).Get()));
        var territories = await catalogue.Read();
        return new(now, [.. requests.OfType<CareRequest>()
            .Where(one => RequestRights.MaySee(reader, one) && !(one.At(now).EndedAt < now - ShownAfterEnd))
            .OrderBy(one => one.Deadline).ThenBy(one => one.CareRequestId, StringComparer.Ordinal)
            .Select(one => RequestView.Of(one, reader, territories, now))]);
    }

    /// <summary>A request that was opened and that the reader may know of; null otherwise.</summary>
    internal async Task<CareRequest?> Find(string id, Actor reader) =>
        Ids.IsCareRequest(id) && await grains.GetGrain<ICareRequestGrain>(id).Get() is { OpenedAt: not null } request && RequestRights.MaySee(reader, request) ? request : null;

    /// <summary>Sends a command; a time-out means unknown, never failed.</summary>
    internal Task<CareRequestAnswer> Send(string id, CareRequestCommand command) =>
        RequestsApi.Send(() => grains.GetGrain<ICareRequestGrain>(id).Execute(command), command.GetType().Name, limits, logger);

    /// <summary>The request as it is after a command that was accepted.</summary>
    internal async Task<RequestView> View(CareRequest request, Actor reader, Guid requestId) => RequestView.Of(request, reader, await catalogue.Read(), clock.Now, requestId);

    /// <summary>The problem that a refusal is; with who looks after the request, when that is why.</summary>
    internal async Task<ProblemHttpResult> Problem(CareRequestAnswer answer) => answer is CareRequestRefused refused
        ? Problems.Problem.Result(RefusalTable.Of(refused.Code),
            ("heldBy", refused.HeldBy is { } organization ? (await catalogue.Read()).OrganizationName(organization) ?? organization : null),
            ("errors", refused.Code == Refusal.RegisteredGpNotStated ? new Dictionary<string, string[]> { ["registeredGp"] = [Messages.Required] } : null))
        : throw new InvalidOperationException($"{answer.GetType().Name} answers another command.");
}
