using System.Collections.Immutable;
using System.Text.Json;

namespace SnpLive.Grains.Territories.Import;

/// <summary>Checks of several files together. What two files say is reported in both, so that their order does not matter.</summary>
internal static class CrossChecks
{
    /// <summary>One entry of a file that other files must not contradict.</summary>
    private sealed record Entry(Loaded? File, string Where, string Path, string Key, string Content);

    internal static void Run(ImmutableArray<Loaded> files, IEnumerable<TerritoryDocument> present)
    {
        var drafts = files.Where(f => f.Draft is { Id.Length: > 0 }).ToList();
        var ids = drafts.Select(f => f.Draft!.Id).ToHashSet(StringComparer.Ordinal);
        var others = present.Where(p => !ids.Contains(p.Id)).ToList();

        foreach (var twins in drafts.GroupBy(f => f.Draft!.Id, StringComparer.Ordinal).Where(g => g.Count() > 1))
            foreach (var file in twins)
                file.Errors.Add("$.id", "territory-twice", ImportMessages.TerritoryTwice(twins.Key, Names(twins.Where(t => t != file))));

        // Files that are copies of one territory would only repeat that in every entry.
        var sources = drafts.Where(f => f.Sound).GroupBy(f => f.Draft!.Id, StringComparer.Ordinal).Where(g => g.Count() == 1)
            .Select(g => (File: (Loaded?)g.First(), Where: g.First().Errors.File, Doc: g.First().Draft!))
            .Concat(others.Select(o => (File: (Loaded?)null, Where: o.Id, Doc: o))).ToList();
        Same(sources.Select(s => new Entry(s.File, s.Where, "$.sas", s.Doc.Sas.Id, Content(s.Doc.Sas))), "sas-differs", ImportMessages.SasDiffers);
        Same(List(sources, "organizations", d => d.Organizations, o => o.Id, Content), "organization-differs", ImportMessages.OrganizationDiffers);
        Same(List(sources, "places", d => d.Places, p => p.Id, Content), "place-differs", ImportMessages.PlaceDiffers);
        Same(List(sources, "professionals", d => d.Professionals, p => p.Id, Content), "professional-differs", ImportMessages.ProfessionalDiffers);
        Same(List(sources, "professionals", d => d.Professionals.Select(p => p.Rpps is null ? null : p), p => p.Rpps!, p => p.Id), "rpps-differs", ImportMessages.RppsDiffers);
        // An agenda has one owner: even the same content twice would belong to two territories.
        Same(sources.SelectMany(s => s.Doc.Agendas.Select((a, i) => new Entry(s.File, s.Where, $"$.agendas[{i}].id", a.Id, s.Where))), "agenda-twice", ImportMessages.AgendaTwice);

        var territories = ids.Concat(others.Select(o => o.Id)).ToHashSet(StringComparer.Ordinal);
        var agendas = drafts.SelectMany(d => d.Draft!.Agendas).Concat(others.SelectMany(o => o.Agendas)).Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var file in files)
            if (file.Draft is { } draft) Known(draft, file.Errors, territories, agendas);
    }

    private static void Known(TerritoryDocument doc, ErrorSink errors, HashSet<string> territories, HashSet<string> agendas)
    {
        for (var i = 0; i < doc.Agendas.Length; i++)
            foreach (var id in doc.Agendas[i].AlsoShownIn.Where(id => !territories.Contains(id)))
                errors.Add($"$.agendas[{i}].alsoShownIn", "unknown-territory", ImportMessages.UnknownTerritory(id));
        for (var i = 0; i < doc.Professionals.Length; i++)
        {
            foreach (var id in doc.Professionals[i].Memberships.Where(id => !territories.Contains(id)))
                errors.Add($"$.professionals[{i}].memberships", "unknown-territory", ImportMessages.UnknownTerritory(id));
            foreach (var id in doc.Professionals[i].Agendas.Where(id => !agendas.Contains(id)))
                errors.Add($"$.professionals[{i}].agendas", "unknown-agenda", ImportMessages.UnknownAgenda(id));
        }
    }

    private static IEnumerable<Entry> List<T>(
        IEnumerable<(Loaded? File, string Where, TerritoryDocument Doc)> sources, string list, Func<TerritoryDocument, IEnumerable<T?>> items,
        Func<T, string> key, Func<T, string> content) where T : class =>
        sources.SelectMany(s => items(s.Doc).Select((item, i) => (item, i)).Where(x => x.item is not null)
            .Select(x => new Entry(s.File, s.Where, $"$.{list}[{x.i}]", key(x.item!), content(x.item!))));

    private static void Same(IEnumerable<Entry> entries, string code, Func<string, string, string> message)
    {
        foreach (var group in entries.GroupBy(e => e.Key, StringComparer.Ordinal))
            foreach (var entry in group.Where(e => e.File is not null))
                if (group.Where(e => e.Where != entry.Where && e.Content != entry.Content).Select(e => e.Where).Distinct().Order(StringComparer.Ordinal).ToList() is { Count: > 0 } against)
                    entry.File!.Errors.Add(entry.Path, code, message(entry.Key, string.Join(", ", against)));
    }

    private static string Names(IEnumerable<Loaded> files) => string.Join(", ", files.Select(f => f.Errors.File).Order(StringComparer.Ordinal));

    private static string Content<T>(T value) => JsonSerializer.Serialize(value, SnpJson.Options);
}
