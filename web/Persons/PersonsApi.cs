using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Web.Audit;
using SnpLive.Web.Bookings;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Persons;

/// <summary>
/// “Personnes”: what a territory keeps about one person, for its data officer. One person at a time, by name and birth date, with a reason; there is no list. Every
/// act is in the access log before it happens.
/// </summary>
internal static partial class PersonsApi
{
    /// <summary>Accesses in an export at most, the newest.</summary>
    private const int MostAccesses = 1_000;
    private static readonly ProblemKind NotAllowed = new("persons-not-allowed", StatusCodes.Status403Forbidden, PersonMessages.NotAllowed);
    private static readonly ProblemKind Unknown = new("person-unknown", StatusCodes.Status404NotFound, PersonMessages.Unknown);

    internal static void MapPersons(this IEndpointRouteBuilder api)
    {
        var persons = api.MapGroup("/persons").WithTags("Persons");
        persons.MapPost("/search", Search).RequireRateLimiting(RateLimits.PatientChecks);
        persons.MapPost("/{id}/open", Open);
        persons.MapPost("/{id}/export", Export);
        persons.MapPost("/{id}/correct", Correct);
        persons.MapPost("/{id}/objection", Objection);
        persons.MapPost("/{id}/erase", Erase);
    }

    private static async Task<Results<Ok<PersonFoundView>, ProblemHttpResult>> Search(PersonSearchBody body, SignedIn me, Officer officer, IPersonFiles files, Clock clock)
    {
        var fields = new Fields();
        var traits = new PatientIdentity(
            fields.RequiredName("lastName", body.LastName), fields.RequiredName("firstName", body.FirstName), null,
            fields.BirthDate("birthDate", body.BirthDate, Today(clock)), Sex.I, null, null);
        var (scope, _, problem) = await officer.Scope(fields, body, me, AccessAction.Search);
        return problem ?? (Results<Ok<PersonFoundView>, ProblemHttpResult>)TypedResults.Ok(new PersonFoundView(await files.Find(scope!, traits)));
    }

    private static async Task<Results<Ok<PersonFileView>, ProblemHttpResult>> Open(string id, PersonBody body, SignedIn me, Officer officer, IPersonFiles files)
    {
        var (scope, territories, problem) = await officer.Scope(new(), body, me, AccessAction.Read);
        if (problem is not null) return problem;
        return IsPerson(id) && await files.Open(scope!, id) is { } file ? TypedResults.Ok(PersonFileView.Of(file, territories)) : Problem.Result(Unknown);
    }

    private static async Task<Results<Ok<PersonFileView>, ProblemHttpResult>> Export(
        string id, PersonBody body, SignedIn me, Officer officer, IPersonFiles files, IPersonVault vault, IAccessLog log)
    {
        var (scope, territories, problem) = await officer.Scope(new(), body, me, AccessAction.Export);
        if (problem is not null) return problem;
        if (!IsPerson(id) || await files.Open(scope!, id) is not { } file) return Problem.Result(Unknown);
        ImmutableArray<string> calls = [.. (file.Calls ?? []).Select(one => one.Id)];
        var entries = await log.Find(new(scope!.TerritoryId, null, [.. await vault.SubjectsOf(id), .. calls], null, null, null, null, MostAccesses));
        // Operators read a call in the name of its SAS, not of a territory.
        if (!calls.IsEmpty) entries = [.. entries.Concat(await log.Find(new("", scope.SasId, calls, null, null, null, null, MostAccesses))).OrderByDescending(one => one.Seq).Take(MostAccesses)];
        return TypedResults.Ok(PersonFileView.Of(file, territories, [.. (await vault.Merged(scope.SasId, entries)).Select(one => AccessView.Of(one, territories))]));
    }

    private static async Task<Results<Ok<PersonDoneView>, ProblemHttpResult>> Correct(
        string id, PersonCorrectionBody body, SignedIn me, Officer officer, IPersonFiles files, Clock clock)
    {
        var fields = new Fields();
        var identity = new PatientIdentity(
            fields.RequiredName("lastName", body.LastName), fields.RequiredName("firstName", body.FirstName), fields.Name("usedName", body.UsedName),
            fields.BirthDate("birthDate", body.BirthDate, Today(clock)), fields.RequiredCode("sex", body.Sex, Codes.Sexes),
            fields.Commune("communeCode", body.CommuneCode), fields.Text("registeredGp", body.RegisteredGp, Limits.Name));
        return await Act(id, fields, body, me, officer, AccessAction.Correct, scope => files.Correct(scope, id, identity));
    }

    private static Task<Results<Ok<PersonDoneView>, ProblemHttpResult>> Objection(string id, PersonObjectionBody body, SignedIn me, Officer officer, IPersonFiles files)
    {
        var fields = new Fields();
        var objects = fields.Flag("objects", body.Objects);
        return Act(id, fields, body, me, officer, AccessAction.Object, scope => files.Object(scope, id, objects));
    }

    private static Task<Results<Ok<PersonDoneView>, ProblemHttpResult>> Erase(string id, PersonBody body, SignedIn me, Officer officer, IPersonFiles files) =>
        Act(id, new(), body, me, officer, AccessAction.Erase, scope => files.Erase(scope, id));

    private static async Task<Results<Ok<PersonDoneView>, ProblemHttpResult>> Act(
        string id, Fields fields, PersonBody body, SignedIn me, Officer officer, AccessAction action, Func<PersonScope, Task<PersonRefusal?>> act)
    {
        var (scope, _, problem) = await officer.Scope(fields, body, me, action);
        if (problem is not null) return problem;
        if (!IsPerson(id)) return Problem.Result(Unknown);
        return await act(scope!) switch
        {
            null => TypedResults.Ok(new PersonDoneView(id)),
            PersonRefusal.Exists => Problem.Result(new("person-exists", StatusCodes.Status409Conflict, PersonMessages.Exists)),
            PersonRefusal.Changed => Problem.Result(new("person-changed", StatusCodes.Status409Conflict, PersonMessages.Changed)),
            PersonRefusal.InUse => Problem.Result(new("person-in-use", StatusCodes.Status409Conflict, PersonMessages.InUse)),
            _ => Problem.Result(Unknown),
        };
    }

    private static DateOnly Today(Clock clock) => CivilTime.Day(clock.Now, BookingDesk.FirstZoneOfTheDay);

    private static bool IsPerson(string id) => Number().IsMatch(id);

    [GeneratedRegex(@"\A[0-9a-f]{32}\z")]
    private static partial Regex Number();

    /// <summary>Finds out whether somebody is a territory's data officer, today.</summary>
    internal sealed class Officer(TerritoryCatalogue catalogue, Clock clock)
    {
        /// <summary>Where and why; or the problem: of the input first, then of the right.</summary>
        internal async Task<(PersonScope? Scope, TerritorySetView Territories, ProblemHttpResult? Problem)> Scope(Fields fields, PersonBody body, SignedIn me, AccessAction action)
        {
            var territoryId = fields.RequiredId("territory", body.Territory, Ids.IsKey);
            var reason = fields.RequiredCode("reason", body.Reason, PersonReasons.Codes);
            var territories = await catalogue.Read();
            if (!fields.Valid) return (null, territories, Problem.Invalid(fields.Errors));
            if (territories.Territory(territoryId, me.Actor) is not { } territory) return (null, territories, Problem.Result(Problem.TerritoryUnknown));
            if (!AccessApi.MayReadAudit(me.Actor, territory, clock.Now)) return (null, territories, Problem.Result(NotAllowed));
            return (new(territory.Sas.Id, territory.Id, me.Because(action, territory.Id, territory.Sas.Id, PersonReasons.Why(reason), ""), me.Actor.SasId == territory.Sas.Id), territories, null);
        }
    }
}
