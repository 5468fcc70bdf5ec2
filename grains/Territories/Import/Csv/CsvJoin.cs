using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SnpLive.Grains.Territories.Import.Csv;

/// <summary>
/// Puts the rows of tables into the territories they name, of the same import or imported before: a row replaces the entry of its id as a whole, or is
/// a new one. The same readers and checks as for territory files then say what is wrong, at the row's line and column.
/// </summary>
internal static partial class CsvJoin
{
    internal static ImmutableArray<Loaded> Run(ImmutableArray<Loaded> files, IReadOnlyList<CsvTable> tables, IReadOnlyCollection<TerritoryDocument> present)
    {
        if (tables.Count == 0) return files;
        var all = files.ToList();
        foreach (var group in tables.SelectMany(table => table.Rows).GroupBy(row => row.Territory, StringComparer.Ordinal))
        {
            var at = all.FindIndex(file => file.Draft?.Id == group.Key);
            if (at >= 0 && !all[at].Sound) continue; // said already, and nothing will be imported
            if ((at >= 0 ? all[at].Draft : present.FirstOrDefault(one => one.Id == group.Key)) is not { } territory)
            {
                foreach (var row in group)
                    tables.First(table => table.Errors.File == row.File).Errors
                        .Add(CsvMessages.Cell(row.Line, CsvKind.Territory), "unknown-territory", ImportMessages.UnknownTerritory(Value.Shown(group.Key)));
                continue;
            }
            var errors = at >= 0 ? all[at].Errors : new ErrorSink(group.First().File);
            var merged = Merge(territory, [.. group], errors);
            if (at >= 0) all[at] = new(merged, errors);
            else all.Add(new(merged, errors));
        }
        // A table of which every row found its territory has nothing more to say.
        return [.. all, .. tables.Where(table => table.Errors.Any).Select(table => new Loaded(null, table.Errors))];
    }

    private static TerritoryDocument Merge(TerritoryDocument territory, IReadOnlyList<CsvRow> rows, ErrorSink errors)
    {
        var places = Target.Of(CsvKind.Places, rows, [.. territory.Places.Select(one => one.Id)]);
        var people = Target.Of(CsvKind.People, rows, [.. territory.Professionals.Select(one => one.Id)]);
        errors.Locate = path => places.Locate(path) ?? people.Locate(path);
        var merged = territory with
        {
            Places = places.Apply(territory.Places, PlacesReader.Places(places.Values(errors))),
            Professionals = TerritoryReader.WithOwnAgendas(people.Apply(territory.Professionals, PeopleReader.Read(people.Values(errors), territory.Id)), territory.Agendas),
        };
        References.Check(merged, GroupsOf(territory), errors);
        return merged;
    }

    // A territory that was imported keeps no list of its groups, but where they are used.
    private static HashSet<string> GroupsOf(TerritoryDocument territory) =>
        [.. territory.Grants.Select(grant => grant.Group).OfType<string>(), .. territory.Professionals.SelectMany(one => one.Groups)];

    /// <summary>Where in a list the rows of one table go.</summary>
    private sealed class Target(CsvKind kind, SortedDictionary<int, CsvRow> rows)
    {
        internal static Target Of(CsvKind kind, IEnumerable<CsvRow> rows, List<string> ids)
        {
            var placed = new SortedDictionary<int, CsvRow>();
            foreach (var row in rows.Where(row => row.Kind == kind))
            {
                var at = row.Id is { } id ? ids.IndexOf(id) : -1;
                if (at < 0 || placed.ContainsKey(at)) // the second row of one id is a repetition, and found as one
                {
                    at = ids.Count;
                    ids.Add(row.Id ?? "");
                }
                placed.Add(at, row);
            }
            return new(kind, placed);
        }

        internal List<Value> Values(ErrorSink errors) => [.. rows.Select(row => new Value(row.Value.Element, $"$.{kind.List}[{row.Key}]", errors))];

        internal ImmutableArray<T> Apply<T>(ImmutableArray<T> list, ImmutableArray<T> read)
        {
            var all = list.ToBuilder();
            foreach (var (at, item) in rows.Keys.Zip(read))
            {
                if (at < all.Count) all[at] = item;
                else all.Add(item);
            }
            return all.ToImmutable();
        }

        internal (string File, string Where)? Locate(string path)
        {
            var match = PathForm().Match(path);
            if (!match.Success || match.Groups["list"].Value != kind.List) return null;
            if (!rows.TryGetValue(int.Parse(match.Groups["at"].Value, CultureInfo.InvariantCulture), out var row)) return null;
            var column = kind.Columns.FirstOrDefault(one => one.Property == match.Groups["property"].Value);
            return (row.File, column is null ? CsvMessages.Line(row.Line) : CsvMessages.Cell(row.Line, column.Name));
        }
    }

    [GeneratedRegex(@"^\$\.(?<list>\w+)\[(?<at>[0-9]+)\](\.(?<property>\w+))?")]
    private static partial Regex PathForm();
}
