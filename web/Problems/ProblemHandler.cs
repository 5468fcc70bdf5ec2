using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;

namespace SnpLive.Web.Problems;

/// <summary>Turns what escapes an endpoint into a problem: never a stack, never a piece of the body.</summary>
internal sealed class ProblemHandler(ILogger<ProblemHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (context.RequestAborted.IsCancellationRequested) return true;
        switch (exception)
        {
            case BadHttpRequestException { InnerException: JsonException json }:
                await Problem.Write(context, Problem.InvalidInput, ("errors", JsonErrors.Of(json)));
                break;
            case BadHttpRequestException bad:
                await Problem.Write(context, Problem.ForStatus(bad.StatusCode));
                break;
            case AccessNotRecordedException:
                await Problem.Write(context, Problem.AccessNotRecorded);
                break;
            case LedgerUnavailableException:
                await Problem.Write(context, RefusalTable.Of(Refusal.LedgerUnavailable));
                break;
            // Commands answer time-outs themselves (outcome-unknown); what arrives here was a question.
            case TimeoutException or OrleansException:
                logger.QuestionUnanswered(exception.GetType().Name);
                await Problem.Write(context, RefusalTable.Of(HttpMethods.IsGet(context.Request.Method) ? Refusal.LedgerUnavailable : Refusal.OutcomeUnknown));
                break;
            default:
                logger.Unexpected(exception.GetType().FullName!, exception.StackTrace);
                await Problem.Write(context, Problem.InternalError);
                break;
        }
        return true;
    }
}

/// <summary>JSON that does not fit the contract, as errors by field path.</summary>
internal static class JsonErrors
{
    private const int MaxPath = 120;

    internal static Dictionary<string, string[]> Of(JsonException exception)
    {
        var path = exception.Path ?? "$";
        path = path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;
        if (path.Length > MaxPath) path = path[..MaxPath];
        // A reader error (not a serializer one) knows where it stopped and carries another message.
        var message = exception.InnerException is JsonException or null && path == "$" ? Messages.NotJson : Messages.UnknownMember;
        return new() { [path] = [message] };
    }
}

internal static partial class ProblemLog
{
    [LoggerMessage(1, LogLevel.Warning, "A question was not answered in time ({Kind}).")]
    internal static partial void QuestionUnanswered(this ILogger logger, string kind);

    // The exception's own message is left out: it may quote what a person typed.
    [LoggerMessage(2, LogLevel.Error, "Unexpected {Kind}\n{Stack}")]
    internal static partial void Unexpected(this ILogger logger, string kind, string? stack);
}
