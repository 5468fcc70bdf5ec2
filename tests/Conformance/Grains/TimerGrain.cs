using System.Collections.Immutable;

namespace SnpLive.Tests.Conformance;

[Alias("tests.ITimerGrain")]
public interface ITimerGrain : IGrainWithStringKey
{
    /// <summary>Starts the one timer of this grain, or changes it.</summary>
    [Alias("Arm")]
    Task Arm(int dueMilliseconds, int periodMilliseconds);

    /// <summary>Starts a timer whose callback waits at a gate.</summary>
    [Alias("ArmGated")]
    Task ArmGated(string gate);

    /// <summary>Starts a periodic timer whose callback fails each time.</summary>
    [Alias("ArmFailing")]
    Task ArmFailing(int periodMilliseconds);

    [Alias("Disarm")]
    Task Disarm();

    [Alias("Write")]
    Task Write(string text);

    [Alias("Journal")]
    Task<ImmutableArray<string>> Journal();

    [Alias("Retire")]
    Task Retire();
}

public sealed class TimerGrain(Stage stage) : Grain, ITimerGrain
{
    private readonly List<string> journal = [];
    private IGrainTimer? timer;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stage.Signal("deactivated " + Key);
        return Task.CompletedTask;
    }

    public Task Arm(int dueMilliseconds, int periodMilliseconds)
    {
        var (due, period) = (TimeSpan.FromMilliseconds(dueMilliseconds), TimeSpan.FromMilliseconds(periodMilliseconds));
        if (timer is not null)
        {
            timer.Change(due, period);
            return Task.CompletedTask;
        }

        timer = this.RegisterGrainTimer(
            static (self, _) =>
            {
                self.Ticked();
                return Task.CompletedTask;
            },
            this,
            new GrainTimerCreationOptions { DueTime = due, Period = period });
        return Task.CompletedTask;
    }

    public Task ArmGated(string gate)
    {
        this.RegisterGrainTimer(
            async _ =>
            {
                journal.Add("tick begins");
                await stage.PassAsync(gate);
                journal.Add("tick ends");
            },
            new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        return Task.CompletedTask;
    }

    public Task ArmFailing(int periodMilliseconds)
    {
        this.RegisterGrainTimer(
            _ =>
            {
                Ticked();
                throw new InvalidOperationException("a tick fails");
            },
            new GrainTimerCreationOptions(TimeSpan.Zero, TimeSpan.FromMilliseconds(periodMilliseconds)));
        return Task.CompletedTask;
    }

    public Task Disarm()
    {
        timer?.Dispose();
        return Task.CompletedTask;
    }

    public Task Write(string text)
    {
        journal.Add(text);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<string>> Journal() => Task.FromResult(journal.ToImmutableArray());

    public Task Retire()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private void Ticked() => stage.Signal("tick " + Key);
}
