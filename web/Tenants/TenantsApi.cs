using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.People;
using SnpLive.Grains.Territories;
using SnpLive.Web.Accounts;
using SnpLive.Web.Hosting;
using SnpLive.Web.Live;
using SnpLive.Web.Problems;
using SnpLive.Web.Security;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;
using static SnpLive.Web.FrenchPlural;

namespace SnpLive.Web.Tenants;

/// <summary>Erases a territory.</summary>
internal sealed record EraseTenantBody
{
    [Required] public string? Territory { get; init; }
    /// <summary>The same once more: nothing brings it back.</summary>
    [Required] public string? Confirm { get; init; }
}

/// <summary>What was removed.</summary>
internal sealed record TenantErasedView(string Territory, int Streams, int Notes, int People);

/// <summary>Erasure of a territory, for the operator of this server only.</summary>
internal static class TenantsApi
{
    private static readonly ProblemKind NotConfirmed = new("not-confirmed", StatusCodes.Status422UnprocessableEntity, TenantMessages.NotConfirmed);

    internal static void MapTenants(this IEndpointRouteBuilder api) =>
        api.MapPost("/operator/tenants/erase", Erase).WithTags("Operator").RequireAuthorization(OperatorToken.Policy);

    private static async Task<Results<Ok<TenantErasedView>, ProblemHttpResult>> Erase(
        EraseTenantBody body, TerritoryCatalogue catalogue, IGrainFactory grains, ITenantEraser eraser, AccountDesk accounts, ProfessionalDirectory directory,
        LiveLifetimeManager screens)
    {
        var fields = new Fields();
        var id = fields.RequiredId("territory", body.Territory, Ids.IsKey);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (body.Confirm != id) return Problem.Result(NotConfirmed);
        await catalogue.Renew();
        var territories = await catalogue.Read();
        // A territory whose erasure was cut off is not in the catalogue any more: its rows still go.
        var people = territories.Territory(id) is { } territory ? PeopleOf(territories, territory) : [];
        foreach (var person in people)
        {
            await accounts.Send(person, new RevokeAccount(id, AccountSecrets.NewStamp()) { RequestId = Guid.NewGuid(), By = OperatorToken.Policy });
            await grains.GetGrain<IProfessionalGrain>(person).Erase(); // whichever way they signed in
            directory.Forget(person);
            screens.LookUpAgain(person);
        }
        await grains.GetGrain<ITerritoryGrain>(id).Erase();
        await catalogue.Renew();
        var gone = await eraser.Erase(id, people);
        await catalogue.Renew();
        return TypedResults.Ok(new TenantErasedView(id, gone.Streams, gone.Notes, gone.People));
    }

    // Who also belongs to another territory, or to the desk of a SAS that serves another one, stays.
    private static ImmutableArray<string> PeopleOf(TerritorySetView territories, TerritoryDocument territory)
    {
        var others = territories.All.Where(one => one.Id != territory.Id).ToList();
        var elsewhere = others.SelectMany(one => one.Professionals.Concat(territories.MembersOf(one.Id))).Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. territory.Professionals.Concat(territories.MembersOf(territory.Id)).DistinctBy(one => one.Id)
                .Where(one => !elsewhere.Contains(one.Id) && one.Memberships.All(membership => membership == territory.Id) && others.All(other => other.Sas.Id != one.SasId))
                .Select(one => one.Id),
        ];
    }
}

/// <summary><c>snp tenant erase</c>: through the running server with the operator's token.</summary>
internal static class TenantClient
{
    internal static async Task<int> Run(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        if (CommandLine.Plain(args).ToArray() is not ["erase", var id] || CommandLine.Value(args, "confirm") is not { } confirm) throw new StartRefusedException(TenantMessages.Usage);
        using var server = await OperatorClient.Open(args);
        var (status, text) = await server.Post("/api/operator/tenants/erase", new EraseTenantBody { Territory = id, Confirm = confirm });
        using var json = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
        if (status == HttpStatusCode.OK)
        {
            await output.WriteLineAsync(TenantMessages.Erased(
                id, json.RootElement.GetProperty("streams").GetInt32(), json.RootElement.GetProperty("notes").GetInt32(), json.RootElement.GetProperty("people").GetInt32()));
            return 0;
        }
        await errors.WriteLineAsync($"{(json.RootElement.TryGetProperty("title", out var title) ? title.GetString() : $"{(int)status}")} : {(json.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : "")}");
        return 1;
    }
}

/// <summary>Every French word about the erasure of a territory.</summary>
internal static class TenantMessages
{
    internal static readonly ProblemText NotConfirmed = new("Effacement non confirmé", "Répétez l’identifiant du territoire avec --confirm : l’effacement est définitif.");
    internal const string Usage = "snp tenant erase TERRITOIRE --confirm TERRITOIRE";

    internal static string Erased(string id, int streams, int notes, int people) =>
        $"Territoire {id} effacé : {Count(streams, "historique", "historiques")}, {Count(notes, "fiche de patient", "fiches de patient")}, {Count(people, "compte", "comptes")}. "
        + "Restent, comme la loi le veut : le journal d’accès jusqu’à la fin de sa durée de conservation (aucun nom de patient) et les dossiers d’appel, qui sont au SAS.";
}
