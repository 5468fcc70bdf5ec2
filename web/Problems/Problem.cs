using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace SnpLive.Web.Problems;

/// <summary>Problems of the web itself, and how every problem is written (RFC 9457, stable <c>code</c>).</summary>
internal static class Problem
{
    internal static readonly ProblemKind InvalidInput = new("invalid-input", Status400BadRequest, Messages.InvalidInput);
    internal static readonly ProblemKind MalformedRequest = new("malformed-request", Status400BadRequest, Messages.MalformedRequest);
    internal static readonly ProblemKind NotSignedIn = new("not-signed-in", Status401Unauthorized, Messages.NotSignedIn);
    internal static readonly ProblemKind Forbidden = new("forbidden", Status403Forbidden, Messages.Forbidden);
    internal static readonly ProblemKind CrossSite = new("cross-site", Status403Forbidden, Messages.CrossSite);
    internal static readonly ProblemKind NotFound = new("not-found", Status404NotFound, Messages.NotFound);
    internal static readonly ProblemKind MethodNotAllowed = new("method-not-allowed", Status405MethodNotAllowed, Messages.MethodNotAllowed);
    internal static readonly ProblemKind IdentityUnknown = new("identity-unknown", Status404NotFound, Messages.IdentityUnknown);
    internal static readonly ProblemKind TerritoryUnknown = new("territory-unknown", Status404NotFound, Messages.TerritoryUnknown);
    internal static readonly ProblemKind CommandUnknown = new("command-unknown", Status404NotFound, Messages.CommandUnknown);
    internal static readonly ProblemKind TooLarge = new("too-large", Status413PayloadTooLarge, Messages.TooLarge);
    internal static readonly ProblemKind UnsupportedMediaType = new("unsupported-media-type", Status415UnsupportedMediaType, Messages.UnsupportedMediaType);
    internal static readonly ProblemKind TooManyRequests = new("too-many-requests", Status429TooManyRequests, Messages.TooManyRequests);
    internal static readonly ProblemKind InternalError = new("internal-error", Status500InternalServerError, Messages.InternalError);
    internal static readonly ProblemKind Unavailable = new("unavailable", Status503ServiceUnavailable, Messages.Unavailable);
    internal static readonly ProblemKind AccessNotRecorded = new("access-not-recorded", Status503ServiceUnavailable, Audit.AuditMessages.AccessNotRecorded);
    internal static readonly ProblemKind ImportInvalid = new("import-invalid", Status422UnprocessableEntity, Messages.ImportInvalid);

    /// <summary>The problem for a bare status, as the framework answers before any of our code runs.</summary>
    internal static ProblemKind ForStatus(int status) => status switch
    {
        Status401Unauthorized => NotSignedIn,
        Status403Forbidden => Forbidden,
        Status404NotFound => NotFound,
        Status405MethodNotAllowed => MethodNotAllowed,
        Status413PayloadTooLarge => TooLarge,
        Status415UnsupportedMediaType => UnsupportedMediaType,
        Status429TooManyRequests => TooManyRequests,
        Status503ServiceUnavailable => Unavailable,
        >= 500 => InternalError,
        _ => MalformedRequest,
    };

    /// <summary>The problem as a result.</summary>
    internal static ProblemHttpResult Result(ProblemKind kind, params ReadOnlySpan<(string Name, object? Value)> members) => TypedResults.Problem(Details(kind, members));

    /// <summary>Invalid input: errors by the path of the field.</summary>
    internal static ProblemHttpResult Invalid(IReadOnlyDictionary<string, string[]> errors) => Result(InvalidInput, ("errors", errors));

    /// <summary>Invalid input in one field.</summary>
    internal static ProblemHttpResult Invalid(string path, string message) => Invalid(new Dictionary<string, string[]> { [path] = [message] });

    /// <summary>Answers with the problem, outside an endpoint.</summary>
    internal static Task Write(HttpContext context, ProblemKind kind, params ReadOnlySpan<(string Name, object? Value)> members) =>
        Result(kind, members).ExecuteAsync(context);

    private static ProblemDetails Details(ProblemKind kind, ReadOnlySpan<(string Name, object? Value)> members)
    {
        var details = new ProblemDetails { Type = $"urn:snplive:problem:{kind.Code}", Title = kind.Text.Title, Detail = kind.Text.Detail, Status = kind.Status };
        details.Extensions["code"] = kind.Code;
        foreach (var (name, value) in members)
            if (value is not null) details.Extensions[name] = value;
        return details;
    }
}
