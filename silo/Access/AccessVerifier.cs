using System.Collections.Immutable;
using System.Globalization;
using SnpLive.Grains.People;

namespace SnpLive.Silo.Access;

/// <summary>What is wrong with the access log.</summary>
/// <param name="Kind"><c>changed</c>, <c>moved</c>, <c>removed</c>, <c>inserted</c>, <c>unlinked</c>, <c>truncated</c>, <c>replaced</c> or <c>anchor</c>.</param>
/// <param name="Seq">The entry; of several the first. Of <c>anchor</c>: the line of the file.</param>
/// <param name="Detail">What was found.</param>
public sealed record AccessFinding(string Kind, long Seq, string Detail);

/// <summary>The outcome.</summary>
/// <param name="Entries">Entries read.</param>
/// <param name="Anchors">Anchors compared.</param>
/// <param name="Findings">Empty: the log is as it was written.</param>
public sealed record AccessReport(long Entries, int Anchors, ImmutableArray<AccessFinding> Findings);

/// <summary>Walks the chain from the oldest entry to the newest and compares it with the anchors.</summary>
public sealed class AccessVerifier
{
    private const int Page = 2_000;
    private const int MostFindings = 1_000;
    /// <summary>How far from its place a moved entry is looked for.</summary>
    private const int Reach = 64;

    private readonly Func<IAccessStore> store;
    private readonly AccessChain chain;
    private readonly AccessAnchors anchors;

    internal AccessVerifier(Func<IAccessStore> store, AccessChain chain, AccessAnchors anchors) => (this.store, this.chain, this.anchors) = (store, chain, anchors);

    /// <summary>Verifies all that there is.</summary>
    public async Task<AccessReport> Run(CancellationToken stop = default)
    {
        var walk = new Walk(chain, anchors.Read());
        for (long after = 0; ;)
        {
            var page = await store().ReadAfter(after, Page);
            foreach (var row in page) walk.Next(row);
            stop.ThrowIfCancellationRequested();
            if (page.Length < Page) break;
            after = page[^1].Entry.Seq;
        }
        return walk.End();
    }

    private sealed class Walk(AccessChain chain, IReadOnlyList<AccessAnchor> anchors)
    {
        private readonly ImmutableArray<AccessFinding>.Builder findings = ImmutableArray.CreateBuilder<AccessFinding>();
        private readonly ILookup<long, AccessAnchor> bySeq = anchors.Where(one => one.Head is not null).ToLookup(one => one.Head!.Seq);
        private readonly Dictionary<string, string> purges = new(StringComparer.Ordinal);
        private AccessRow? first, last;
        private long entries;

        internal void Next(AccessRow row)
        {
            entries++;
            first ??= row;
            var seq = row.Entry.Seq;
            if (last is { } before)
            {
                if (seq > before.Entry.Seq + 1) Add("removed", before.Entry.Seq + 1, $"{seq - before.Entry.Seq - 1} removed before {seq}");
                else if (row.Previous != before.Hash) Add("unlinked", seq, $"does not follow entry {before.Entry.Seq} as it stands");
            }
            if (chain.HashOf(row.Entry, row.Previous) != row.Hash)
            {
                if (OwnPlace(row) is { } place) Add("moved", seq, $"was written as entry {place}");
                else Add("changed", seq, "is not what was written");
            }
            else if (row.Entry.Action == AccessAction.Purge) purges[row.Entry.Object] = row.Entry.Subject;
            foreach (var anchor in bySeq[seq])
                if (anchor.Head!.Hash != row.Hash) Add("replaced", seq, $"differs from the anchor in line {anchor.Line}");
            last = row;
        }

        internal AccessReport End()
        {
            if (first is { Entry.Seq: var start } oldest)
            {
                var before = (start - 1).ToString(CultureInfo.InvariantCulture);
                if (start > 1 && !purges.ContainsKey(before)) Add("removed", 1, $"{start - 1} removed before {start}, and no retention says so");
                else if (oldest.Previous != (start == 1 ? AccessChain.Origin : purges[before])) Add("unlinked", start, "does not follow what was removed before it");
            }
            var end = last?.Entry.Seq ?? 0;
            var beyond = anchors.Where(one => one.Head is { } head && head.Seq > end).Select(one => one.Head!.Seq).DefaultIfEmpty().Max();
            if (beyond > end) Add("truncated", end + 1, $"entries up to {beyond} were there and are gone");
            foreach (var bad in anchors.Where(one => one.Head is null)) Add("anchor", bad.Line, "is no anchor that this server wrote");
            return new(entries, anchors.Count, findings.ToImmutable());
        }

        private long? OwnPlace(AccessRow row)
        {
            for (var distance = 1; distance <= Reach; distance++)
                foreach (var place in (ReadOnlySpan<long>)[row.Entry.Seq - distance, row.Entry.Seq + distance])
                    if (chain.HashOf(row.Entry with { Seq = place }, row.Previous) == row.Hash) return place;
            return null;
        }

        private void Add(string kind, long seq, string detail)
        {
            if (findings.Count < MostFindings) findings.Add(new(kind, seq, detail));
        }
    }
}
