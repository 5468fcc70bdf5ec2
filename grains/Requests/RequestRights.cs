using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Requests;

/// <summary>
/// Who may do what with a request. Default deny. The desk of a territory is its telesecretariat and its CPTS (domain reference §2.1); every other door
/// acts on the requests of its own organisation.
/// </summary>
public static class RequestRights
{
    /// <summary>Whether the actor may ask in a territory: a door by which one may look for a slot, or the desk.</summary>
    public static bool MayOpen(Actor actor, string territoryId, string sasId) =>
        ReasonRules.IsRegulation(actor.Role) ? actor.SasId == sasId : IsDoor(actor.Role) && actor.Memberships.Contains(territoryId);

    /// <summary>Whether the actor works at the territory's desk, which looks after all its requests.</summary>
    public static bool IsDesk(Actor actor, string territoryId) =>
        actor.Role is Role.TeleSecretary or Role.Coordinator && actor.Memberships.Contains(territoryId);

    /// <summary>Whether the actor may know of the request, without its patient.</summary>
    public static bool MaySee(Actor actor, CareRequest request) => IsDesk(actor, request.TerritoryId) || IsParty(actor, request) || IsOwner(actor, request);

    /// <summary>Whether the actor may know the patient: a coordinator only of a request in their own hands (domain reference §2.1, §11.2).</summary>
    public static bool MaySeePatient(Actor actor, CareRequest request) =>
        IsParty(actor, request) || IsOwner(actor, request) || (actor.Role == Role.TeleSecretary && IsDesk(actor, request.TerritoryId));

    /// <summary>Whether the actor may take it into their hands.</summary>
    public static bool MayTake(Actor actor, CareRequest request) => IsDesk(actor, request.TerritoryId) || IsParty(actor, request);

    /// <summary>Whether the actor may say what became of it, or book for it, which serves it: its owner; while it is nobody's, whoever could take it.</summary>
    public static bool MayEnd(Actor actor, CareRequest request) => IsOwner(actor, request) || (request.Owner is null && MayTake(actor, request));

    /// <summary>Whether the actor may call it off: also the organisation that asked, in whosever hands it is.</summary>
    public static bool MayCancel(Actor actor, CareRequest request) => IsParty(actor, request) || MayEnd(actor, request);

    private static bool IsOwner(Actor actor, CareRequest request) => request.Owner == actor.Id;

    private static bool IsParty(Actor actor, CareRequest request) =>
        IsDoor(actor.Role) && (request.OrganizationId == actor.OrganizationId || request.OnBehalfOf == actor.Id);

    private static bool IsDoor(Role role) => role == Role.Coordinator || Rights.DoorsOf(role) != Audience.None;
}
