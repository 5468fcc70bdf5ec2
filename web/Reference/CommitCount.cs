using System.Diagnostics.Metrics;

namespace SnpLive.Web.Reference;

/// <summary>Commands made durable by this process since its start, read off the ledger's own meter.</summary>
internal sealed class CommitCount : IDisposable
{
    private const string LedgerMeter = "SnpLive.Ledger";
    private const string Results = "snplive.ledger.results";
    private readonly MeterListener listener = new();
    private long appended;

    public CommitCount()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == LedgerMeter && instrument.Name == Results) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            foreach (var (name, value) in tags)
                if (name == "result" && value is "appended") Interlocked.Add(ref appended, count);
        });
        listener.Start();
    }

    internal long Value => Interlocked.Read(ref appended);

    public void Dispose() => listener.Dispose();
}
