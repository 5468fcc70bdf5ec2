using System.Collections.Immutable;
using System.Text;
using SnpLive.Grains.Territories.Import.Csv;

namespace SnpLive.Grains.Territories.Import;

/// <summary>A file to import.</summary>
/// <param name="Name">Name for messages.</param>
/// <param name="Content">JSON in UTF-8; of a name that ends with <c>.csv</c>, a table of practitioners or places.</param>
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

    /// <summary>One document per territory file, in the files' order, then those that only tables change; empty when there is any error.</summary>
    public ImmutableArray<TerritoryDocument> Documents { get; }

    /// <summary>All errors of all files, by file name; empty when everything is good.</summary>
    public ImmutableArray<ImportError> Errors { get; }

    /// <summary>Whether the files may be imported.</summary>
    public bool Ok => Errors.IsEmpty;

    /// <summary>Reads files and checks them against each other and against what is already there.</summary>
    /// <param name="files">Files; their order does not matter to the checks.</param>
    /// <param name="present">Territories imported earlier; a file replaces the one of its id, the others count as known.</param>
    public static TerritorySet Read(IEnumerable<TerritoryFile> files, IEnumerable<TerritoryDocument>? present = null) =>
        Join([.. files.Select(file => new Input(file, null))], present);

    /// <summary>Reads files from disk; one that cannot be read is reported like any other error.</summary>
    /// <param name="paths">Paths.</param>
    /// <param name="present">Territories imported earlier.</param>
    public static TerritorySet ReadFiles(IEnumerable<string> paths, IEnumerable<TerritoryDocument>? present = null) =>
        Join([.. paths.Select(Load)], present);

    private static TerritorySet Join(ImmutableArray<Input> inputs, IEnumerable<TerritoryDocument>? present)
    {
        present ??= [];
        var tables = inputs.Select(input => input.File).OfType<TerritoryFile>().Where(CsvTable.IsTable).Select(CsvTable.Read).ToList();
        var files = inputs.Where(input => input.File is not { } file || !CsvTable.IsTable(file)).Select(input => input.Failed ?? Loaded.From(input.File!));
        var loaded = CsvJoin.Run([.. files], tables, [.. present]);
        CrossChecks.Run(loaded, present);
        if (!loaded.Any(l => l.Errors.Any)) return new([.. loaded.Select(l => l.Draft!)], []);
        return new([], [.. loaded.SelectMany(l => l.Errors.All()).OrderBy(e => e.File, StringComparer.Ordinal)]);
    }

    private static Input Load(string path)
    {
        try
        {
            var size = new FileInfo(path).Length;
            if (size <= ImportLimits.FileBytes) return new(new(path, File.ReadAllBytes(path)), null);
            return new(null, Loaded.Failed(path, "file-too-large", ImportMessages.FileTooLarge(size, ImportLimits.FileBytes)));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new(null, Loaded.Failed(path, "file-unreadable", ImportMessages.FileUnreadable));
        }
    }

    /// <summary>A file, or why there is none.</summary>
    private sealed record Input(TerritoryFile? File, Loaded? Failed);
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
