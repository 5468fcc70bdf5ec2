using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Web.Live;
using SnpLive.Web.Problems;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Commands;

/// <summary>Tells a refusal: its problem, and on a lost race what else is free.</summary>
internal sealed class Refusals(IBoards boards, TerritoryCatalogue catalogue, ILogger<Refusals> logger)
{
    private const int MaxAlternatives = 3;
    private static readonly TimeSpan AlternativesLimit = TimeSpan.FromSeconds(1);

    /// <summary>The problem that an answer is. An answer that is no refusal does not belong here.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="actor">Who asked.</param>
    /// <param name="slotId">The slot that was wanted, when other slots may do.</param>
    internal async Task<ProblemHttpResult> Problem(AgendaAnswer answer, Actor actor, string? slotId = null)
    {
        if (answer is not Refused refused) throw new InvalidOperationException($"{answer.GetType().Name} answers another command.");
        var kind = RefusalTable.Of(refused.Code);
        IReadOnlyList<SlotView>? alternatives = slotId is null || !OffersAlternatives(refused.Code) ? null : await Alternatives(actor, slotId);
        IReadOnlyDictionary<string, string[]>? errors = refused.Code switch
        {
            Refusal.AddressRequired => new Dictionary<string, string[]> { ["patient.address"] = [Messages.Required] },
            Refusal.OnBehalfOfRequired => new Dictionary<string, string[]> { ["onBehalfOf"] = [Messages.Required] },
            _ => null,
        };
        return Problems.Problem.Result(kind,
            ("until", refused.Until),
            ("heldBy", refused.HeldBy is { } organization ? (await catalogue.Read()).OrganizationName(organization) ?? organization : null),
            // A stranger learns only until when: where else is not the question then, and never where or with whom.
            ("alternatives", alternatives ?? (refused.Code == Refusal.PatientAlreadyBooked ? [] : null)),
            ("errors", errors));
    }

    private static bool OffersAlternatives(Refusal code) => code is Refusal.SlotTaken or Refusal.SlotHeld or Refusal.SlotWithdrawn or Refusal.TooLate or Refusal.HoldExpired;

    private async Task<IReadOnlyList<SlotView>> Alternatives(Actor actor, string slotId)
    {
        using var limit = new CancellationTokenSource(AlternativesLimit);
        try
        {
            var found = await boards.Alternatives(actor, slotId, MaxAlternatives, limit.Token).WaitAsync(limit.Token);
            return found.Count <= MaxAlternatives ? found : [.. found.Take(MaxAlternatives)];
        }
        catch (Exception error) // a refusal is told even when nothing else can be offered
        {
            logger.NoAlternatives(error.GetType().Name);
            return [];
        }
    }
}

internal static partial class RefusalLog
{
    [LoggerMessage(21, LogLevel.Warning, "No alternatives could be looked for ({Kind}).")]
    internal static partial void NoAlternatives(this ILogger logger, string kind);
}
