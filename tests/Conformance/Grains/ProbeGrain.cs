using System.Collections.Immutable;
using Orleans.Concurrency;

namespace SnpLive.Tests.Conformance;

[GenerateSerializer, Immutable, Alias("tests.Note")]
public sealed record Note([property: Id(0)] int Caller, [property: Id(1)] string Text);

/// <summary>Shows turns, time-outs, errors and what travels with a call. Its journal tells what ran when.</summary>
[Alias("tests.IProbeGrain")]
public interface IProbeGrain : IGrainWithStringKey
{
    [Alias("Write")]
    Task<int> Write(Note note);

    [Alias("Journal")]
    [ReadOnly]
    Task<ImmutableArray<Note>> Journal();

    /// <summary>Writes before and after, and waits at a gate in between.</summary>
    [Alias("Pass")]
    Task Pass(string gate);

    /// <summary>A query that the caller may give up; commands take no token.</summary>
    [Alias("Watch")]
    [ReadOnly]
    Task Watch(string gate, CancellationToken cancellationToken);

    [Alias("Tell")]
    [OneWay]
    Task Tell(string gate);

    [Alias("TellWrong")]
    [OneWay]
    Task TellWrong();

    [Alias("Take")]
    Task<bool> Take(string slot);

    [Alias("Fail")]
    Task Fail(string how);

    [Alias("Incarnation")]
    Task<Guid> Incarnation();

    [Alias("Retire")]
    Task Retire();

    [Alias("Context")]
    Task<string?> Context(string name);

    [Alias("ContextBeyond")]
    Task<string?> ContextBeyond(string name, string otherProbe);

    [Alias("Keep")]
    Task Keep(int[] values);

    [Alias("Kept")]
    Task<int[]> Kept();

    [Alias("KeyAndSelf")]
    Task<string> KeyAndSelf();
}

public sealed class ProbeGrain(Stage stage) : Grain, IProbeGrain
{
    private readonly Guid incarnation = Guid.NewGuid();
    private readonly List<Note> journal = [];
    private readonly HashSet<string> taken = [];
    private int[] kept = [];
    private int inside;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        stage.Signal("activated " + Key);
        if (stage.TakeRefusal(Key)) throw new InvalidOperationException("does not want to wake up");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stage.Signal("deactivated " + Key);
        stage.Signal($"deactivated {Key} {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task<int> Write(Note note)
    {
        journal.Add(note);
        return Task.FromResult(journal.Count);
    }

    public Task<ImmutableArray<Note>> Journal() => Task.FromResult(journal.ToImmutableArray());

    public async Task Pass(string gate)
    {
        journal.Add(new(0, "before " + gate));
        await stage.PassAsync(gate);
        journal.Add(new(0, "after " + gate));
    }

    public async Task Watch(string gate, CancellationToken cancellationToken)
    {
        stage.Signal("at " + gate);
        await Task.Delay(Stage.Patience, cancellationToken);
    }

    public Task Tell(string gate) => Pass(gate);

    public Task TellWrong() => throw new InvalidOperationException("nobody hears this");

    public async Task<bool> Take(string slot)
    {
        if (Interlocked.Increment(ref inside) != 1) throw new InvalidOperationException("Somebody else is inside.");
        var free = !taken.Contains(slot);
        await Task.Yield(); // gives others every chance to come between
        await Task.Delay(free ? 5 : 0);
        if (free) taken.Add(slot);
        Interlocked.Decrement(ref inside);
        return free;
    }

    public async Task Fail(string how)
    {
        if (how == "at once") throw new InvalidOperationException(how);
        await Task.Yield();
        throw new ArgumentOutOfRangeException(nameof(how), how);
    }

    public Task<Guid> Incarnation() => Task.FromResult(incarnation);

    public Task Retire()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<string?> Context(string name)
    {
        var seen = RequestContext.Get(name) as string;
        RequestContext.Set(name, "changed by the grain");
        return Task.FromResult(seen);
    }

    public Task<string?> ContextBeyond(string name, string otherProbe) => GrainFactory.GetGrain<IProbeGrain>(otherProbe).Context(name);

    public Task Keep(int[] values)
    {
        kept = values;
        return Task.CompletedTask;
    }

    public Task<int[]> Kept() => Task.FromResult(kept);

    public Task<string> KeyAndSelf() => Task.FromResult($"{Key} {this.AsReference<IProbeGrain>().GetPrimaryKeyString()}");
}
