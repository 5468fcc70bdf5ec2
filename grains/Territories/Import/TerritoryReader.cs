using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Territories.Import;

/// <summary>What reading one file gave.</summary>
/// <param name="Document">The territory; null when there is any error.</param>
/// <param name="Errors">All errors; empty when the file is good.</param>
public sealed record TerritoryRead(TerritoryDocument? Document, ImmutableArray<ImportError> Errors);

/// <summary>Reads one territory file (format: web/demo/README.md) and reports everything that is wrong with it at once.</summary>
public static class TerritoryReader
{
    /// <summary>The format this reader knows.</summary>
    public const int Format = 1;

    private static readonly string[] Known =
    [
        "$schema", "format", "id", "name", "sas", "rules", "communes", "organizations", "places", "groups", "professionals", "agendas", "grants", "assumptions", "signIn",
    ];

    private static readonly JsonDocumentOptions Json = new() { MaxDepth = ImportLimits.Depth };

    /// <summary>Reads a file by itself; references to other territories are checked by <see cref="TerritorySet"/>.</summary>
    /// <param name="file">Name for messages.</param>
    /// <param name="utf8">Content.</param>
    public static TerritoryRead Read(string file, ReadOnlyMemory<byte> utf8)
    {
        var errors = new ErrorSink(file);
        var draft = Draft(utf8, errors);
        return new(errors.Any ? null : draft, [.. errors.All()]);
    }

    /// <summary>The document as far as it could be read, with placeholders for what could not; null when there is nothing to hold on to.</summary>
    internal static TerritoryDocument? Draft(ReadOnlyMemory<byte> utf8, ErrorSink errors)
    {
        if (utf8.Length > ImportLimits.FileBytes)
        {
            errors.Add("$", "file-too-large", ImportMessages.FileTooLarge(utf8.Length, ImportLimits.FileBytes));
            return null;
        }
        if (utf8.Span.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        if (!Utf8.IsValid(utf8.Span))
        {
            errors.Add("$", "not-utf8", ImportMessages.NotUtf8);
            return null;
        }
        try
        {
            using var json = JsonDocument.Parse(utf8, Json);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Document(new(json.RootElement, "$", errors), errors) : NotAnObject(errors);
        }
        catch (JsonException broken)
        {
            errors.Add("$", "json", ImportMessages.Json(broken.LineNumber + 1 ?? 1, broken.BytePositionInLine + 1 ?? 1));
            return null;
        }
    }

    private static TerritoryDocument? NotAnObject(ErrorSink errors)
    {
        errors.Add("$", "type", ImportMessages.TypeObject);
        return null;
    }

    private static TerritoryDocument Document(Value root, ErrorSink errors)
    {
        var f = root.Fields(Known);
        if (f.Optional("format") is { } format && format.Whole(1, int.MaxValue) is { } version && version != Format)
            format.Report("format", ImportMessages.Format(version, Format));

        var id = f.Id("id");
        var groups = f.Optional("groups")?.DistinctText(ImportLimits.Groups, 0, v => v.Id()) ?? [];
        var rules = f.Required("rules") is { } written ? RulesReader.Read(written) : NoRules;
        var agendas = AgendasReader.Read(f.Items("agendas", ImportLimits.Agendas), rules);
        var people = PeopleReader.Read(f.Items("professionals", ImportLimits.Professionals), id);
        var document = new TerritoryDocument(
            id,
            f.Text("name", ImportLimits.Name),
            f.Required("sas") is { } sas ? PlacesReader.Sas(sas) : new("", ""),
            rules,
            PlacesReader.Communes(f.Items("communes", ImportLimits.Communes, 1)),
            PlacesReader.Organizations(f.Items("organizations", ImportLimits.Organizations)),
            PlacesReader.Places(f.Items("places", ImportLimits.Places)),
            WithOwnAgendas(people, agendas),
            agendas,
            GrantsReader.Read(f.Items("grants", ImportLimits.Grants), id, groups, people.Select(one => one.Id).ToHashSet(StringComparer.Ordinal)),
            [.. f.Optional("assumptions")?.Items(ImportLimits.Assumptions).Select(v => v.Text(ImportLimits.Assumption) ?? "") ?? []])
        {
            SignIn = f.Optional("signIn") is { } signIn ? new(signIn.Fields("rppsProviderOnly").Required("rppsProviderOnly")?.Flag() ?? false) : null,
        };
        References.Check(document, groups, errors);
        if (rules.EmergencyDesk == EmergencyDeskMode.Book && !document.Grants.Any(g => g is { Role: Role.EmergencyDesk, Action: GrantAction.Book }))
            errors.Add("$.rules.emergencyDesk", "emergency-desk-grant", ImportMessages.EmergencyDeskNeedsGrant);
        return document;
    }

    /// <summary>A practitioner owns the agendas that name them, whether or not the file says it twice.</summary>
    internal static ImmutableArray<Professional> WithOwnAgendas(ImmutableArray<Professional> people, ImmutableArray<AgendaEntry> agendas)
    {
        var owned = agendas.ToLookup(a => a.PractitionerId, a => a.Id, StringComparer.Ordinal);
        return [.. people.Select(p => owned.Contains(p.Id)
            ? p with { Agendas = [.. p.Agendas.Concat(owned[p.Id]).Where(a => a.Length > 0).Distinct().Order(StringComparer.Ordinal)] }
            : p)];
    }

    private static BookingRules NoRules { get; } = new("", 0, 0, 0, 0, 0, 0, new([], false, []));
}
