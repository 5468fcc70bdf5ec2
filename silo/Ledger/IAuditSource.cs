using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger;

/// <summary>One consistent picture of all tables, streamed. Every sequence is ordered by stream, byte by byte, and within it by the row's key.</summary>
internal interface IAuditSource : IAsyncDisposable
{
    IAsyncEnumerable<(string Stream, RecordedCommand Row)> Commands();
    IAsyncEnumerable<(string Stream, ClaimRow Row)> Claims();
    IAsyncEnumerable<(string Stream, OccupancyRow Row)> Occupancy();
    IAsyncEnumerable<(string Stream, SlotRow Row)> Slots();
    IAsyncEnumerable<(string Stream, SnapshotRow Row)> Snapshots();

    /// <summary>Requests that the log holds more than once: stream of one of them, actor, request, how often.</summary>
    IAsyncEnumerable<(string Stream, string Actor, Guid Request, long Times)> RepeatedRequests();
}
