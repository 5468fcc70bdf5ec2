using System.Collections.Immutable;
using Orleans.Runtime;

namespace SnpLive.StandIn;

/// <summary>One call under way: what to invoke, and where its answer goes.</summary>
#pragma warning disable CA1001 // The timer is disposed as soon as the call is answered; calls themselves have no owner to dispose them.
internal abstract class Call(CallPlan plan, GrainId target, object?[] arguments)
#pragma warning restore CA1001
{
    private readonly ImmutableDictionary<string, object>? context = RequestContext.Current;
    private Timer? patience;

    public CallPlan Plan { get; } = plan;

    public GrainId Target { get; } = target;

    public abstract Task Answer { get; }

    /// <summary>Nobody waits for it any more: it is dropped when its turn comes. A one-way call is always worth making.</summary>
    public bool Expired => Answer.IsCompleted;

    /// <summary>Lets the caller give up after a while. The call is not withdrawn: once started, it keeps its turn.</summary>
    public void AnswerWithin(TimeSpan limit)
    {
        patience = new(static state => ((Call)state!).GiveUp(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        patience.Change(limit, Timeout.InfiniteTimeSpan);
        if (Answer.IsCompleted) patience.Dispose(); // answered meanwhile
    }

    /// <returns>The error that the call ended with, after handing it to the caller.</returns>
    public async Task<Exception?> RunAsync(object on)
    {
        try
        {
            RequestContext.Current = context;
            var task = Plan.Invoke(on, arguments);
            await task;
            Succeed(task);
            return null;
        }
        catch (Exception error)
        {
            Fail(error);
            return error;
        }
        finally
        {
            patience?.Dispose();
        }
    }

    public abstract void Fail(Exception error);

    protected abstract void Succeed(Task finished);

    private void GiveUp()
    {
        Fail(new TimeoutException($"{Plan.Name} on {Target} did not answer in time. It may still be carried out."));
        patience?.Dispose();
    }
}

internal sealed class Call<T>(CallPlan plan, GrainId target, object?[] arguments) : Call(plan, target, arguments)
{
    private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override Task Answer => answer.Task;

    public override void Fail(Exception error)
    {
        if (!Plan.OneWay) answer.TrySetException(error); // else nobody would ever observe it
    }

    protected override void Succeed(Task finished)
    {
        var value = finished is Task<T> typed ? typed.Result : default!;
        if (Plan.IsolateResult) value = (T)Isolation.Isolate(value)!;
        answer.TrySetResult(value);
    }
}
