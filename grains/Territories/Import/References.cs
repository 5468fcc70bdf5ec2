namespace SnpLive.Grains.Territories.Import;

/// <summary>Checks that ids of one file are unique and that what they point at exists in it.</summary>
internal static class References
{
    internal static void Check(TerritoryDocument doc, IReadOnlyCollection<string> groups, ErrorSink errors)
    {
        Unique("communes", "code", doc.Communes.Select(c => c.Code), errors, ImportMessages.DuplicateCommune);
        Unique("organizations", "id", doc.Organizations.Select(o => o.Id), errors, ImportMessages.DuplicateId);
        Unique("places", "id", doc.Places.Select(p => p.Id), errors, ImportMessages.DuplicateId);
        Unique("professionals", "id", doc.Professionals.Select(p => p.Id), errors, ImportMessages.DuplicateId);
        Unique("professionals", "rpps", doc.Professionals.Select(p => p.Rpps ?? ""), errors, ImportMessages.DuplicateRpps);
        Unique("agendas", "id", doc.Agendas.Select(a => a.Id), errors, ImportMessages.DuplicateId);

        var communes = doc.Communes.Select(c => c.Code).ToHashSet(StringComparer.Ordinal);
        var organizations = doc.Organizations.Select(o => o.Id).ToHashSet(StringComparer.Ordinal);
        var places = doc.Places.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        var people = doc.Professionals.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);

        for (var i = 0; i < doc.Places.Length; i++)
        {
            Known(organizations, doc.Places[i].OrganizationId, $"$.places[{i}].organizationId", "unknown-organization", ImportMessages.UnknownOrganization, errors);
            Known(communes, doc.Places[i].CommuneCode, $"$.places[{i}].communeCode", "unknown-commune", ImportMessages.UnknownCommune, errors);
        }
        for (var i = 0; i < doc.Professionals.Length; i++)
        {
            var person = doc.Professionals[i];
            Known(organizations, person.OrganizationId, $"$.professionals[{i}].organizationId", "unknown-organization", ImportMessages.UnknownOrganization, errors);
            if (doc.Sas.Id.Length > 0 && person.SasId is { } sas && sas != doc.Sas.Id)
                errors.Add($"$.professionals[{i}].sasId", "unknown-sas", ImportMessages.UnknownSas(sas, doc.Sas.Id));
            foreach (var group in person.Groups.Where(g => !groups.Contains(g)))
                errors.Add($"$.professionals[{i}].groups", "unknown-group", ImportMessages.UnknownGroup(group));
        }
        for (var i = 0; i < doc.Agendas.Length; i++)
        {
            var agenda = doc.Agendas[i];
            Known(people, agenda.PractitionerId, $"$.agendas[{i}].practitionerId", "unknown-professional", ImportMessages.UnknownProfessional, errors);
            Known(places, agenda.PlaceId, $"$.agendas[{i}].placeId", "unknown-place", ImportMessages.UnknownPlace, errors);
            if (agenda.AlsoShownIn.Contains(doc.Id)) errors.Add($"$.agendas[{i}].alsoShownIn", "own-territory", ImportMessages.OwnTerritory);
        }
    }

    /// <summary>Empty texts stand for values already reported.</summary>
    private static void Known(HashSet<string> known, string id, string path, string code, Func<string, string> message, ErrorSink errors)
    {
        if (id.Length > 0 && !known.Contains(id)) errors.Add(path, code, message(id));
    }

    private static void Unique(string list, string name, IEnumerable<string> ids, ErrorSink errors, Func<string, string> message)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var i = 0;
        foreach (var id in ids)
        {
            if (id.Length > 0 && !seen.Add(id)) errors.Add($"$.{list}[{i}].{name}", $"duplicate-{name}", message(id));
            i++;
        }
    }
}
