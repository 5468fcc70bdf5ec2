using System.Globalization;

namespace SnpLive.Silo.Access;

/// <summary>A head of the chain, kept outside the database.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Head">The head; null when the line is none or its signature is wrong.</param>
internal sealed record AccessAnchor(int Line, AccessHead? Head);

/// <summary>The file of anchors: one line <c>seq hash instant signature</c> each. A tail that is cut off the table is missed by the anchors behind it.</summary>
internal sealed class AccessAnchors(string file, AccessChain chain, AccessOptions options)
{
    internal const string FileName = "access.anchors";
    private const long LineBytes = 170;

    /// <summary>Adds a head, flushed to the disk.</summary>
    internal void Add(AccessHead head, DateTimeOffset now)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{head.Seq} {head.Hash} {now.UtcDateTime:O}");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        Shorten();
        using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read);
        stream.Write(System.Text.Encoding.ASCII.GetBytes($"{text} {chain.Sign(text)}\n"));
        stream.Flush(flushToDisk: true);
    }

    /// <summary>All anchors, also those that are none.</summary>
    internal IReadOnlyList<AccessAnchor> Read() =>
        File.Exists(file) ? [.. File.ReadAllLines(file).Select((line, at) => new AccessAnchor(at + 1, HeadOf(line)))] : [];

    private AccessHead? HeadOf(string line)
    {
        var parts = line.Split(' ');
        return parts.Length == 4 && chain.Sign(string.Join(' ', parts[..3])) == parts[3] && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            ? new(seq, parts[1])
            : null;
    }

    // Half at once, so that it is rare. Written beside and moved into place.
    private void Shorten()
    {
        if (!File.Exists(file) || new FileInfo(file).Length <= options.Anchors * LineBytes) return;
        var lines = File.ReadAllLines(file);
        var fresh = $"{file}.{Guid.NewGuid():N}";
        File.WriteAllLines(fresh, lines[(lines.Length / 2)..]);
        File.Move(fresh, file, overwrite: true);
    }
}
