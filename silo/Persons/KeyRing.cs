using System.Collections.Immutable;
using System.Globalization;

namespace SnpLive.Silo.Persons;

/// <summary>The keys of one purpose by number, as they stood when they were read. The greatest number is the current one.</summary>
internal sealed record KeyRing(ImmutableSortedDictionary<int, byte[]> Keys)
{
    /// <summary>What was written before keys had numbers bears no mark: it is the first key's.</summary>
    internal const int First = 1;

    internal int Current => Keys.Keys.Last();

    /// <summary>The key that the current one replaces and that is still asked for; null: none.</summary>
    internal int? Former => Keys.Count > 1 ? Keys.Keys.ElementAt(Keys.Count - 2) : null;

    /// <summary>What stands before everything made with a key, so that each row says which one it was.</summary>
    internal static string Mark(int id) => id == First ? "" : id.ToString(CultureInfo.InvariantCulture) + ".";

    /// <summary>The number that a text bears, and the text without it.</summary>
    internal static (int Id, string Text) Split(string marked)
    {
        var dot = marked.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && int.TryParse(marked.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? (id, marked[(dot + 1)..]) : (First, marked);
    }
}
