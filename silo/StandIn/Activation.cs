using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Core;
using Orleans.Runtime;
using Orleans.Storage;

namespace SnpLive.StandIn;

/// <summary>
/// One grain in memory: a queue, and one loop that gives each message its turn, on a scheduler that runs one thing at a time, so
/// that the continuations of grain code never run side by side either. In a reentrant grain a call's turn ends where it first awaits.
/// </summary>
internal sealed class Activation(GrainEngine engine, GrainClass grainClass, GrainId grainId) : IGrainContext
{
    /// <summary>After so many turns without a pause, the thread goes to somebody else: a busy grain starves no other.</summary>
    private const int TurnsInARow = 128;

    private readonly Channel<Turn> queue = Channel.CreateUnbounded<Turn>(new() { SingleReader = true });
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<ActivationTimer> timers = [];
    private AsyncServiceScope? scope;
    private Grain? grain;
    private Retirement? retirement;
    private long keepUntil;
    private int started;
    private int pendingCalls;
    private int callsUnderWay;
    private TaskCompletionSource? lastCall;

    public GrainEngine Engine => engine;

    public GrainClass Class => grainClass;

    public GrainId GrainId => grainId;

    public IServiceProvider ActivationServices => scope!.Value.ServiceProvider;

    public Task Ended => ended.Task;

    private bool Idle => Volatile.Read(ref pendingCalls) == 0 && Environment.TickCount64 >= Volatile.Read(ref keepUntil);

    public void Start()
    {
        if (Volatile.Read(ref started) != 0 || Interlocked.Exchange(ref started, 1) != 0) return;
        Touch();
        var turns = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 1, maxItemsPerTask: 16).ExclusiveScheduler;
        using (ExecutionContext.SuppressFlow())
            _ = Task.Factory.StartNew(LiveAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, turns);
    }

    /// <returns>False when the activation has ended: its successor takes the call.</returns>
    public bool TryPost(Call call)
    {
        if (Interlocked.Increment(ref pendingCalls) <= engine.Options.MaxQueuedCalls)
        {
            if (queue.Writer.TryWrite(new(call))) return true;
            Interlocked.Decrement(ref pendingCalls);
            return false;
        }

        var waiting = Interlocked.Decrement(ref pendingCalls);
        throw new OrleansException($"{grainId} is overloaded: {waiting} calls wait.");
    }

    /// <summary>Takes over, before it is known to anyone, the calls that its predecessor had not begun.</summary>
    public void Inherit(IEnumerable<Call> calls)
    {
        foreach (var call in calls)
        {
            pendingCalls++;
            queue.Writer.TryWrite(new(call));
        }
    }

    public void PostTick(ActivationTimer timer, int generation) => queue.Writer.TryWrite(new(timer, generation));

    /// <summary>Ends the activation after the turn under way.</summary>
    public void Deactivate(DeactivationReason reason)
    {
        Interlocked.CompareExchange(ref retirement, new(reason), null);
        queue.Writer.TryWrite(default);
    }

    /// <summary>The loop decides, between turns, so that no call can begin meanwhile.</summary>
    public void CollectIfIdle()
    {
        if (Idle) queue.Writer.TryWrite(Turn.IdleCheck);
    }

    public void Touch() => DelayDeactivation(engine.Options.CollectionAge);

    public void DelayDeactivation(TimeSpan span)
    {
        var until = Environment.TickCount64 + (long)span.TotalMilliseconds;
        if (until > Volatile.Read(ref keepUntil)) Volatile.Write(ref keepUntil, until);
    }

    public ActivationTimer AddTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var timer = new ActivationTimer(this, callback, options);
        timers.Add(timer);
        return timer;
    }

    public void Forget(ActivationTimer timer) => timers.Remove(timer);

    public object ReferenceAs(Type grainInterface) => grainInterface.IsAssignableFrom(grainClass.Type)
        ? GrainReference.ToGrain(grainInterface, engine, grainClass, grainId)
        : throw new ArgumentException($"{grainClass.Type} does not implement {grainInterface}.");

    private async Task LiveAsync()
    {
        Exception? failure = null;
        try
        {
            await ActivateAsync();
            await TakeTurnsAsync();
            await FinishCallsAsync();
            await DeactivateAsync();
        }
        catch (Exception error)
        {
            failure = error;
            engine.Log.LogError(error, "{Grain} could not start.", grainId);
        }

        await DisposeScopeAsync();
        End(failure);
    }

    private async Task ActivateAsync()
    {
        scope = engine.Services.CreateAsyncScope();
        List<IStorage> states = [];
        grain = grainClass.Constructor.Create(this, states);
        foreach (var state in states) await state.ReadStateAsync();
        using var limit = new CancellationTokenSource(engine.Options.ActivationTimeout);
        await grain.OnActivateAsync(limit.Token);
    }

    private async Task TakeTurnsAsync()
    {
        for (var turns = 1; retirement is null; turns++)
        {
            if (turns % TurnsInARow == 0) await Task.Yield();
            if (!queue.Reader.TryRead(out var turn))
            {
                await queue.Reader.WaitToReadAsync();
                continue;
            }

            if (turn.Call is { } call) await (grainClass.IsReentrant ? BeginCall(call) : TakeCallAsync(call));
            else if (turn.Timer is { } timer) await TakeTickAsync(timer, turn.Generation);
            else if (turn.ChecksIdle && Idle) Deactivate(new(DeactivationReasonCode.ActivationIdle, "Idle for the collection age."));
        }
    }

    /// <summary>Runs a call as far as it goes; the rest of it is left to itself.</summary>
    private Task BeginCall(Call call)
    {
        callsUnderWay++;
        _ = FinishAsync();
        return Task.CompletedTask;

        async Task FinishAsync()
        {
            await TakeCallAsync(call);
            if (--callsUnderWay == 0) lastCall?.SetResult();
        }
    }

    /// <summary>What a reentrant grain has begun ends before the grain does.</summary>
    private async Task FinishCallsAsync()
    {
        if (callsUnderWay == 0) return;
        lastCall = new();
        await lastCall.Task;
    }

    private async Task TakeCallAsync(Call call)
    {
        if (!call.Expired)
        {
            Touch();
            var error = await call.RunAsync(grain!);
            if (error is InconsistentStateException { IsSourceActivation: true } stale)
            {
                stale.IsSourceActivation = false;
                Deactivate(new(DeactivationReasonCode.ApplicationError, stale, "The stored state was changed by somebody else."));
            }

            if (error is not null && call.Plan.OneWay)
                engine.Log.LogWarning(error, "One-way {Call} on {Grain} failed.", call.Plan.Name, grainId);
        }

        Interlocked.Decrement(ref pendingCalls);
    }

    private async Task TakeTickAsync(ActivationTimer timer, int generation)
    {
        try
        {
            await timer.TickAsync(generation);
        }
        catch (Exception error)
        {
            engine.Log.LogWarning(error, "A timer of {Grain} failed; it goes on.", grainId);
        }
    }

    private async Task DeactivateAsync()
    {
        foreach (var timer in timers.ToArray()) timer.Dispose();
        try
        {
            using var limit = new CancellationTokenSource(engine.Options.ActivationTimeout);
            await grain!.OnDeactivateAsync(retirement!.Reason, limit.Token);
        }
        catch (Exception error)
        {
            engine.Log.LogWarning(error, "OnDeactivateAsync of {Grain} failed.", grainId);
        }
    }

    private async Task DisposeScopeAsync()
    {
        try
        {
            if (scope is { } services) await services.DisposeAsync();
        }
        catch (Exception error)
        {
            engine.Log.LogWarning(error, "The services of {Grain} could not be disposed.", grainId);
        }
    }

    /// <summary>
    /// From here on no call gets in; callers that find the door closed look again until the engine has put the successor in place,
    /// which inherits the waiting calls in their order. There is no await between the two.
    /// </summary>
    private void End(Exception? failure)
    {
        queue.Writer.Complete();
        List<Call> waiting = [];
        while (queue.Reader.TryRead(out var turn))
            if (turn.Call is { } call)
                waiting.Add(call);
        engine.Replace(this, waiting, failure);
        ended.SetResult();
    }

    /// <summary>A class, so that the first reason to retire wins by one exchange.</summary>
    private sealed record Retirement(DeactivationReason Reason);

    /// <summary>What waits in the queue: a call, a tick, or (both null) a reason to look up.</summary>
    private readonly record struct Turn(Call? Call, ActivationTimer? Timer = null, int Generation = 0, bool ChecksIdle = false)
    {
        public static readonly Turn IdleCheck = new(null, ChecksIdle: true);

        public Turn(ActivationTimer timer, int generation) : this(null, timer, generation)
        {
        }
    }
}
