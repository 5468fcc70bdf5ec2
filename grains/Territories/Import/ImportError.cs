namespace SnpLive.Grains.Territories.Import;

/// <summary>Why a territory file cannot be imported.</summary>
/// <param name="File">File name as given by the caller.</param>
/// <param name="Path">JSON path, such as <c>$.agendas[3].placeId</c>, <c>$</c> for the file as a whole; in a table its line and column.</param>
/// <param name="Code">Stable code, such as <c>unknown-place</c>.</param>
/// <param name="Message">What is wrong and what to do, in French.</param>
public sealed record ImportError(string File, string Path, string Code, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File} : {Path} : {Message} [{Code}]";
}

/// <summary>Errors of one file, in the order they were found; bounded, so that a hostile file cannot grow memory.</summary>
internal sealed class ErrorSink(string file)
{
    private readonly List<ImportError> _errors = [];
    private int _more;

    internal string File => file;

    /// <summary>Where what stands at a path was really written, when it came from a table beside the file.</summary>
    internal Func<string, (string File, string Where)?>? Locate { get; set; }

    /// <summary>Whether further errors are only counted: no need to word them well.</summary>
    internal bool Full => _errors.Count >= ImportLimits.ErrorsPerFile;

    internal bool Any => _errors.Count > 0;

    internal void Add(string path, string code, string message)
    {
        var (from, where) = Locate?.Invoke(path) ?? (file, path);
        if (!Full) _errors.Add(new(from, where, code, message));
        else _more++;
    }

    internal IEnumerable<ImportError> All() =>
        _more == 0 ? _errors : [.. _errors, new(file, "$", "too-many-errors", ImportMessages.MoreErrors(_more))];
}
