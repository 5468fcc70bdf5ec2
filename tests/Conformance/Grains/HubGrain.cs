using Orleans.Concurrency;

namespace SnpLive.Tests.Conformance;

[Alias("tests.IListener")]
public interface IListener : IGrainObserver
{
    [Alias("Hear")]
    [OneWay]
    Task Hear(Note note);

    [Alias("Ask")]
    Task<int> Ask(int question);
}

[Alias("tests.IHubGrain")]
public interface IHubGrain : IGrainWithStringKey
{
    [Alias("Join")]
    Task Join(IListener listener);

    /// <summary>Sends so many notes, one way.</summary>
    [Alias("Shout")]
    Task Shout(int times);

    /// <summary>Asks the listener and passes its answer, or its error, on.</summary>
    [Alias("Ask")]
    Task<int> Ask(int question);
}

public sealed class HubGrain : Grain, IHubGrain
{
    private IListener? listener;

    public Task Join(IListener listener)
    {
        this.listener = listener;
        return Task.CompletedTask;
    }

    public Task Shout(int times)
    {
        for (var i = 0; i < times; i++) _ = listener!.Hear(new(i, "shout"));
        return Task.CompletedTask;
    }

    public Task<int> Ask(int question) => listener!.Ask(question);
}

/// <summary>What a web node is to a board.</summary>
public sealed class Listener(Stage stage, string name) : IListener
{
    public List<int> Heard { get; } = [];

    public async Task Hear(Note note)
    {
        await Task.Yield(); // two at once would lose one of them here
        Heard.Add(note.Caller);
        stage.Signal("heard " + name);
    }

    public Task<int> Ask(int question) =>
        question < 0 ? throw new InvalidOperationException("no answer to that") : Task.FromResult(question + 1);
}
