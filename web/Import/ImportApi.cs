using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;
using SnpLive.Web.Security;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Import;

/// <summary>Territory files.</summary>
internal sealed record ImportBody
{
    [Required, MaxLength(Limits.ImportFiles)] public IReadOnlyList<ImportFileBody?>? Files { get; init; }
}

/// <summary>One file: its name, for errors, and its text.</summary>
internal sealed record ImportFileBody
{
    [Required, MaxLength(Limits.FileName)] public string? Name { get; init; }
    [Required] public string? Content { get; init; }
}

/// <summary>What was imported.</summary>
internal sealed record ImportView(IReadOnlyList<ImportOutcome> Territories);

/// <summary>Import of territories, for the operator of this server only.</summary>
internal static class ImportApi
{
    internal static void MapImport(this IEndpointRouteBuilder api, KestrelLimits limits) =>
        api.MapPost("/import", Import)
            .WithTags("Operator")
            .RequireAuthorization(OperatorToken.Policy)
            .WithMetadata(new RequestSizeLimitAttribute(limits.ImportBytes));

    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> Import(ImportBody body, ImportService imports)
    {
        var fields = new Fields();
        var files = fields.List("files", body.Files, Limits.ImportFiles)?.Select((file, i) => Read(fields, $"files[{i}]", file)).ToList();
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        var (outcomes, errors) = await imports.Import(files!);
        return errors.IsEmpty ? TypedResults.Ok(new ImportView(outcomes)) : Problem.Result(Problem.ImportInvalid, ("importErrors", errors));
    }

    private static ImportFile Read(Fields fields, string path, ImportFileBody? file)
    {
        if (!fields.Has(path, file)) return new("", "");
        if (file!.Content is null) fields.Fault($"{path}.content", Messages.Required);
        return new(fields.RequiredText($"{path}.name", file.Name, Limits.FileName), file.Content ?? "");
    }
}
