using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Rules;

namespace SnpLive.Web.Reference;

/// <summary>A national reason; a vital one is a sign of gravity and leads to the emergency exit only.</summary>
internal sealed record ReasonView(string Code, string Label, bool Vital);

/// <summary>Which program answers, and how many commands it has made durable since its start.</summary>
internal sealed record VersionView(string Name, string Version, string Engine, long Commits);

/// <summary>What every screen needs to know.</summary>
internal static class ReferenceApi
{
    private static readonly IReadOnlyList<ReasonView> ReasonList = [.. ReasonCodes.All.Select(one => new ReasonView(one.Code, one.Label, one.VitalSign))];

    private static readonly string ThisVersion =
        typeof(ReferenceApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    private static readonly string Engine =
        typeof(IGrainFactory).Assembly.GetName().Name!.Contains("StandIn", StringComparison.Ordinal) ? "StandIn" : "Orleans";

    internal static void MapReference(this IEndpointRouteBuilder api)
    {
        var reference = api.MapGroup("").WithTags("Reference");
        reference.MapGet("/reasons", Reasons);
        reference.MapGet("/version", Version);
    }

    private static Ok<IReadOnlyList<ReasonView>> Reasons() => TypedResults.Ok(ReasonList);

    private static Ok<VersionView> Version(CommitCount commits) => TypedResults.Ok(new VersionView("SnpLive", ThisVersion, Engine, commits.Value));
}
