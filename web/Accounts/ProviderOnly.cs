using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories;
using SnpLive.Web.Hosting;
using SnpLive.Web.Live;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Accounts;

/// <summary><see cref="ProviderSignIn"/> over the territories as this node knows them.</summary>
internal sealed class ProviderOnly(TerritoryCatalogue catalogue, Clock clock)
{
    /// <summary>Whether a local account opens nothing for this person now.</summary>
    internal async ValueTask<bool> Refuses(Professional person, AccountState account) =>
        person.Rpps is not null && ProviderSignIn.Refuses(person, account, (await catalogue.Read()).All, clock.Now);
}

/// <summary>Gives an exception, or takes it back.</summary>
internal sealed record ExceptionBody
{
    [Required] public string? RequestId { get; init; }
    /// <summary>Its last day, <c>yyyy-MM-dd</c> on the territory's clocks; left out: it ends now.</summary>
    public string? Until { get; init; }
}

/// <summary>Exceptions to signing in at the provider, for the territory's coordination.</summary>
internal static class ExceptionsApi
{
    internal static void MapExceptions(this IEndpointRouteBuilder api) => api.MapPost("/territories/{id}/accounts/{person}/exception", Give).WithTags("Accounts");

    private static async Task<Results<NoContent, ProblemHttpResult>> Give(
        string id, string person, ExceptionBody body, SignedIn me, TerritoryCatalogue catalogue, AccountDesk desk, AccountOptions options, LiveLifetimeManager screens, EndedHolds holds, Clock clock)
    {
        var territories = await catalogue.Read();
        if (MembersApi.Refused(territories, id, me, out var territory) is { } problem) return problem;
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var last = fields.Day("until", body.Until);
        var today = CivilTime.Day(clock.Now, territory.Rules.TimeZone);
        var longest = today.AddDays((int)options.LongestException.TotalDays);
        if (last is { } day && (day < today || day > longest)) fields.Fault("until", AccountMessages.ExceptionBetween(today, longest));
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (person == me.Actor.Id) return Problem.Result(AccountProblems.NotYourself);
        if (territories.MembersOf(id).Concat(territories.CentreOf(territory)).All(one => one.Id != person)) return Problem.Result(AccountProblems.PersonUnknown);
        DateTimeOffset? until = last is { } kept ? CivilTime.InstantOf(kept.AddDays(1), TimeOnly.MinValue, territory.Rules.TimeZone) : null;
        var answer = await desk.Send(person, new ExceptAccount(id, until) { RequestId = requestId, By = me.Actor.Id });
        if (answer.Refusal != AccountRefusal.None) return Problem.Result(AccountProblems.PersonUnknown);
        screens.LookUpAgain(person);
        await holds.Look();
        return TypedResults.NoContent();
    }
}
