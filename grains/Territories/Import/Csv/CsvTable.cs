using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;

namespace SnpLive.Grains.Territories.Import.Csv;

/// <summary>One row: whose it is, where it stands, and what a territory file would say instead.</summary>
internal sealed record CsvRow(string File, int Line, CsvKind Kind, string Territory, JsonElement Element)
{
    internal string? Id => Element.TryGetProperty("id", out var id) ? id.GetString() : null;
}

/// <summary>A table of practitioners or places: its rows as far as they could be read, and what is wrong with it, by line and column.</summary>
internal sealed class CsvTable
{
    private readonly List<CsvRow> rows = [];

    private CsvTable(string file) => Errors = new(file);

    internal IReadOnlyList<CsvRow> Rows => rows;

    internal ErrorSink Errors { get; }

    internal static bool IsTable(TerritoryFile file) => file.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    internal static CsvTable Read(TerritoryFile file)
    {
        var table = new CsvTable(file.Name);
        if (file.Content.Length > ImportLimits.FileBytes)
            table.Errors.Add("$", "file-too-large", ImportMessages.FileTooLarge(file.Content.Length, ImportLimits.FileBytes));
        else table.Read(CsvText.Decode(file.Content.Span));
        return table;
    }

    private void Read(string text)
    {
        using var reader = new StringReader(text);
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Delimiter(text),
            TrimOptions = TrimOptions.Trim,
            BadDataFound = bad => Errors.Add(CsvMessages.Line(bad.Context.Parser!.RawRow), "csv-quotes", CsvMessages.Quotes),
        });
        if (!parser.Read() || parser.Record is not { } head)
        {
            Errors.Add("$", "csv-empty", CsvMessages.Empty);
            return;
        }
        var header = head.Select(CsvKind.Fold).ToArray();
        if (CsvKind.Of(header) is not { } kind)
        {
            Errors.Add(CsvMessages.Line(1), "csv-unknown-table", CsvMessages.UnknownTable);
            return;
        }
        if (!CheckHeader(header, head, kind)) return;
        while (parser.Read() && !Errors.Full)
            if (parser.Record is { } cells && cells.Any(cell => cell.Length > 0)) AddRow(cells, header, kind, parser.RawRow);
    }

    private static string Delimiter(string text)
    {
        var head = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? end : text.Length);
        return head.Count(';') >= head.Count(',') ? ";" : ",";
    }

    private bool CheckHeader(string[] header, string[] written, CsvKind kind)
    {
        var before = Errors.Any;
        for (var i = 0; i < header.Length; i++)
        {
            if (!kind.Names.Contains(header[i])) Errors.Add(CsvMessages.Cell(1, Value.Shown(written[i])), "csv-unknown-column", CsvMessages.UnknownColumn(kind.Names));
            else if (Array.IndexOf(header, header[i]) != i) Errors.Add(CsvMessages.Cell(1, header[i]), "csv-repeated-column", CsvMessages.RepeatedColumn);
        }
        foreach (var missing in kind.Columns.Where(column => column.Required).Select(column => column.Name).Prepend(CsvKind.Territory).Except(header))
            Errors.Add(CsvMessages.Line(1), "csv-missing-column", CsvMessages.MissingColumn(missing));
        return Errors.Any == before;
    }

    private void AddRow(string[] cells, string[] header, CsvKind kind, int line)
    {
        if (rows.Count >= ImportLimits.Professionals)
        {
            Errors.Add(CsvMessages.Line(line), "csv-too-long", CsvMessages.TooManyRows(ImportLimits.Professionals));
            return;
        }
        if (cells.Length != header.Length)
        {
            Errors.Add(CsvMessages.Line(line), "csv-cells", CsvMessages.Cells(cells.Length, header.Length));
            return;
        }
        var (json, territory, sound) = (new JsonObject(), "", true);
        for (var i = 0; i < header.Length; i++)
        {
            if (kind.Column(header[i]) is { } column) sound &= Put(json, column, cells[i], line);
            else if ((territory = cells[i]).Length == 0) sound = Fault(line, CsvKind.Territory, "missing", CsvMessages.EmptyCell);
        }
        if (sound) rows.Add(new(Errors.File, line, kind, territory, JsonSerializer.SerializeToElement(json)));
    }

    private bool Put(JsonObject json, CsvColumn column, string cell, int line)
    {
        if (cell.Length == 0) return !column.Required || Fault(line, column.Name, "missing", CsvMessages.EmptyCell);
        if (NodeOf(cell, column.Cell) is not { } node)
            return Fault(line, column.Name, "type", column.Cell == CsvCell.Number ? CsvMessages.Number(Value.Shown(cell)) : CsvMessages.Flag(Value.Shown(cell)));
        json[column.Property] = node;
        return true;
    }

    private bool Fault(int line, string column, string code, string message)
    {
        Errors.Add(CsvMessages.Cell(line, column), code, message);
        return false;
    }

    private static JsonNode? NodeOf(string text, CsvCell cell) => cell switch
    {
        CsvCell.FiveDigits => text.Length == 4 && text.All(char.IsAsciiDigit) ? "0" + text : text,
        CsvCell.Phone => PhoneOf(text.Replace('.', ' ').Replace('-', ' ').Replace('\u00A0', ' ')),
        CsvCell.Number => double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
        CsvCell.Flag => CsvKind.Fold(text) switch { "oui" or "true" or "1" => true, "non" or "false" or "0" => false, _ => null },
        CsvCell.List => new JsonArray([.. text.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(one => (JsonNode)one)]),
        CsvCell.Role => CsvKind.RoleWord(text),
        _ => text,
    };

    private static string PhoneOf(string text) => text.Length == 9 && text[0] != '0' && text.All(char.IsAsciiDigit) ? "0" + text : text;
}
