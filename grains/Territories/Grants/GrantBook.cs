using System.Collections.Immutable;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Territories.Grants;

/// <summary>A grant with what became of it.</summary>
/// <param name="GrantId"><c>g{n}</c>.</param>
/// <param name="Grant">As it is.</param>
/// <param name="DecidedBy">Who decided last; the system for the territory's file.</param>
/// <param name="DecidedAt">When, UTC.</param>
/// <param name="FileGrant">As the territory's file has it; null: decided on screen, or no longer in the file.</param>
/// <param name="EndedAt">Ended at once then, UTC; null: it holds for its days.</param>
[GenerateSerializer, Immutable, Alias("snp.GrantEntry")]
public sealed record GrantEntry(
    [property: Id(0)] string GrantId, [property: Id(1)] Grant Grant, [property: Id(2)] string DecidedBy, [property: Id(3)] DateTimeOffset DecidedAt,
    [property: Id(4)] Grant? FileGrant, [property: Id(5)] DateTimeOffset? EndedAt = null);

/// <summary>The grants of one territory: a fold of its events and nothing else.</summary>
/// <param name="Version">Commands folded.</param>
/// <param name="LastAt">Instant of the last one, UTC.</param>
/// <param name="Count">Grants ever given.</param>
/// <param name="Entries">Grants in the order they were given; long-ended ones have left.</param>
public sealed record GrantBook(long Version, DateTimeOffset LastAt, int Count, ImmutableArray<GrantEntry> Entries)
{
    /// <summary>Version of the folded state's schema.</summary>
    public const int Schema = 1;
    /// <summary>Most grants remembered that were ended at once.</summary>
    public const int MostEnded = 500;

    /// <summary>Nothing was decided yet.</summary>
    public static GrantBook Empty { get; } = new(0, DateTimeOffset.MinValue, 0, []);

    /// <summary>Grants that hold on their days: what agendas, boards and desks decide by.</summary>
    public ImmutableArray<Grant> Grants { get; } = [.. Entries.Where(e => e.EndedAt is null).Select(e => e.Grant)];

    /// <summary>The grant, or null.</summary>
    public GrantEntry? Find(string grantId) => Entries.FirstOrDefault(e => e.GrantId == grantId);

    /// <summary>Id of the <paramref name="n"/>th next grant, from 1.</summary>
    public string NextId(int n) => $"g{Count + n}";

    /// <summary>The state after one accepted command; throws <see cref="EventRejectedException"/> when an event contradicts the state.</summary>
    public GrantBook After(ImmutableArray<GrantEvent> events, long version, DateTimeOffset at)
    {
        if (version != Version + 1) throw new EventRejectedException($"Version {version} does not follow {Version}.");
        if (at < LastAt) throw new EventRejectedException($"Version {version} happened before the one it follows.");
        var (entries, count) = (Entries.ToList(), Count);
        foreach (var e in events)
        {
            if (e is GrantAdded added)
            {
                if (added.GrantId != $"g{++count}") throw new EventRejectedException($"{added.GrantId} is not the next grant.");
                entries.Add(new(added.GrantId, added.Grant, added.DecidedBy, at, added.FromFile ? added.Grant : null));
                continue;
            }
            var i = entries.FindIndex(one => one.GrantId == IdOf(e));
            if (i < 0) throw new EventRejectedException($"{IdOf(e)} is not known.");
            entries[i] = After(entries[i], e, at);
        }
        var tooMany = entries.Count(one => one.EndedAt is not null) - MostEnded;
        entries.RemoveAll(one => one.EndedAt is not null && tooMany-- > 0);
        return new(version, at, count, [.. entries]);
    }

    private static GrantEntry After(GrantEntry entry, GrantEvent e, DateTimeOffset at) => e switch
    {
        GrantLeftFile left => entry with { FileGrant = null, EndedAt = left.Ended ? entry.EndedAt ?? at : entry.EndedAt },
        _ when entry.EndedAt is not null => throw new EventRejectedException($"{entry.GrantId} has ended."),
        GrantCorrected corrected => entry with { Grant = corrected.Grant, DecidedBy = corrected.DecidedBy, DecidedAt = at },
        GrantEnded { LastDay: { } day } ended => entry with { Grant = entry.Grant with { ValidTo = day }, DecidedBy = ended.DecidedBy, DecidedAt = at },
        GrantEnded ended => entry with { EndedAt = at, DecidedBy = ended.DecidedBy, DecidedAt = at },
        _ => throw new EventRejectedException($"{e.GetType().Name} does not change a grant."),
    };

    private static string IdOf(GrantEvent e) => e switch
    {
        GrantCorrected corrected => corrected.GrantId,
        GrantEnded ended => ended.GrantId,
        GrantLeftFile left => left.GrantId,
        _ => throw new EventRejectedException($"{e.GetType().Name} names no grant."),
    };
}
