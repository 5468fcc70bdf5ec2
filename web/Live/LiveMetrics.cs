using System.Diagnostics.Metrics;

namespace SnpLive.Web.Live;

/// <summary>Figures of the live board, meter <c>SnpLive.Live</c>.</summary>
internal sealed class LiveMetrics
{
    public const string MeterName = "SnpLive.Live";

    public LiveMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        Frames = meter.CreateCounter<long>("snplive.live.frames", "{frame}", "Frames encoded, one per view and change of its picture.");
        Deliveries = meter.CreateCounter<long>("snplive.live.deliveries", "{message}", "Frames written to connections.");
        SnapshotsEncoded = meter.CreateCounter<long>("snplive.live.snapshots.encoded", "{snapshot}", "Snapshots encoded.");
        Snapshots = meter.CreateCounter<long>("snplive.live.snapshots", "{snapshot}", "Snapshots written to connections.");
        SlowDrops = meter.CreateCounter<long>("snplive.live.slow_drops", "{connection}", "Times a connection fell out of the ring and got a snapshot.");
        SlowAborts = meter.CreateCounter<long>("snplive.live.slow_aborts", "{connection}", "Connections closed because a write never completed.");
        Gaps = meter.CreateCounter<long>("snplive.live.gaps", "{gap}", "Gaps in the numbers of a board's frames.");
        Connections = meter.CreateUpDownCounter<long>("snplive.live.connections", "{connection}", "Open connections.");
    }

    public Counter<long> Frames { get; }
    public Counter<long> Deliveries { get; }
    public Counter<long> SnapshotsEncoded { get; }
    public Counter<long> Snapshots { get; }
    public Counter<long> SlowDrops { get; }
    public Counter<long> SlowAborts { get; }
    public Counter<long> Gaps { get; }
    public UpDownCounter<long> Connections { get; }
}
