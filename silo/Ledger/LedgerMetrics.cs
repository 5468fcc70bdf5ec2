using System.Diagnostics.Metrics;
using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger;

/// <summary>Meter <c>SnpLive.Ledger</c>. Tags name kinds of results, never keys.</summary>
internal static class LedgerMetrics
{
    /// <summary>The meter's name, for exporters.</summary>
    public const string MeterName = "SnpLive.Ledger";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>("snplive.ledger.batch.size", "{commit}", "Commits written together.");
    private static readonly Histogram<double> QueueWait = Meter.CreateHistogram<double>("snplive.ledger.queue.wait", "s", "Oldest wait in a batch before it was sent.");
    private static readonly Histogram<double> CommitTime = Meter.CreateHistogram<double>("snplive.ledger.commit.time", "s", "From sending a batch to its last answer.");
    private static readonly Counter<long> Results = Meter.CreateCounter<long>("snplive.ledger.results", "{commit}", "Answers by kind.");
    private static readonly Counter<long> Aborts = Meter.CreateCounter<long>("snplive.ledger.aborts", "{batch}", "Batches that the database refused as a whole, by SQL state.");
    private static readonly Counter<long> Sends = Meter.CreateCounter<long>("snplive.ledger.sends", "{batch}", "PostgreSQL: batches that it took, by the way they were written.");
    private static readonly Counter<long> Wakes = Meter.CreateCounter<long>("snplive.ledger.wakes", "{wake}", "Wake-ups served or failed.");

    public static void Sent(int size, TimeSpan oldestWait)
    {
        BatchSize.Record(size);
        QueueWait.Record(oldestWait.TotalSeconds);
    }

    public static void Committed(TimeSpan time) => CommitTime.Record(time.TotalSeconds);

    public static void Answered(CommitResult result) => Results.Add(1, new KeyValuePair<string, object?>("result", NameOf(result)));

    public static void Aborted(string sqlState) => Aborts.Add(1, new KeyValuePair<string, object?>("state", sqlState));

    public static void Taken(string way) => Sends.Add(1, new KeyValuePair<string, object?>("way", way));

    public static void Woke(bool served) => Wakes.Add(1, new KeyValuePair<string, object?>("served", served));

    private static string NameOf(CommitResult result) => result switch
    {
        CommitResult.Appended => "appended",
        CommitResult.Fenced => "fenced",
        CommitResult.Duplicate => "duplicate",
        CommitResult.RequestIdReused => "request-id-reused",
        CommitResult.ClaimTaken => "claim-taken",
        CommitResult.PlaceTaken => "place-taken",
        CommitResult.PersonKnown => "person-known",
        CommitResult.Rejected => "rejected",
        CommitResult.Unavailable => "unavailable",
        _ => "unknown",
    };
}
