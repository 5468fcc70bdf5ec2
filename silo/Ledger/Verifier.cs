using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger;

/// <summary>
/// Audits a database: versions without gaps, requests unique, claims in force, occupancy and slots as the folds say, snapshots as a replay gives them.
/// It walks log and tables side by side in one consistent picture, so it may run beside live traffic, and keeps one stream in memory at a time.
/// </summary>
public sealed class Verifier
{
    private readonly DurableLedger ledger;
    private readonly IReadOnlyList<IStreamAudit> audits;
    private readonly TimeProvider clock;
    private readonly LedgerOptions options;

    internal Verifier(DurableLedger ledger, IEnumerable<IStreamAudit> audits, TimeProvider clock, LedgerOptions options)
    {
        (this.ledger, this.clock, this.options) = (ledger, clock, options);
        // The longest prefix first: agenda/special/ before agenda/.
        this.audits = [.. audits.OrderByDescending(a => a.Prefix.Length)];
    }

    /// <summary>Runs the audit.</summary>
    public async Task<VerifyReport> Run(CancellationToken stop = default)
    {
        var findings = new FindingList(options.VerifyFindingsLimit);
        await using var source = await ledger.OpenAudit();
        await foreach (var (stream, actor, request, times) in source.RepeatedRequests().WithCancellation(stop))
            findings.Add("request", stream, $"{actor} {request}", "once", $"{times} times");
        return await Walk(source, findings, stop);
    }

    private async Task<VerifyReport> Walk(IAuditSource source, FindingList findings, CancellationToken stop)
    {
        await using var commands = new StreamCursor<RecordedCommand>(source.Commands());
        await using var claims = new StreamCursor<ClaimRow>(source.Claims());
        await using var occupancy = new StreamCursor<OccupancyRow>(source.Occupancy());
        await using var slots = new StreamCursor<SlotRow>(source.Slots());
        await using var snapshots = new StreamCursor<SnapshotRow>(source.Snapshots());
        StreamCursor[] all = [commands, claims, occupancy, slots, snapshots];
        foreach (var cursor in all) await cursor.Start();

        var (streams, read, unaudited) = (0L, 0L, 0L);
        var now = clock.GetUtcNow();
        while (StreamCursor.Least(all) is { } stream)
        {
            stop.ThrowIfCancellationRequested();
            var found = new StreamRows(stream, await commands.Take(stream), await claims.Take(stream), await occupancy.Take(stream),
                await slots.Take(stream), await snapshots.Take(stream));
            streams++;
            read += found.Commands.Count;
            var check = new StreamCheck(found, now, findings);
            check.Versions();
            if (audits.FirstOrDefault(a => stream.StartsWith(a.Prefix, StringComparison.Ordinal)) is { } audit) check.Rows(audit);
            else unaudited++;
        }
        return new(streams, read, unaudited, findings.Total, findings.Listed);
    }
}
