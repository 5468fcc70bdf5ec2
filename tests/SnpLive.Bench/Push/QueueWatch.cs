using System.Collections.Concurrent;
using System.Diagnostics;

namespace SnpLive.Bench.Push;

/// <summary>How long work waits in this process's thread pool before it runs: what each step of a change that goes through the pool waits at least.</summary>
internal sealed class QueueWatch : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(2);
    private readonly ConcurrentQueue<double> waits = new();
    private readonly Thread thread;
    private volatile bool ended;

    public QueueWatch()
    {
        thread = new(Watch) { IsBackground = true, Name = "Queue watch" };
        thread.Start();
    }

    public void Begin() => waits.Clear();

    /// <summary>Since the beginning.</summary>
    public string Waits
    {
        get
        {
            var all = waits.Order().ToArray();
            return all.Length == 0 ? "" : $"pool p50 {Statistics.Percentile(all, 50):F1} p99 {Statistics.Percentile(all, 99):F1} max {all[^1]:F1} ms";
        }
    }

    public void Dispose()
    {
        ended = true;
        thread.Join();
    }

    private void Watch()
    {
        for (; !ended; Thread.Sleep(Every))
            ThreadPool.UnsafeQueueUserWorkItem(from => waits.Enqueue(Stopwatch.GetElapsedTime(from).TotalMilliseconds), Stopwatch.GetTimestamp(), preferLocal: false);
    }
}
