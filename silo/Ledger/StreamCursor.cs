using System.Text;

namespace SnpLive.Silo.Ledger;

/// <summary>Reads rows that are ordered by stream, one stream at a time.</summary>
internal abstract class StreamCursor : IAsyncDisposable
{
    /// <summary>The stream of the next row; null at the end.</summary>
    public string? Next { get; protected set; }

    public abstract ValueTask Start();
    public abstract ValueTask DisposeAsync();

    /// <summary>The smallest next stream of several cursors, by bytes as the databases order; null when all are at their end.</summary>
    public static string? Least(IEnumerable<StreamCursor> cursors)
    {
        string? least = null;
        foreach (var cursor in cursors)
            if (cursor.Next is { } next && (least is null || Compare(next, least) < 0)) least = next;
        return least;
    }

    /// <summary>UTF-16 and UTF-8 order differ beyond ASCII; the databases compare UTF-8.</summary>
    private static int Compare(string a, string b) => Ascii.IsValid(a) && Ascii.IsValid(b)
        ? string.CompareOrdinal(a, b)
        : Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b));
}

/// <inheritdoc/>
internal sealed class StreamCursor<T>(IAsyncEnumerable<(string Stream, T Row)> rows) : StreamCursor
{
    private readonly IAsyncEnumerator<(string Stream, T Row)> rows = rows.GetAsyncEnumerator();

    public override ValueTask Start() => Step();
    public override ValueTask DisposeAsync() => rows.DisposeAsync();

    /// <summary>All rows of a stream, which must not be behind the cursor.</summary>
    public async ValueTask<List<T>> Take(string stream)
    {
        var taken = new List<T>();
        while (Next == stream)
        {
            taken.Add(rows.Current.Row);
            await Step();
        }
        return taken;
    }

    private async ValueTask Step() => Next = await rows.MoveNextAsync() ? rows.Current.Stream : null;
}
