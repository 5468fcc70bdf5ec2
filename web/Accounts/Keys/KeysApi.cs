using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.People.Keys;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Accounts.Keys;

/// <summary>Makes a key for a machine.</summary>
internal sealed record CreateKeyBody
{
    [Required] public string? RequestId { get; init; }
    /// <summary>What it is for.</summary>
    [Required, MaxLength(KeysApi.MostName)] public string? Name { get; init; }
    /// <summary><c>telephony</c>, <c>slots.read</c>.</summary>
    [Required, MaxLength(KeysApi.MostScopes)] public IReadOnlyList<string?>? Scopes { get; init; }
    /// <summary>For how many days.</summary>
    [Required] public int? Days { get; init; }
}

/// <summary>A key, without its secret.</summary>
/// <param name="Id">Technical id.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What it opens.</param>
/// <param name="Status"><c>active</c>, <c>expired</c> or <c>revoked</c>.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="CreatedBy">Name.</param>
/// <param name="Expires">UTC.</param>
/// <param name="RevokedAt">UTC; left out while it is not.</param>
/// <param name="LastUsed">Day of its last use (UTC); left out when it was never used.</param>
internal sealed record KeyView(
    string Id, string Name, IReadOnlyList<string> Scopes, string Status, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset Expires, DateTimeOffset? RevokedAt, DateOnly? LastUsed);

/// <summary>A territory's keys, and what making one needs.</summary>
/// <param name="Keys">The newest first.</param>
/// <param name="Scopes">What can be opened here.</param>
/// <param name="LongestDays">For how long at most.</param>
internal sealed record KeysView(IReadOnlyList<KeyView> Keys, IReadOnlyList<string> Scopes, int LongestDays);

/// <summary>A key that was made.</summary>
/// <param name="Key">The key.</param>
/// <param name="Secret">To be given to the machine; never told again. Left out when the same command comes back after the key was used.</param>
internal sealed record CreatedKeyView(KeyView Key, string? Secret);

/// <summary>Machines' keys, for the territory's coordination.</summary>
internal static class KeysApi
{
    internal const int MostName = 60;
    internal const int MostScopes = 2;

    internal static void MapKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/territories/{id}/keys").WithTags("Machines");
        keys.MapGet("", List);
        keys.MapPost("", Create);
        keys.MapPost("/{key}/revoke", Revoke);
    }

    private static async Task<Results<Ok<KeysView>, ProblemHttpResult>> List(string id, SignedIn me, TerritoryCatalogue catalogue, IGrainFactory grains, KeyLimits limits, Clock clock)
    {
        var territories = await catalogue.Read();
        if (MembersApi.Refused(territories, id, me, out var territory) is { } problem) return problem;
        var state = await grains.GetGrain<IMachineKeysGrain>(id).Get();
        return TypedResults.Ok(new KeysView(
            [.. state.Keys.Reverse().Select(one => View(one, territories, clock.Now))],
            [.. MachineHandler.ScopesIn(territory).Select(MachineHandler.Scopes.Write)], (int)limits.LongestLife.TotalDays));
    }

    private static async Task<Results<Ok<CreatedKeyView>, ProblemHttpResult>> Create(
        string id, CreateKeyBody body, SignedIn me, TerritoryCatalogue catalogue, MachineKeys keys, KeyLimits limits, Clock clock, ILogger<MachineKeys> logger)
    {
        var territories = await catalogue.Read();
        if (MembersApi.Refused(territories, id, me, out var territory) is { } problem) return problem;
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        var name = fields.RequiredText("name", body.Name, MostName);
        var days = fields.RequiredNumber("days", body.Days, 1, (int)limits.LongestLife.TotalDays);
        var scopes = fields.List("scopes", body.Scopes, MostScopes)?.Select((one, i) => fields.RequiredCode($"scopes[{i}]", one, MachineHandler.Scopes)).Distinct().ToArray() ?? [];
        if (scopes.Except(MachineHandler.ScopesIn(territory)).Any()) fields.Fault("scopes", KeyMessages.NoCentre);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        var secret = AccountSecrets.NewToken();
        var answer = await keys.Send(id, new CreateKey($"k-{Guid.NewGuid():N}", name, [.. scopes], AccountSecrets.HashToken(secret), days) { RequestId = requestId, By = me.Actor.Id });
        if (answer.Refusal == KeyRefusal.TooMany) return Problem.Result(KeyProblems.TooMany);
        if (answer.Key is not { } key) return Problem.Invalid("days", Messages.Between(1, (int)limits.LongestLife.TotalDays));
        logger.KeyChanged(key.Id, id, "made", me.Actor.Id);
        var token = new KeyToken(id, key.Id, secret);
        return TypedResults.Ok(new CreatedKeyView(View(key, territories, clock.Now), token.Hash == key.SecretHash ? token.ToString() : null));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Revoke(
        string id, string key, AccountCommandBody body, SignedIn me, TerritoryCatalogue catalogue, MachineKeys keys, ILogger<MachineKeys> logger)
    {
        if (MembersApi.Refused(await catalogue.Read(), id, me, out _) is { } problem) return problem;
        var fields = new Fields();
        var requestId = fields.RequestId(body.RequestId);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if (!Ids.IsKey(key)) return Problem.Result(KeyProblems.Unknown);
        var answer = await keys.Send(id, new RevokeKey(key) { RequestId = requestId, By = me.Actor.Id });
        if (answer.Refusal != KeyRefusal.None) return Problem.Result(KeyProblems.Unknown);
        logger.KeyChanged(key, id, "revoked", me.Actor.Id);
        return TypedResults.NoContent();
    }

    private static KeyView View(MachineKey key, TerritorySetView territories, DateTimeOffset now) => new(
        key.Id, key.Name, [.. key.Scopes.Select(MachineHandler.Scopes.Write)], key.RevokedAt is not null ? "revoked" : key.Holds(now) ? "active" : "expired",
        key.CreatedAt, territories.Professional(key.CreatedBy)?.Name ?? key.CreatedBy, key.Expires, key.RevokedAt, key.LastUsed);
}
