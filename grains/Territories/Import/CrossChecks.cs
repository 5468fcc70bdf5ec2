using System.Collections.Immutable;
using System.Text.Json;

namespace SnpLive.Grains.Territories.Import;

/// <summary>Checks of several files together. What two files say is reported in both, so that their order does not matter.</summary>
internal static class CrossChecks
{
    /// <summary>A document to compare: a sound file, or a territory imported earlier (no file to report to).</summary>
    private sealed record Source(Loaded? File, TerritoryDocument Document)
    {
        internal string Name => File?.Errors.File ?? Document.Id;
    }

    /// <summary>One entry that other sources must not contradict.</summary>
    private sealed record Entry(Source Source, string Path, string Key, string Content);

    internal static void Run(ImmutableArray<Loaded> files, IEnumerable<TerritoryDocument> present)
    {
        var drafts = files.Where(f => f.Draft is { Id.Length: > 0 }).ToList();
        var ids = drafts.Select(f => f.Draft!.Id).ToHashSet(StringComparer.Ordinal);
        var others = present.Where(p => !ids.Contains(p.Id)).ToList();

        var byTerritory = drafts.GroupBy(f => f.Draft!.Id, StringComparer.Ordinal).ToList();
        foreach (var twins in byTerritory.Where(g => g.Count() > 1))
            foreach (var file in twins)
                file.Errors.Add("$.id", "territory-twice", ImportMessages.TerritoryTwice(twins.Key, Names(twins.Where(t => t != file).Select(t => t.Errors.File))));

        // Copies of one territory would only repeat that in every entry.
        Compare([
            .. byTerritory.Where(g => g.Count() == 1).Select(g => g.First()).Where(f => f.Sound).Select(f => new Source(f, f.Draft!)),
            .. others.Select(o => new Source(null, o)),
        ]);

        var territories = ids.Concat(others.Select(o => o.Id)).ToHashSet(StringComparer.Ordinal);
        var agendas = drafts.Select(f => f.Draft!).Concat(others).SelectMany(d => d.Agendas).Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var file in files)
            if (file.Draft is { } draft) Known(draft, file.Errors, territories, agendas);
    }

    private static void Compare(List<Source> sources)
    {
        Same(sources.Select(s => new Entry(s, "$.sas", s.Document.Sas.Id, Content(s.Document.Sas))), "sas-differs", ImportMessages.SasDiffers);
        Same(List(sources, "organizations", d => d.Organizations, o => o.Id, Content), "organization-differs", ImportMessages.OrganizationDiffers);
        Same(List(sources, "places", d => d.Places, p => p.Id, Content), "place-differs", ImportMessages.PlaceDiffers);
        Same(List(sources, "professionals", d => d.Professionals, p => p.Id, Content), "professional-differs", ImportMessages.ProfessionalDiffers);
        Same(List(sources, "professionals", d => d.Professionals, p => p.Rpps, p => p.Id), "rpps-differs", ImportMessages.RppsDiffers);
        // An agenda has one owner: even the same content twice would belong to two territories.
        Same(List(sources, "agendas", d => d.Agendas, a => a.Id, null), "agenda-twice", ImportMessages.AgendaTwice);
    }

    private static void Known(TerritoryDocument doc, ErrorSink errors, HashSet<string> territories, HashSet<string> agendas)
    {
        for (var i = 0; i < doc.Agendas.Length; i++)
            foreach (var id in doc.Agendas[i].AlsoShownIn.Where(id => !territories.Contains(id)))
                errors.Add($"$.agendas[{i}].alsoShownIn", "unknown-territory", ImportMessages.UnknownTerritory(id));
        for (var i = 0; i < doc.Professionals.Length; i++)
        {
            // People without "memberships" belong to the file's own territory, whose id may be the very error.
            foreach (var id in doc.Professionals[i].Memberships.Where(id => id != doc.Id && !territories.Contains(id)))
                errors.Add($"$.professionals[{i}].memberships", "unknown-territory", ImportMessages.UnknownTerritory(id));
            foreach (var id in doc.Professionals[i].Agendas.Where(id => !agendas.Contains(id)))
                errors.Add($"$.professionals[{i}].agendas", "unknown-agenda", ImportMessages.UnknownAgenda(id));
        }
    }

    /// <summary>Entries of a list that have a key; without <paramref name="content"/> every source contradicts every other.</summary>
    private static IEnumerable<Entry> List<T>(
        List<Source> sources, string list, Func<TerritoryDocument, ImmutableArray<T>> items, Func<T, string?> key, Func<T, string>? content) =>
        sources.SelectMany((source, number) => items(source.Document).Select((item, i) =>
            new Entry(source, $"$.{list}[{i}]", key(item) ?? "", content?.Invoke(item) ?? $"{number}"))).Where(e => e.Key.Length > 0);

    private static void Same(IEnumerable<Entry> entries, string code, Func<string, string, string> message)
    {
        foreach (var twins in entries.GroupBy(e => e.Key, StringComparer.Ordinal))
            foreach (var entry in twins)
            {
                var against = twins.Where(e => e.Source != entry.Source && e.Content != entry.Content).Select(e => e.Source.Name).Distinct().ToList();
                if (against.Count > 0) entry.Source.File?.Errors.Add(entry.Path, code, message(entry.Key, Names(against)));
            }
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    private static string Content<T>(T value) => JsonSerializer.Serialize(value, SnpJson.Options);
}
