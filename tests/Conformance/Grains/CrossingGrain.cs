using System.Collections.Immutable;
using Orleans.Concurrency;

namespace SnpLive.Tests.Conformance;

/// <summary>A grain whose calls interleave.</summary>
[Alias("tests.ICrossingGrain")]
public interface ICrossingGrain : IGrainWithStringKey
{
    /// <summary>Writes before and after, and waits at a gate in between.</summary>
    [Alias("Pass")]
    Task Pass(string gate);

    /// <summary>Counts up without a wait, many times in many turns.</summary>
    [Alias("Count")]
    Task<int> Count(int times);

    [Alias("Journal")]
    Task<ImmutableArray<string>> Journal();

    [Alias("Context")]
    Task<string?> Context(string name, string gate);

    [Alias("Retire")]
    Task Retire();
}

[Reentrant]
public sealed class CrossingGrain(Stage stage) : Grain, ICrossingGrain
{
    private readonly List<string> journal = [];
    private int count, inside;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stage.Signal($"deactivated {Key} after {string.Join(", ", journal)}");
        return Task.CompletedTask;
    }

    public async Task Pass(string gate)
    {
        journal.Add("before " + gate);
        await stage.PassAsync(gate);
        journal.Add("after " + gate);
    }

    public async Task<int> Count(int times)
    {
        for (var i = 0; i < times; i++)
        {
            if (Interlocked.Increment(ref inside) != 1) throw new InvalidOperationException("Somebody else is inside.");
            var seen = count;
            Thread.SpinWait(50);
            count = seen + 1;
            Interlocked.Decrement(ref inside);
            await Task.Yield();
        }
        return count;
    }

    public Task<ImmutableArray<string>> Journal() => Task.FromResult(journal.ToImmutableArray());

    public async Task<string?> Context(string name, string gate)
    {
        await stage.PassAsync(gate);
        return (string?)RequestContext.Get(name);
    }

    public Task Retire()
    {
        this.DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
