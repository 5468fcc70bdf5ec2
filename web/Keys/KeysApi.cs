using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.People;
using SnpLive.Web.Problems;
using SnpLive.Web.Security;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Keys;

/// <summary>Which ring.</summary>
internal sealed record KeyRingBody
{
    /// <summary>seal or hash.</summary>
    [Required] public string? Kind { get; init; }
}

/// <summary>Which key.</summary>
internal sealed record KeyBody
{
    /// <summary>seal or hash.</summary>
    [Required] public string? Kind { get; init; }
    /// <summary>Its number, from 1.</summary>
    [Required, Range(1, int.MaxValue)] public int? Id { get; init; }
}

/// <summary>A key of the vault; never the key itself.</summary>
/// <param name="Kind">seal or hash.</param>
/// <param name="Id">Its number.</param>
/// <param name="Current">Whether new rows are made with it.</param>
/// <param name="Present">Whether the server has it.</param>
/// <param name="Rows">Rows made with it.</param>
/// <param name="RetirableFrom">UTC; null: no overlap to wait for.</param>
internal sealed record KeyView(string Kind, int Id, bool Current, bool Present, long Rows, DateTimeOffset? RetirableFrom)
{
    internal static readonly CodeList<VaultKeyKind> Kinds = new([("seal", VaultKeyKind.Seal), ("hash", VaultKeyKind.Hash)]);

    internal static KeyView Of(VaultKey key) => new(Kinds.Write(key.Kind), key.Id, key.Current, key.Present, key.Rows, key.RetirableFrom);
}

/// <summary>The vault's keys.</summary>
internal sealed record KeysView(IReadOnlyList<KeyView> Keys);

/// <summary>Keys of the vault, for the operator of this server only.</summary>
internal static class KeysApi
{
    internal static void MapKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/operator/keys").WithTags("Operator").RequireAuthorization(OperatorToken.Policy);
        keys.MapPost("", async (IVaultKeys vault) => TypedResults.Ok(await View(vault)));
        keys.MapPost("/rotate", Rotate);
        keys.MapPost("/retire", Retire);
    }

    private static async Task<Results<Ok<KeysView>, ProblemHttpResult>> Rotate(KeyRingBody body, IVaultKeys vault)
    {
        var fields = new Fields();
        var kind = fields.RequiredCode("kind", body.Kind, KeyView.Kinds);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        return await vault.Rotate(kind) is { } no ? Refused(no) : TypedResults.Ok(await View(vault));
    }

    private static async Task<Results<Ok<KeysView>, ProblemHttpResult>> Retire(KeyBody body, IVaultKeys vault)
    {
        var fields = new Fields();
        var kind = fields.RequiredCode("kind", body.Kind, KeyView.Kinds);
        if (body.Id is not > 0) fields.Fault("id", Messages.Required);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        return await vault.Retire(kind, body.Id!.Value) is { } no ? Refused(no) : TypedResults.Ok(await View(vault));
    }

    private static async Task<KeysView> View(IVaultKeys vault) => new([.. (await vault.Status()).Select(KeyView.Of)]);

    private static ProblemHttpResult Refused(VaultKeyRefusal no) => Problem.Result(no switch
    {
        VaultKeyRefusal.Configured => new("keys-configured", StatusCodes.Status409Conflict, KeyMessages.Configured),
        VaultKeyRefusal.FormerInUse => new("former-key-in-use", StatusCodes.Status409Conflict, KeyMessages.FormerInUse),
        VaultKeyRefusal.Current => new("key-current", StatusCodes.Status409Conflict, KeyMessages.Current),
        VaultKeyRefusal.Overlap => new("key-overlap", StatusCodes.Status409Conflict, KeyMessages.Overlap),
        VaultKeyRefusal.RowsLeft => new("key-rows-left", StatusCodes.Status409Conflict, KeyMessages.RowsLeft),
        VaultKeyRefusal.FolderReadOnly => new("key-folder-read-only", StatusCodes.Status409Conflict, KeyMessages.FolderReadOnly),
        _ => new ProblemKind("key-unknown", StatusCodes.Status404NotFound, KeyMessages.Unknown),
    });
}
