using SnpLive.Grains.People;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Audit;

/// <summary>A professional in the log.</summary>
internal sealed record AuditPersonView(string Id, string Name, string Role, string Organization)
{
    internal static AuditPersonView Of(string id, Role role, string organizationId, TerritorySetView territories) => new(
        id, id == Actor.System.Id ? id : territories.Professional(id)?.Name ?? id, RoleOf(role), territories.OrganizationName(organizationId) ?? organizationId);

    internal static string RoleOf(Role role) => Enum.IsDefined(role) ? Codes.Roles.Write(role) : "unknown";
}

/// <summary>An access: who, when, why, at what. Never the patient's name.</summary>
/// <param name="Seq">Its number in the log.</param>
/// <param name="At">UTC.</param>
/// <param name="By">Who.</param>
/// <param name="Action">read, search, export, correct, breakGlass, purge, object or erase.</param>
/// <param name="Why">Code of the screen or the act.</param>
/// <param name="Object">Id of the booking, request, call or slot; null when it is none's.</param>
/// <param name="Practitioner">Whose agenda the object is of; null: none's.</param>
/// <param name="Subject">Stands for the patient: the same for the same one.</param>
/// <param name="HasReason">Whether a written reason is kept (break-glass).</param>
/// <param name="Territory">Name of the territory; left out: of the SAS as a whole.</param>
internal sealed record AccessView(
    long Seq, DateTimeOffset At, AuditPersonView By, string Action, string Why, string? Object, string? Practitioner, string Subject, bool HasReason, string? Territory)
{
    private static readonly CodeList<AccessAction> Actions = new(
        [("read", AccessAction.Read), ("search", AccessAction.Search), ("export", AccessAction.Export), ("correct", AccessAction.Correct), ("breakGlass", AccessAction.BreakGlass), ("purge", AccessAction.Purge),
            ("object", AccessAction.Object), ("erase", AccessAction.Erase)]);

    internal static AccessView Of(AccessEntry entry, TerritorySetView territories)
    {
        var agenda = Ids.AgendaOf(entry.Object) is { } id ? territories.Agenda(id) : null;
        return new(
            entry.Seq, entry.At, AuditPersonView.Of(entry.ActorId, entry.Role, entry.OrganizationId, territories),
            Enum.IsDefined(entry.Action) ? Actions.Write(entry.Action) : "unknown", WhyOf(entry), entry.Object.Length == 0 ? null : entry.Object,
            agenda is null ? null : territories.Professional(agenda.Entry.PractitionerId)?.Name, entry.Subject, BreakGlass.ReasonOf(entry) is not null, territories.Territory(entry.TerritoryId)?.Name);
    }

    /// <summary>The code without what is appended to find the written reason.</summary>
    private static string WhyOf(AccessEntry entry) => entry.Why.Split('/', 2)[0];
}

/// <summary>A page of the log, the newest first.</summary>
/// <param name="AsOf">UTC.</param>
/// <param name="Entries">The entries.</param>
/// <param name="Before">Asks for the next page; null: there is none.</param>
internal sealed record AccessPageView(DateTimeOffset AsOf, IReadOnlyList<AccessView> Entries, long? Before);

/// <summary>The written reason of a break-glass.</summary>
internal sealed record AccessReasonView(long Seq, string Reason);

/// <summary>What happened to a booking.</summary>
/// <param name="At">UTC.</param>
/// <param name="What">held, booked, cancelled, toReplace, replaced, fulfilled or noshow.</param>
/// <param name="By">Who.</param>
/// <param name="Detail">Code of the reason; null: none.</param>
internal sealed record HistoryView(DateTimeOffset At, string What, AuditPersonView By, string? Detail);

/// <summary>The history of a booking, oldest first.</summary>
internal sealed record BookingHistoryView(string BookingId, IReadOnlyList<HistoryView> Events);
