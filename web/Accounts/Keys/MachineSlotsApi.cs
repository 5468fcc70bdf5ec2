using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.People;
using SnpLive.Web.Live;
using SnpLive.Web.Problems;

namespace SnpLive.Web.Accounts.Keys;

/// <summary>A free slot for a machine: nothing about the practitioner, and no name of a practice, which often is one.</summary>
/// <param name="Id">Slot id.</param>
/// <param name="Start">UTC.</param>
/// <param name="End">UTC.</param>
/// <param name="Stream">Care stream code.</param>
/// <param name="Mode"><c>surgery</c>, <c>home</c> or <c>video</c>.</param>
/// <param name="Places">Places left.</param>
/// <param name="Commune">Name.</param>
/// <param name="PostalCode">Of the commune.</param>
internal sealed record MachineSlotView(string Id, DateTimeOffset Start, DateTimeOffset End, string Stream, string Mode, int Places, string Commune, string PostalCode);

/// <summary>Free slots at an instant (UTC), the soonest first.</summary>
internal sealed record MachineSlotsView(DateTimeOffset AsOf, IReadOnlyList<MachineSlotView> Slots);

/// <summary>What machines may read.</summary>
internal static class MachineSlotsApi
{
    private const string Free = "free";

    // A key sees what some member of the CPTS sees without belonging to a group: never slots kept for the SAS alone.
    private static readonly Role[] Roles = [Role.Pharmacist, Role.GeneralPractitioner, Role.TeleSecretary, Role.EmergencyDesk, Role.Nurse];

    internal static void MapMachineSlots(this IEndpointRouteBuilder api) =>
        api.MapGet("/machines/slots/{territory}", Slots).WithTags("Machines").RequireAuthorization(MachineHandler.SlotsPolicy);

    private static async Task<Results<Ok<MachineSlotsView>, ProblemHttpResult>> Slots(string territory, ClaimsPrincipal user, IBoards boards, CancellationToken cancellationToken)
    {
        if (territory != MachineHandler.TerritoryOf(user)) return Problem.Result(Problem.TerritoryUnknown);
        var seen = new Dictionary<string, SlotView>(StringComparer.Ordinal);
        DateTimeOffset? asOf = null;
        foreach (var role in Roles)
        {
            var member = new Actor("machine", role, territory, null, [territory], [], []);
            if (await boards.Board(member, territory, cancellationToken) is not { } board) return Problem.Result(Problem.TerritoryUnknown);
            asOf ??= board.AsOf; // the oldest: what is told is at least as new
            foreach (var slot in board.Slots)
                if (slot.State == Free) seen.TryAdd(slot.Id, slot);
        }
        return TypedResults.Ok(new MachineSlotsView(asOf!.Value, [.. seen.Values.OrderBy(one => one.Start).ThenBy(one => one.Id, StringComparer.Ordinal).Select(View)]));
    }

    private static MachineSlotView View(SlotView slot) => new(
        slot.Id, slot.Start, slot.End, slot.Stream, slot.Mode, slot.Capacity - slot.Taken, slot.Place.Commune, slot.Place.PostalCode);
}
