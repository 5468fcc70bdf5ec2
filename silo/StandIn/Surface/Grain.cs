using Orleans.Runtime;
using SnpLive.StandIn;

namespace Orleans;

public interface IGrainBase
{
    IGrainContext GrainContext { get; }

    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}

public abstract class Grain : IGrainBase, IAddressable
{
    protected Grain() => Activation = GrainConstructor.Owner
        ?? throw new InvalidOperationException("Grain was created outside of the engine.");

    public IGrainContext GrainContext => Activation;

    internal Activation Activation { get; }

    protected IGrainFactory GrainFactory => Activation.Engine;

    protected internal IServiceProvider ServiceProvider => Activation.ActivationServices;

    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    protected void DelayDeactivation(TimeSpan timeSpan) => Activation.DelayDeactivation(timeSpan);
}
