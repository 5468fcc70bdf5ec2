using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Ledger;

namespace SnpLive.Grains.Boards;

/// <inheritdoc cref="IBoardGrain"/>
public sealed class BoardGrain(
    ILedger ledger, BoardOptions options, [FromKeyedServices(Clocks.Domain)] TimeProvider time, ILogger<BoardGrain> log) : Grain, IBoardGrain, IDisposable
{
    private BoardKeeper board = null!;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        board = new(this.GetPrimaryKeyString(), ledger, GrainFactory, options, time, log);
        this.RegisterGrainTimer(Converge, new GrainTimerCreationOptions(options.Convergence, options.Convergence));
        _ = board.Start(); // watchers wait for it, changes do not
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task AgendaChanged(AgendaChange change)
    {
        board.AgendaChanged(change);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task RequestChanged(RequestNews news)
    {
        board.RequestChanged(news);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task TerritoryChanged()
    {
        _ = board.TerritoryChanged(); // beside the turns
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<BoardSnapshot?> Watch(string nodeId, IBoardObserver observer, string? epoch, long seq) => board.Watch(nodeId, observer, epoch, seq);

    /// <inheritdoc/>
    public Task<ImmutableArray<AgendaTurn>> Turns() => board.Turns();

    /// <inheritdoc/>
    public Task Unwatch(string nodeId)
    {
        board.Unwatch(nodeId);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => board?.Dispose();

    private Task Converge(CancellationToken cancellationToken)
    {
        _ = board.Converge(); // beside the turns
        return Task.CompletedTask;
    }
}
