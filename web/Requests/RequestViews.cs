using SnpLive.Grains.People;
using SnpLive.Grains.Requests;
using SnpLive.Web.Bookings;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Requests;

/// <summary>A need as recorded.</summary>
internal sealed record UnservedView(string CareRequestId, DateTimeOffset DecidedAt, DateTimeOffset Deadline, string ReasonNotServed, string RequestId)
{
    internal static UnservedView Of(CareRequest request, Guid requestId) =>
        new(request.CareRequestId, request.DecidedAt, request.Deadline, Codes.UnservedReasons.Write(request.Unserved), requestId.ToString());
}

/// <summary>Who looks after a request.</summary>
internal sealed record RequestOwnerView(string Id, string Name, string Organization);

/// <summary>A request without its patient.</summary>
/// <param name="Id">Key.</param>
/// <param name="TerritoryId">Tenant.</param>
/// <param name="Stream">Care stream.</param>
/// <param name="Status">open, served, unserved or cancelled; the deadline ends an open one.</param>
/// <param name="Door">Role of who asked.</param>
/// <param name="RequestedBy">Their name.</param>
/// <param name="Organization">Their organisation.</param>
/// <param name="OnBehalfOf">Id of the professional for whom a booking would be made: the one named, or who asked; null when that is nobody's.</param>
/// <param name="OnBehalfOfName">Their name, when one was named.</param>
/// <param name="Own">Whether the reader's organisation asked.</param>
/// <param name="Mine">Whether it is in the reader's hands.</param>
/// <param name="Eligibility">Why the patient may use the scheme.</param>
/// <param name="RegisteredGp">yes, no or absent; null: there is none.</param>
/// <param name="Reason">National reason code.</param>
/// <param name="OpenedAt">UTC.</param>
/// <param name="DecidedAt">UTC.</param>
/// <param name="Deadline">UTC.</param>
/// <param name="Owner">Null: nobody's.</param>
/// <param name="TakenAt">UTC.</param>
/// <param name="ReturnedAt">UTC; the opening at which it came back.</param>
/// <param name="ReopenedAt">UTC; when its booking was cancelled.</param>
/// <param name="EndedAt">UTC.</param>
/// <param name="ServedBy">What served it.</param>
/// <param name="BookingId">The booking that serves it.</param>
/// <param name="Unserved">Why it was not served.</param>
/// <param name="CancelReason">Why it was called off.</param>
/// <param name="Allowed">What the reader may do with it now: take, takeOver, release, end, cancel, book, patient.</param>
/// <param name="RequestId">In the answer to a command: its id.</param>
internal sealed record RequestView(
    string Id, string TerritoryId, string Stream, string Status, string Door, string RequestedBy, string Organization, string? OnBehalfOf, string? OnBehalfOfName,
    bool Own, bool Mine, string Eligibility, string? RegisteredGp, string Reason, DateTimeOffset OpenedAt, DateTimeOffset DecidedAt, DateTimeOffset Deadline,
    RequestOwnerView? Owner, DateTimeOffset? TakenAt, DateTimeOffset? ReturnedAt, DateTimeOffset? ReopenedAt, DateTimeOffset? EndedAt, string? ServedBy, string? BookingId, string? Unserved,
    string? CancelReason, IReadOnlyList<string> Allowed, string? RequestId)
{
    internal static RequestView Of(CareRequest stored, Actor reader, TerritorySetView territories, DateTimeOffset now, Guid? requestId = null)
    {
        var request = stored.At(now);
        return new(
            request.CareRequestId, request.TerritoryId, request.CareStream, Codes.RequestStatuses.Write(request.Status), Codes.Roles.Write(request.Role),
            NameOf(request.RequestedBy, territories), OrganizationOf(request.OrganizationId, territories), BookedFor(request),
            request.OnBehalfOf is { } named ? NameOf(named, territories) : null, request.OrganizationId == reader.OrganizationId, request.Owner == reader.Id,
            Codes.Eligibilities.Write(request.Eligibility), request.RegisteredGp is { } asked ? Codes.RegisteredGpContacts.Write(asked) : null, request.Reason,
            request.OpenedAt ?? request.DecidedAt, request.DecidedAt, request.Deadline,
            request.Owner is { } owner ? new(owner, NameOf(owner, territories), OrganizationOf(request.OwnerOrganizationId!, territories)) : null,
            request.TakenAt, request.ReturnedAt, request.ReopenedAt, request.EndedAt, request.ServedBy is { } by ? Codes.ServedBys.Write(by) : null, request.BookingId,
            request.Status == CareRequestStatus.Unserved ? Codes.UnservedReasons.Write(request.Unserved) : null,
            request.CancelReason is { } reason ? Codes.RequestCancelReasons.Write(reason) : null,
            [.. Actions(request, reader, now)], requestId?.ToString());
    }

    private static IEnumerable<string> Actions(CareRequest request, Actor reader, DateTimeOffset now)
    {
        if (RequestRights.MaySeePatient(reader, request)) yield return "patient";
        if (!request.IsOpen(now)) yield break;
        if (request.Owner is null && RequestRights.MayTake(reader, request)) yield return "take";
        if (request.Owner is { } owner && owner != reader.Id && RequestRights.MayTake(reader, request)) yield return "takeOver";
        if (request.Owner == reader.Id) yield return "release";
        if (RequestRights.MayEnd(reader, request)) yield return "end";
        if (RequestRights.MayCancel(reader, request)) yield return "cancel";
        if (reader.Role != Role.Coordinator && RequestRights.MayEnd(reader, request)) yield return "book";
    }

    /// <summary>A secretary is nobody one books for; who asked at another door is.</summary>
    private static string? BookedFor(CareRequest request) =>
        request.OnBehalfOf ?? (TerritoriesApi.CanBeBookedFor(request.Role) ? request.RequestedBy : null);

    private static string NameOf(string id, TerritorySetView territories) => territories.Professional(id)?.Name ?? id;

    private static string OrganizationOf(string id, TerritorySetView territories) => territories.OrganizationName(id) ?? id;
}

/// <summary>Requests, the nearest deadline first.</summary>
/// <param name="AsOf">UTC.</param>
/// <param name="Requests">Open ones, and those that ended a short while ago.</param>
internal sealed record RequestListView(DateTimeOffset AsOf, IReadOnlyList<RequestView> Requests);

/// <summary>One request; the patient and the note are null for who may not know them, or once the identity was erased.</summary>
internal sealed record RequestDetail(RequestView Request, PatientView? Patient, string? Note);
