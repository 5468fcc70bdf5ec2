using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories;
using SnpLive.Web.Hosting;
using SnpLive.Web.Live;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories.Grants;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Territories;

/// <summary>A SAS as shown.</summary>
internal sealed record SasView(string Id, string Name);

/// <summary>A commune as shown; coordinates are approximate.</summary>
internal sealed record CommuneView(string Code, string Name, string PostalCode, int Population, double Lat, double Lon);

/// <summary>
/// A territory as shown; <c>emergencyDesk</c> is left out where its file says nothing, <c>may</c> where the reader has no right on the territory as a whole
/// (<c>manageGrants</c>, <c>readAudit</c>, <c>breakGlass</c>, <c>reviewBreakGlass</c>).
/// </summary>
internal sealed record TerritoryView(
    string Id, string Name, SasView Sas, int WindowHours, string TimeZone, IReadOnlyList<CommuneView> Communes, string? EmergencyDesk, IReadOnlyList<string>? May);

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
        territories.MapGet("/{id}/turns", Turns);
    }

    private static async Task<Ok<IReadOnlyList<TerritoryView>>> List(SignedIn me, TerritoryCatalogue catalogue, Clock clock)
    {
        var territories = await catalogue.Read();
        IReadOnlyList<TerritoryView> list = [.. territories.SeenBy(me.Actor).Select(one => View(one, me.Actor, clock.Now))];
        return TypedResults.Ok(list);
    }

    private static async Task<Results<Ok<IReadOnlyList<MemberView>>, ProblemHttpResult>> Members(string id, SignedIn me, TerritoryCatalogue catalogue)
    {
        var territories = await catalogue.Read();
        if (territories.Territory(id, me.Actor) is null) return Problem.Result(Problem.TerritoryUnknown);
        IReadOnlyList<MemberView> members = [.. territories.MembersOf(id)
            .Where(one => CanBeBookedFor(one.Role))
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

    private static async Task<Results<Ok<IReadOnlyList<TurnView>>, ProblemHttpResult>> Turns(
        string id, SignedIn me, TerritoryCatalogue catalogue, IBoards boards, CancellationToken cancellationToken)
    {
        if ((await catalogue.Read()).Territory(id, me.Actor) is null) return Problem.Result(Problem.TerritoryUnknown);
        return await boards.Turns(me.Actor, id, cancellationToken) is { } turns ? TypedResults.Ok(turns) : Problem.Result(Problem.TerritoryUnknown);
    }

    /// <summary>Whether people of a role have patients of their own, for whom a secretary may book or ask.</summary>
    internal static bool CanBeBookedFor(Role role) => role is Role.Pharmacist or Role.GeneralPractitioner or Role.Radiologist or Role.Physiotherapist
        or Role.Nurse or Role.Midwife or Role.MedicalBiologist or Role.EmergencyDesk;

    private static TerritoryView View(TerritoryDocument territory, Actor reader, DateTimeOffset now) => new(
        territory.Id, territory.Name, new(territory.Sas.Id, territory.Sas.Name), territory.Rules.WindowHours, territory.Rules.TimeZone,
        [.. territory.Communes.Select(one => new CommuneView(one.Code, one.Name, one.PostalCode, one.Population, one.Lat, one.Lon))],
        territory.Rules.EmergencyDesk is { } mode ? Codes.EmergencyDeskModes.Write(mode) : null, May(territory, reader, now));

    private static IReadOnlyList<string>? May(TerritoryDocument territory, Actor reader, DateTimeOffset now)
    {
        var today = CivilTime.Day(now, territory.Rules.TimeZone);
        string[] may = [.. Rights.OnTerritory(reader, territory.Id, territory.Sas.Id, territory.Grants, today).Select(GrantCodes.Actions.Write)];
        return may.Length == 0 ? null : may;
    }
}
