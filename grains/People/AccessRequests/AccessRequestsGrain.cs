using Microsoft.Extensions.DependencyInjection;

namespace SnpLive.Grains.People.AccessRequests;

/// <summary>The requests for access that a territory's coordination has not answered; key: the territory's id.</summary>
[Alias("snp.IAccessRequestsGrain")]
public interface IAccessRequestsGrain : IGrainWithStringKey
{
    /// <summary>Those that wait.</summary>
    [Alias("Get")] Task<AccessRequestsState> Get();

    /// <summary>Takes one; false: there are too many.</summary>
    [Alias("Ask")] Task<bool> Ask(AccessRequest request);

    /// <summary>Forgets one that was answered.</summary>
    [Alias("Settle")] Task Settle(string id);
}

/// <inheritdoc cref="IAccessRequestsGrain"/>
public sealed class AccessRequestsGrain(
    [PersistentState("access-requests", Documents.Storage)] IPersistentState<AccessRequestsState> document,
    AccessRequestLimits limits,
    [FromKeyedServices(Clocks.Domain)] TimeProvider time) : DocumentGrain<AccessRequestsState>(document), IAccessRequestsGrain
{
    /// <inheritdoc/>
    public async Task<AccessRequestsState> Get()
    {
        await Keep(AccessRequestDecider.Waiting(State, limits, time.GetUtcNow()));
        return State;
    }

    /// <inheritdoc/>
    public async Task<bool> Ask(AccessRequest request)
    {
        var next = AccessRequestDecider.Ask(State, request, limits, time.GetUtcNow());
        var taken = !ReferenceEquals(next, State);
        await Keep(next);
        return taken;
    }

    /// <inheritdoc/>
    public Task Settle(string id) => Keep(AccessRequestDecider.Settle(State, id));
}
