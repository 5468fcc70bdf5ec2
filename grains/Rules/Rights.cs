using System.Collections.Immutable;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Rules;

/// <summary>What a right on an agenda's slots depends on, besides the slot and the actor.</summary>
/// <param name="AgendaId">The agenda.</param>
/// <param name="SasId">Its SAS.</param>
/// <param name="Grants">Grants of its territory.</param>
/// <param name="EmergencyDesk">What the territory's emergency desks do; null: book.</param>
public sealed record RightsScope(string AgendaId, string SasId, ImmutableArray<Grant> Grants, EmergencyDeskMode? EmergencyDesk = null)
{
    /// <summary>The scope of an agenda.</summary>
    public static RightsScope Of(AgendaDefinition definition) => new(definition.AgendaId, definition.SasId, definition.Grants, definition.Rules.EmergencyDesk);
}

/// <summary>A role that may book a slot, and how.</summary>
/// <param name="Role">The role.</param>
/// <param name="Doors">The codes of the slot's audience through which it comes.</param>
/// <param name="Condition">A condition of its grant.</param>
/// <param name="Group">The group for <see cref="GrantCondition.InGroup"/>; otherwise null.</param>
public sealed record Booker(Role Role, Audience Doors, GrantCondition Condition, string? Group);

/// <summary>May somebody do something.</summary>
public enum Verdict
{
    /// <summary>No: nothing allows it.</summary>
    Denied = 0,
    /// <summary>Yes.</summary>
    Allowed = 1,
    /// <summary>Yes, once a professional is named for whom it is done.</summary>
    OnBehalfOfRequired = 2,
}

/// <summary>
/// Who may see, hold and book what: a right = grant ∩ slot audience (∩ reason rule, <see cref="ReasonRules"/>). Default deny
/// (domain reference §2.2, §2.3). <c>today</c> is always the civil day in the agenda's territory; grants hold on their first and last day.
/// </summary>
public static class Rights
{
    /// <summary>Whether the actor sees a slot: by a grant and its audience, or because it is their own agenda.</summary>
    public static bool MaySee(Actor actor, RightsScope scope, string careStream, Audience audience, DateOnly today) =>
        MayOnSlot(actor, GrantAction.SeeFreeSlots, scope, careStream, audience, today, null) == Verdict.Allowed
        || IsOwner(actor, scope, careStream, today);

    /// <summary>Whether the actor may hold a slot. For whom a telesecretary books is asked at the booking only.</summary>
    public static bool MayHold(Actor actor, RightsScope scope, string careStream, Audience audience, DateOnly today) =>
        MayOnSlot(actor, GrantAction.Hold, scope, careStream, audience, today, null) == Verdict.Allowed;

    /// <summary>Whether the actor may book a slot; a named professional must be allowed to book it too.</summary>
    public static Verdict MayBook(Actor actor, RightsScope scope, string careStream, Audience audience, DateOnly today, OnBehalfOf? onBehalfOf)
    {
        if (onBehalfOf is { } named && !MayBookAlone(named, scope, careStream, audience, today)) return Verdict.Denied;
        return MayOnSlot(actor, GrantAction.Book, scope, careStream, audience, today, onBehalfOf);
    }

    /// <summary>Whether a role may only ask in this territory; somebody else may still book on its behalf, by its grants.</summary>
    public static bool AsksOnly(Role role, RightsScope scope) => role == Role.EmergencyDesk && scope.EmergencyDesk == EmergencyDeskMode.RequestOnly;

    /// <summary>Who may book a slot of this audience, by the grants in force.</summary>
    public static ImmutableArray<Booker> BookersOf(RightsScope scope, string careStream, Audience audience, DateOnly today) =>
        [.. scope.Grants
            .Where(g => g.Action == GrantAction.Book && Concerns(g, g.Role, careStream, today) && (DoorsOf(g.Role) & audience) != 0 && !AsksOnly(g.Role, scope))
            .Select(g => new Booker(g.Role, DoorsOf(g.Role) & audience, g.Condition, g.Group))
            .Distinct()];

    /// <summary>Opening, withdrawing and outcomes: one's own agenda, by a grant that says so.</summary>
    public static bool MayOnOwnAgenda(Actor actor, GrantAction action, RightsScope scope, string careStream, DateOnly today) =>
        actor.Agendas.Contains(scope.AgendaId)
        && Applying(actor, action, scope, careStream, today).Any(g => g.Condition == GrantCondition.OwnAgenda && actor.Memberships.Contains(g.Tenant));

    /// <summary>
    /// Opening and withdrawing: on one's own agenda, or as a delegate of the practitioner, who passes on what a grant allows them and nothing more.
    /// </summary>
    public static bool MayManage(Actor actor, GrantAction action, RightsScope scope, AgendaDefinition definition, DateOnly today, Delegation? delegation) =>
        MayOnOwnAgenda(actor, action, scope, definition.CareStream, today)
        || (IsDelegate(actor, definition.TerritoryId, delegation)
            && scope.Grants.Any(g => g.Action == action && g.Condition == GrantCondition.OwnAgenda && g.Tenant == definition.TerritoryId
                && Concerns(g, delegation!.GivenBy, definition.CareStream, today)));

    /// <summary>Whether the practitioner named the actor, who still is somebody to be named.</summary>
    public static bool IsDelegate(Actor actor, string tenant, Delegation? delegation) =>
        delegation is not null && delegation.Professionals.Contains(actor.Id) && CanBeDelegate(actor.Role) && actor.Memberships.Contains(tenant);

    /// <summary>Who may open slots for practitioners who are not at ease with software: a secretary, the telesecretariat, the coordination.</summary>
    public static bool CanBeDelegate(Role role) => role is Role.Secretary or Role.TeleSecretary or Role.Coordinator;

    /// <summary>Cancelling: the requester's organisation, the performer, a telesecretary of the tenant, the regulator of the SAS it came from.</summary>
    public static bool MayCancel(Actor actor, RightsScope scope, string careStream, Booking booking, DateOnly today) =>
        MayOnOwnAgenda(actor, GrantAction.CloseSlot, scope, careStream, today)
        || MayOnOwnAgenda(actor, GrantAction.Cancel, scope, careStream, today)
        || IsParty(actor, GrantAction.Cancel, scope, careStream, booking, today);

    /// <summary>Seeing a booking with its patient: the same people as for cancelling, and the professional it was made for (domain reference §11.2).</summary>
    public static bool MaySeeBooking(Actor actor, RightsScope scope, string careStream, Booking booking, DateOnly today) =>
        IsOwner(actor, scope, careStream, today)
        || booking.OnBehalfOf == actor.Id
        || IsParty(actor, GrantAction.SeeOwnBookings, scope, careStream, booking, today);

    /// <summary>Break-glass: by a grant that says so, for a booking whose patient they may not see otherwise (domain reference §11.2).</summary>
    public static bool MayBreakGlass(Actor actor, RightsScope scope, string careStream, Booking booking, DateOnly today) =>
        HoldsGlass(actor, scope, careStream, today) && !MaySeeBooking(actor, scope, careStream, booking, today);

    /// <summary>Whether a grant lets the actor break the glass on an agenda at all: a member of its territory, or a person of its SAS.</summary>
    public static bool HoldsGlass(Actor actor, RightsScope scope, string careStream, DateOnly today) =>
        Applying(actor, GrantAction.BreakGlass, scope, careStream, today).Any(g => IsOf(actor, g.Tenant, scope.SasId) && Meets(actor, g));

    /// <summary>Reading a territory's access log: a grant in force that says so, to its members and the people of its SAS. Care streams do not matter.</summary>
    public static bool MayReadAudit(Actor actor, string tenant, string sasId, ImmutableArray<Grant> grants, DateOnly today) =>
        MayInTerritory(actor, GrantAction.ReadAudit, tenant, sasId, grants, today);

    /// <summary>Changing a territory's grants; as for <see cref="MayReadAudit"/>.</summary>
    public static bool MayManageGrants(Actor actor, string tenant, string sasId, ImmutableArray<Grant> grants, DateOnly today) =>
        MayInTerritory(actor, GrantAction.ManageGrants, tenant, sasId, grants, today);

    /// <summary>Examining a territory's break-glass accesses; as for <see cref="MayReadAudit"/>.</summary>
    public static bool MayReviewBreakGlass(Actor actor, string tenant, string sasId, ImmutableArray<Grant> grants, DateOnly today) =>
        MayInTerritory(actor, GrantAction.ReviewBreakGlass, tenant, sasId, grants, today);

    /// <summary>What the actor may do in a territory as a whole, or on some of its agendas by the same kind of grant.</summary>
    public static IEnumerable<GrantAction> OnTerritory(Actor actor, string tenant, string sasId, ImmutableArray<Grant> grants, DateOnly today) =>
        new[] { GrantAction.ManageGrants, GrantAction.ReadAudit, GrantAction.BreakGlass, GrantAction.ReviewBreakGlass }
            .Where(action => MayInTerritory(actor, action, tenant, sasId, grants, today));

    /// <summary>Whether a grant on a territory as a whole is the actor's, on whatever day.</summary>
    public static bool IsHeldBy(Grant grant, Actor actor, string sasId) => grant.Role == actor.Role && IsOf(actor, grant.Tenant, sasId) && Meets(actor, grant);

    private static bool MayInTerritory(Actor actor, GrantAction action, string tenant, string sasId, ImmutableArray<Grant> grants, DateOnly today) =>
        grants.Any(g => g.Action == action && g.Tenant == tenant && Concerns(g, actor.Role, g.CareStream, today) && IsHeldBy(g, actor, sasId));

    private static bool IsOf(Actor actor, string tenant, string sasId) => actor.Memberships.Contains(tenant) || (actor.SasId is { } sas && sas == sasId);

    /// <summary>Conditions that can be met where there is no agenda and nobody is named.</summary>
    private static bool Meets(Actor actor, Grant grant) => grant.Condition switch
    {
        GrantCondition.None => true,
        GrantCondition.InGroup => grant.Group is { } group && actor.Groups.Contains(group),
        GrantCondition.NamedPerson => grant.Person == actor.Id,
        _ => false,
    };

    /// <summary>Through which audience codes a role comes to a slot.</summary>
    internal static Audience DoorsOf(Role role) => role switch
    {
        Role.Regulator or Role.Osnp or Role.DispatchAssistant => Audience.Snp,
        Role.Pharmacist or Role.TeleSecretary or Role.EmergencyDesk or Role.Secretary => Audience.Cpts,
        Role.GeneralPractitioner or Role.Radiologist or Role.Physiotherapist or Role.Nurse or Role.Midwife or Role.MedicalBiologist =>
            Audience.Cpts | Audience.Pro,
        _ => Audience.None, // the system books nothing, coordinators see counts only
    };

    private static Verdict MayOnSlot(
        Actor actor, GrantAction action, RightsScope scope, string careStream, Audience audience, DateOnly today, OnBehalfOf? onBehalfOf)
    {
        var verdict = Verdict.Denied;
        foreach (var grant in Applying(actor, action, scope, careStream, today))
        {
            if (!PassesDoor(actor, grant, scope, audience)) continue;
            switch (grant.Condition)
            {
                case GrantCondition.None:
                case GrantCondition.OwnAgenda when actor.Agendas.Contains(scope.AgendaId):
                case GrantCondition.InGroup when grant.Group is { } group && (actor.Groups.Contains(group) || onBehalfOf?.Groups.Contains(group) == true):
                case GrantCondition.NamedPerson when grant.Person == actor.Id:
                case GrantCondition.OnBehalfOf when action != GrantAction.Book || onBehalfOf is not null:
                    return Verdict.Allowed;
                case GrantCondition.OnBehalfOf:
                    verdict = Verdict.OnBehalfOfRequired;
                    break;
            }
        }
        return verdict;
    }

    /// <summary>Audience and tenancy: SNP asks for the agenda's SAS, CPTS for membership, PRO for a health professional's role.</summary>
    private static bool PassesDoor(Actor actor, Grant grant, RightsScope scope, Audience audience)
    {
        var open = DoorsOf(actor.Role) & audience;
        return ((open & Audience.Snp) != 0 && actor.SasId == scope.SasId)
            || ((open & Audience.Cpts) != 0 && actor.Memberships.Contains(grant.Tenant))
            || (open & Audience.Pro) != 0;
    }

    private static bool MayBookAlone(OnBehalfOf named, RightsScope scope, string careStream, Audience audience, DateOnly today)
    {
        var professional = new Actor(named.ProfessionalId, named.Role, "", null, named.Memberships, named.Groups, []);
        return MayOnSlot(professional, GrantAction.Book, scope, careStream, audience, today, null) == Verdict.Allowed;
    }

    private static bool IsOwner(Actor actor, RightsScope scope, string careStream, DateOnly today) =>
        actor.Agendas.Contains(scope.AgendaId)
        && scope.Grants.Any(g => g.Condition == GrantCondition.OwnAgenda && Concerns(g, actor.Role, careStream, today) && actor.Memberships.Contains(g.Tenant));

    private static bool IsParty(Actor actor, GrantAction action, RightsScope scope, string careStream, Booking booking, DateOnly today)
    {
        foreach (var grant in Applying(actor, action, scope, careStream, today))
        {
            if (grant.Condition is GrantCondition.OwnAgenda && !actor.Agendas.Contains(scope.AgendaId)) continue;
            if (grant.Condition is GrantCondition.InGroup && (grant.Group is null || !actor.Groups.Contains(grant.Group))) continue;
            if (grant.Condition is GrantCondition.NamedPerson && grant.Person != actor.Id) continue;
            if (booking.OrganizationId == actor.OrganizationId) return true;
            if (actor.Role == Role.TeleSecretary && actor.Memberships.Contains(grant.Tenant)) return true;
            // Only people of the agenda's own SAS book through SNP, so a booking by that role came from it.
            if (actor.Role == Role.Regulator && actor.SasId == scope.SasId && ReasonRules.IsRegulation(booking.BookedByRole)) return true;
        }
        return false;
    }

    private static IEnumerable<Grant> Applying(Actor actor, GrantAction action, RightsScope scope, string careStream, DateOnly today) =>
        scope.Grants.Where(g => g.Action == action && Concerns(g, actor.Role, careStream, today));

    private static bool Concerns(Grant grant, Role role, string careStream, DateOnly today) =>
        grant.Role == role && CareStreams.Covers(grant.CareStream, careStream)
        && !(grant.ValidFrom > today) && !(grant.ValidTo < today);
}
