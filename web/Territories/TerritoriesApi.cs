using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories;
using SnpLive.Web.Live;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Territories;

/// <summary>A SAS as shown.</summary>
internal sealed record SasView(string Id, string Name);

/// <summary>A commune as shown; coordinates are approximate.</summary>
internal sealed record CommuneView(string Code, string Name, string PostalCode, int Population, double Lat, double Lon);

/// <summary>A territory as shown.</summary>
internal sealed record TerritoryView(string Id, string Name, SasView Sas, int WindowHours, string TimeZone, IReadOnlyList<CommuneView> Communes);

/// <summary>A professional for whom one may book.</summary>
internal sealed record MemberView(string Id, string Name, string? Speciality);

/// <summary>Territories, their members, their boards.</summary>
internal static class TerritoriesApi
{
    internal static void MapTerritories(this IEndpointRouteBuilder api)
    {
        var territories = api.MapGroup("/territories").WithTags("Territories");
        territories.MapGet("", List);
        territories.MapGet("/{id}/members", Members);
        territories.MapGet("/{id}/board", Board);
    }

    private static async Task<Ok<IReadOnlyList<TerritoryView>>> List(SignedIn me, TerritoryCatalogue catalogue)
    {
        var territories = await catalogue.Read();
        IReadOnlyList<TerritoryView> list = [.. territories.SeenBy(me.Actor).Select(View)];
        return TypedResults.Ok(list);
    }

    private static async Task<Results<Ok<IReadOnlyList<MemberView>>, ProblemHttpResult>> Members(string id, SignedIn me, TerritoryCatalogue catalogue)
    {
        if ((await catalogue.Read()).Territory(id, me.Actor) is not { } territory) return Problem.Result(Problem.TerritoryUnknown);
        IReadOnlyList<MemberView> members = [.. territory.Professionals
            .Where(one => CanBeBookedFor(one.Role) && one.Memberships.Contains(id))
            .OrderBy(one => one.Name, StringComparer.InvariantCultureIgnoreCase)
            .Select(one => new MemberView(one.Id, one.Name, one.Speciality))];
        return TypedResults.Ok(members);
    }

    private static async Task<Results<Ok<BoardView>, ProblemHttpResult>> Board(
        string id, string? from, string? to, string? stream, SignedIn me, TerritoryCatalogue catalogue, IBoards boards, CancellationToken cancellationToken)
    {
        var fields = new Fields();
        var range = InstantRange.Read(fields, from, to);
        if (stream is not null && !CareStreams.All.Any(one => CareStreams.Covers(stream, one))) fields.Fault("stream", Messages.OneOf(CareStreams.All));
        if (!fields.Valid) return Problem.Invalid(fields.Errors);

        if ((await catalogue.Read()).Territory(id, me.Actor) is null) return Problem.Result(Problem.TerritoryUnknown);
        if (await boards.Board(me.Actor, id, cancellationToken) is not { } board) return Problem.Result(Problem.TerritoryUnknown);
        return TypedResults.Ok(board with
        {
            Slots = [.. board.Slots.Where(slot => range.Touches(slot.Start, slot.End) && (stream is null || CareStreams.Covers(stream, slot.Stream)))],
        });
    }

    private static bool CanBeBookedFor(Role role) => role is Role.Pharmacist or Role.GeneralPractitioner or Role.Radiologist or Role.Physiotherapist
        or Role.Nurse or Role.Midwife or Role.MedicalBiologist or Role.EmergencyDesk;

    private static TerritoryView View(TerritoryDocument territory) => new(
        territory.Id, territory.Name, new(territory.Sas.Id, territory.Sas.Name), territory.Rules.WindowHours, territory.Rules.TimeZone,
        [.. territory.Communes.Select(one => new CommuneView(one.Code, one.Name, one.PostalCode, one.Population, one.Lat, one.Lon))]);
}
