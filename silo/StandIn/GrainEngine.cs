using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace SnpLive.StandIn;

/// <summary>The engine: hands out references, finds or makes the activation of each call, collects idle ones, stops them all.</summary>
public sealed class GrainEngine : IClusterClient, IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<GrainId, Activation> activations = new();
    private readonly GrainClassCatalog classes;
    private Timer? collector;
    private volatile bool stopping;

    internal GrainEngine(IServiceProvider services, ILoggerFactory logs, StandInOptions options, GrainClassCatalog classes)
    {
        Services = services;
        Options = options;
        Log = logs.CreateLogger<GrainEngine>();
        this.classes = classes;
    }

    /// <summary>Grains in memory, for metrics and tests.</summary>
    public int ActivationCount => activations.Count;

    internal IServiceProvider Services { get; }

    internal StandInOptions Options { get; }

    internal ILogger Log { get; }

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        if (grainClassNamePrefix is not null) throw new NotSupportedException("An interface has one grain class here.");
        var grainClass = classes.For(typeof(TGrainInterface));
        var id = GrainId.Create(grainClass.GrainType, IdSpan.Create(primaryKey));
        return (TGrainInterface)(object)GrainReference.ToGrain(typeof(TGrainInterface), this, grainClass, id);
    }

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if ((object)obj is GrainReference) throw new ArgumentException("Argument is already a reference.", nameof(obj));
        if (obj is Grain) throw new ArgumentException("Argument must not be a grain.", nameof(obj));
        var host = new ObserverHost(obj, Options.MaxQueuedCalls, Log);
        return (TGrainObserverInterface)(object)GrainReference.ToObserver(typeof(TGrainObserverInterface), this, host);
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if ((object)obj is not GrainReference { Observer: { } host })
            throw new ArgumentException("Argument is not a reference to an observer.", nameof(obj));
        if (!host.Delete()) throw new ArgumentException("Reference is not associated with a local object.", nameof(obj));
    }

    Task IHostedService.StartAsync(CancellationToken cancellationToken)
    {
        collector = new(_ => CollectIdle(), null, Options.CollectionQuantum, Options.CollectionQuantum);
        return Task.CompletedTask;
    }

    /// <summary>Turns under way end, grains deactivate and may still call grains in memory; calls that had not begun fail.</summary>
    async Task IHostedService.StopAsync(CancellationToken cancellationToken)
    {
        stopping = true;
        if (collector is { } timer) await timer.DisposeAsync();
        while (!activations.IsEmpty && !cancellationToken.IsCancellationRequested)
        {
            var all = activations.Values.ToArray(); // once more if one was just being made
            foreach (var activation in all) activation.Deactivate(new(DeactivationReasonCode.ShuttingDown, "The engine stops."));
            await Task.WhenAll(all.Select(activation => activation.Ended)).WaitAsync(cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => collector?.Dispose();

    internal Task Send(GrainReference to, CallPlan plan, object?[] arguments)
    {
        var call = plan.NewCall(to.Id, arguments);
        try
        {
            if (to.Observer is { } observer) observer.Post(call);
            else Post(to.GrainClass!, call);
        }
        catch (OrleansException error)
        {
            if (plan.OneWay) Log.LogDebug(error, "One-way {Call} on {Grain} was dropped.", plan.Name, to.Id);
            else call.Fail(error);
        }

        if (plan.OneWay) return Task.CompletedTask;
        call.AnswerWithin(Options.ResponseTimeout);
        return call.Answer;
    }

    /// <summary>Called by an activation that has ended and let go of its waiting calls.</summary>
    internal void Replace(Activation ended, List<Call> waiting, Exception? failure)
    {
        if (stopping) failure ??= Stopping();
        if (failure is not null || waiting.Count == 0)
        {
            activations.TryRemove(new(ended.GrainId, ended));
            foreach (var call in waiting) call.Fail(failure!);
            return;
        }

        var successor = new Activation(this, ended.Class, ended.GrainId);
        successor.Inherit(waiting);
        activations[ended.GrainId] = successor;
        successor.Start();
    }

    private static OrleansException Stopping() => new("The engine is stopping.");

    private void Post(GrainClass grainClass, Call call)
    {
        var spin = default(SpinWait);
        while (true)
        {
            if (!activations.TryGetValue(call.Target, out var activation))
            {
                if (stopping) throw Stopping();
                activation = activations.GetOrAdd(
                    call.Target, static (id, made) => new(made.Engine, made.Class, id), (Engine: this, Class: grainClass));
            }

            activation.Start();
            if (activation.TryPost(call)) return;
            spin.SpinOnce(); // it has just ended; its successor will be there in a moment
        }
    }

    private void CollectIdle()
    {
        foreach (var activation in activations.Values) activation.CollectIfIdle();
    }
}
