using System.Diagnostics.Metrics;

namespace SnpLive.Bench;

/// <summary>Means of the ledger's own metrics over a while. Waits and times in ms.</summary>
/// <param name="BatchSize">Commits written together.</param>
/// <param name="QueueWait">Oldest wait in a batch before it was sent.</param>
/// <param name="CommitTime">From sending a batch to its answer: statement, log write and fsync.</param>
/// <param name="Batches">How many there were.</param>
internal sealed record LedgerFigures(double BatchSize, double QueueWait, double CommitTime, long Batches);

/// <summary>Listens to the meter <c>SnpLive.Ledger</c> of this process.</summary>
internal sealed class LedgerWatch : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly Lock gate = new();
    private readonly Dictionary<string, (double Sum, long Count)> seen = [];

    public LedgerWatch()
    {
        listener.InstrumentPublished = (instrument, on) =>
        {
            if (instrument.Meter.Name == "SnpLive.Ledger" && instrument.Name is "snplive.ledger.batch.size" or "snplive.ledger.queue.wait" or "snplive.ledger.commit.time")
                on.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Add(instrument.Name, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Add(instrument.Name, value));
        listener.Start();
    }

    /// <summary>The figures since the last call; null when nothing was committed.</summary>
    public LedgerFigures? Take()
    {
        lock (gate)
        {
            if (!seen.TryGetValue("snplive.ledger.batch.size", out var size)) return null;
            var figures = new LedgerFigures(size.Sum / size.Count, Mean("snplive.ledger.queue.wait") * 1000, Mean("snplive.ledger.commit.time") * 1000, size.Count);
            seen.Clear();
            return figures;
        }
    }

    public void Dispose() => listener.Dispose();

    private double Mean(string name) => seen.TryGetValue(name, out var all) ? all.Sum / all.Count : 0;

    private void Add(string name, double value)
    {
        lock (gate) seen[name] = seen.TryGetValue(name, out var all) ? (all.Sum + value, all.Count + 1) : (value, 1);
    }
}
