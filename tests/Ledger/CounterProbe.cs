using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace SnpLive.Tests.Ledger;

/// <summary>Listens to one counter of the ledger's meter.</summary>
internal sealed class CounterProbe : IDisposable
{
    private readonly MeterListener listener = new();

    public CounterProbe(string counter)
    {
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "SnpLive.Ledger" && instrument.Name == counter) l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            foreach (var tag in tags) TagValues.Enqueue(tag.Value?.ToString() ?? "");
        });
        listener.Start();
    }

    public ConcurrentQueue<string> TagValues { get; } = new();

    public void Dispose() => listener.Dispose();
}
