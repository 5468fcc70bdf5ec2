using System.Collections.Immutable;

namespace SnpLive.Silo.Ledger;

/// <summary>Something in the database that is not as the log says.</summary>
/// <param name="Kind">Such as <c>version</c>, <c>request</c>, <c>claim</c>, <c>occupancy</c>, <c>slot</c>, <c>snapshot</c> or <c>fold</c>.</param>
/// <param name="Stream">The stream concerned.</param>
/// <param name="What">Which row.</param>
/// <param name="Expected">What the log says, or <c>nothing</c>.</param>
/// <param name="Found">What the table holds, or <c>nothing</c>.</param>
public sealed record Finding(string Kind, string Stream, string What, string Expected, string Found);

/// <summary>The outcome of an audit.</summary>
/// <param name="Streams">Streams read.</param>
/// <param name="Commands">Commands read.</param>
/// <param name="Unaudited">Streams of whose kind no fold is known: their versions were checked, their rows were not.</param>
/// <param name="TotalFindings">How many findings there are.</param>
/// <param name="Findings">The first of them, up to a limit.</param>
public sealed record VerifyReport(long Streams, long Commands, long Unaudited, long TotalFindings, ImmutableArray<Finding> Findings)
{
    /// <summary>Whether everything is as the log says.</summary>
    public bool IsClean => TotalFindings == 0;
}

/// <summary>Collects findings: lists some, counts all.</summary>
internal sealed class FindingList(int limit)
{
    public const string Nothing = "nothing";

    private readonly ImmutableArray<Finding>.Builder listed = ImmutableArray.CreateBuilder<Finding>();

    public long Total { get; private set; }
    public ImmutableArray<Finding> Listed => listed.ToImmutable();

    public void Add(string kind, string stream, string what, string expected, string found)
    {
        if (++Total <= limit) listed.Add(new(kind, stream, what, expected, found));
    }
}
