using System.Collections.Immutable;
using System.Text;

namespace SnpLive.Grains.Territories.Import;

/// <summary>A file to import.</summary>
/// <param name="Name">Name for messages.</param>
/// <param name="Content">JSON in UTF-8.</param>
public sealed record TerritoryFile(string Name, ReadOnlyMemory<byte> Content)
{
    /// <summary>A file whose text was received already decoded.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="text">JSON.</param>
    public static TerritoryFile Of(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}

/// <summary>Several files read together: either all their documents or all their errors, so that nothing is ever half imported.</summary>
public sealed record TerritorySet
{
    private TerritorySet(ImmutableArray<TerritoryDocument> documents, ImmutableArray<ImportError> errors) => (Documents, Errors) = (documents, errors);

    /// <summary>One document per file, in the files' order; empty when there is any error.</summary>
    public ImmutableArray<TerritoryDocument> Documents { get; }

    /// <summary>All errors of all files, by file name; empty when everything is good.</summary>
    public ImmutableArray<ImportError> Errors { get; }

    /// <summary>Whether the files may be imported.</summary>
    public bool Ok => Errors.IsEmpty;

    /// <summary>Reads files and checks them against each other and against what is already there.</summary>
    /// <param name="files">Files; their order does not matter to the checks.</param>
    /// <param name="present">Territories imported earlier; a file replaces the one of its id, the others count as known.</param>
    public static TerritorySet Read(IEnumerable<TerritoryFile> files, IEnumerable<TerritoryDocument>? present = null) =>
        Join([.. files.Select(file => Loaded.From(file))], present);

    /// <summary>Reads files from disk; one that cannot be read is reported like any other error.</summary>
    /// <param name="paths">Paths.</param>
    /// <param name="present">Territories imported earlier.</param>
    public static TerritorySet ReadFiles(IEnumerable<string> paths, IEnumerable<TerritoryDocument>? present = null) =>
        Join([.. paths.Select(Load)], present);

    private static TerritorySet Join(ImmutableArray<Loaded> loaded, IEnumerable<TerritoryDocument>? present)
    {
        CrossChecks.Run(loaded, present ?? []);
        if (!loaded.Any(l => l.Errors.Any)) return new([.. loaded.Select(l => l.Draft!)], []);
        return new([], [.. loaded.OrderBy(l => l.Errors.File, StringComparer.Ordinal).SelectMany(l => l.Errors.All())]);
    }

    private static Loaded Load(string path)
    {
        try
        {
            var size = new FileInfo(path).Length;
            if (size <= ImportLimits.FileBytes) return Loaded.From(new(path, File.ReadAllBytes(path)));
            return Loaded.Failed(path, "file-too-large", ImportMessages.FileTooLarge(size, ImportLimits.FileBytes));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Loaded.Failed(path, "file-unreadable", ImportMessages.FileUnreadable);
        }
    }
}

/// <summary>A file as far as it could be read, with its errors.</summary>
internal sealed record Loaded(TerritoryDocument? Draft, ErrorSink Errors)
{
    /// <summary>Whether the file was good before files were compared: placeholders of a bad one must not be compared.</summary>
    internal bool Sound { get; } = Draft is not null && !Errors.Any;

    internal static Loaded From(TerritoryFile file)
    {
        var errors = new ErrorSink(file.Name);
        return new(TerritoryReader.Draft(file.Content, errors), errors);
    }

    internal static Loaded Failed(string file, string code, string message)
    {
        var errors = new ErrorSink(file);
        errors.Add("$", code, message);
        return new(null, errors);
    }
}
