using SnpLive.Grains.Ledger;

namespace SnpLive.Grains.Agendas;

/// <summary>A command that somebody waits for.</summary>
/// <param name="command">What is asked; a retry may change it.</param>
/// <param name="arrival">Its place in the order of arrival, kept however often it is decided.</param>
internal sealed class AskedCommand(AgendaCommand command, long arrival)
{
    // Whoever waits goes on later, never in the middle of settling.
    private readonly TaskCompletionSource<AgendaAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AgendaCommand Command { get; set; } = command;
    public long Arrival { get; } = arrival;
    /// <summary>Commits that were refused on its own account and tried again.</summary>
    public int Attempts { get; set; }
    public bool WasFenced { get; set; }
    public Task<AgendaAnswer> Answered => answer.Task;

    public void Answer(AgendaAnswer decided) => answer.TrySetResult(decided);

    public void Fail(Exception error) => answer.TrySetException(error);
}

/// <summary>A decision with nothing to write: it holds once that on which it was decided is durable.</summary>
/// <param name="Asked">The command.</param>
/// <param name="On">The state on which it was decided.</param>
/// <param name="Decided">The answer then.</param>
internal readonly record struct UnwrittenAnswer(AskedCommand Asked, AgendaState On, AgendaAnswer Decided);

/// <summary>A commit that was sent to the ledger and is not settled.</summary>
internal sealed class CommitUnderWay(AskedCommand asked, AgendaStep step, AgendaDecision decision, Task<CommitResult> append)
{
    private TaskCompletionSource? settled;

    public AskedCommand Asked { get; } = asked;
    public AgendaStep Step { get; } = step;
    public AgendaDecision Decision { get; } = decision;
    public Task<CommitResult> Append { get; } = append;
    /// <summary>The ledger's answer; null until it is there.</summary>
    public CommitResult? Result { get; set; }
    /// <summary>Decisions on this commit's state with nothing to write.</summary>
    public List<UnwrittenAnswer> Behind { get; } = [];
    /// <summary>Completes when it and all before it are settled, whatever came of it.</summary>
    public Task Settled => (settled ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void End() => settled?.TrySetResult();
}
