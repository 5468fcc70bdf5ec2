using System.Collections.Concurrent;

namespace SnpLive.Tests.Conformance;

/// <summary>
/// Where tests and their grains meet, as a service of the silo (one process on both engines): gates that hold a grain in the middle
/// of a turn, and counted signals. Names carry the grain's key, so that tests do not disturb each other.
/// </summary>
public sealed class Stage
{
    /// <summary>No test waits longer than this for anything.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> gates = new();
    private readonly ConcurrentDictionary<string, Counter> counters = new();
    private readonly ConcurrentDictionary<string, bool> refusals = new();

    /// <summary>Holds the caller until the test opens the gate.</summary>
    public async Task PassAsync(string gate)
    {
        Signal("at " + gate);
        await Gate(gate).Task.WaitAsync(Patience);
    }

    /// <summary>Waits until somebody stands at the gate.</summary>
    public Task SomebodyAtAsync(string gate) => ReachedAsync("at " + gate);

    public void Open(string gate) => Gate(gate).TrySetResult();

    public void Signal(string name) => Count(name).Increment();

    public Task ReachedAsync(string name, int times = 1) => Count(name).ReachedAsync(times).WaitAsync(Patience);

    public int Times(string name) => Count(name).Value;

    /// <summary>Makes the next activation of this key fail.</summary>
    public void RefuseNextActivation(string key) => refusals[key] = true;

    public bool TakeRefusal(string key) => refusals.TryRemove(key, out _);

    private TaskCompletionSource Gate(string name) =>
        gates.GetOrAdd(name, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private Counter Count(string name) => counters.GetOrAdd(name, static _ => new());

    private sealed class Counter
    {
        private readonly Lock sync = new();
        private readonly List<(int Times, TaskCompletionSource Done)> waiting = [];
        private int value;

        public int Value => Volatile.Read(ref value);

        public void Increment()
        {
            lock (sync)
            {
                value++;
                foreach (var (times, done) in waiting)
                    if (times <= value)
                        done.TrySetResult();
                waiting.RemoveAll(w => w.Times <= value);
            }
        }

        public Task ReachedAsync(int times)
        {
            lock (sync)
            {
                if (value >= times) return Task.CompletedTask;
                var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting.Add((times, done));
                return done.Task;
            }
        }
    }
}
