using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Calls;
using SnpLive.Grains.People;
using SnpLive.Grains.Requests;
using SnpLive.Web.Agendas;
using SnpLive.Web.Calls;
using SnpLive.Web.Commands;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Bookings;

/// <summary>What was typed, read and checked.</summary>
internal sealed record BookingOrder(
    Fields Fields, Guid RequestId, string? HoldId, string? CareRequestId, string? OnBehalfOf, PatientIdentity Patient, BookingNote Note,
    Eligibility Eligibility, string Reason, DateTimeOffset? DecidedAt, bool VitalSignsExcluded, BookingToMove? From, string? CallId = null);

/// <summary>A command ready to be sent, or why it will not be.</summary>
internal sealed record PreparedBooking(string AgendaId, BookSlot? Command, TerritorySetView Territories, ProblemHttpResult? Problem);

/// <summary>From a form to a sealed command. Behind it nobody can read who the patient is.</summary>
internal sealed class BookingDesk(
    TerritoryCatalogue catalogue, ProfessionalDirectory people, IGrainFactory grains, IPersonVault vault, AgendaCommands commands, Clock clock)
{
    /// <summary>The French zone where a civil day begins first.</summary>
    internal const string FirstZoneOfTheDay = "Pacific/Wallis";

    /// <summary>Reads the form.</summary>
    /// <param name="body">The form.</param>
    /// <param name="from">The booking it replaces, from which it takes what was left out; null: none.</param>
    internal BookingOrder Read(BookBody body, BookingToMove? from)
    {
        var fields = new Fields();
        var (identity, note) = from is { Identity: { } known }
            ? (known, KnownNote(fields, body, from.Note))
            : PatientForm.Read(fields, body.Patient, body.Note, body.Override, clock.Now);
        return new(
            fields,
            fields.RequestId(body.RequestId),
            fields.Id("holdId", body.HoldId, id => Ids.AgendaOf(id) is not null),
            from?.Old.CareRequestId ?? fields.Id("careRequestId", body.CareRequestId, Ids.IsCareRequest),
            fields.Id("onBehalfOf", body.OnBehalfOf, Ids.IsKey),
            identity, note,
            body.Eligibility is null && from is not null ? from.Old.Eligibility : fields.RequiredCode("eligibility", body.Eligibility, Codes.Eligibilities),
            body.Reason is null && from is not null ? from.Old.Reason : fields.Reason("reason", body.Reason),
            fields.Instant("decidedAt", body.DecidedAt),
            // No booking stands with a vital sign: who booked first had excluded them.
            (body.VitalSignsExcluded is null && from is not null) || fields.Flag("vitalSignsExcluded", body.VitalSignsExcluded),
            from,
            fields.Id("callId", body.CallId, Calls.CallDesk.IsCall));
    }

    /// <summary>Who the patient is does not change with the slot; how to reach them may.</summary>
    private static BookingNote KnownNote(Fields fields, BookBody body, BookingNote? before) => new(
        body.Patient?.Phone is { } phone ? fields.Phone("patient.phone", phone) : before?.Phone ?? "",
        fields.Text("patient.contactName", body.Patient?.ContactName, Limits.Name) ?? before?.ContactName,
        fields.Text("patient.address", body.Patient?.Address, Limits.Address) ?? before?.Address,
        fields.Text("note", body.Note, Limits.Note) ?? before?.Note,
        null);

    /// <summary>Finds agenda, professional and request, and seals the patient; null when nobody gave out such a slot id.</summary>
    internal async Task<PreparedBooking?> Prepare(string slotId, BookingOrder order, Actor actor)
    {
        if (Ids.AgendaOf(slotId) is not { } agendaId) return null;
        var (territories, agenda) = await catalogue.Agenda(agendaId);
        if (agenda is null) return null;

        PreparedBooking Stop(ProblemHttpResult problem) => new(agendaId, null, territories, problem);

        OnBehalfOf? onBehalfOf = null;
        if ((order.OnBehalfOf ?? order.From?.OnBehalfOf(actor)) is { } named)
        {
            if (territories.Professional(named) is null || await people.Find(named) is not { } professional)
                return Stop(Problem.Invalid("onBehalfOf", Messages.UnknownProfessional));
            onBehalfOf = new(professional.Id, professional.Role, professional.Memberships, professional.Groups);
        }
        var request = order.From is null && order.CareRequestId is { } id ? await grains.GetGrain<ICareRequestGrain>(id).Get() : null;
        // Asked before the slot is: an accepted booking finds its answer again below, whatever became of the request or the call since.
        async Task<bool> IsNew() => await commands.FirstAnswer(actor, order.RequestId) is null;
        if (order.From is null && order.CareRequestId is not null && WhyNotFor(request, actor) is { } ended && await IsNew()) return Stop(Problem.Result(RefusalTable.Of(ended)));

        var decidedAt = order.DecidedAt ?? (request?.OpenedAt is null ? null : request.DecidedAt); // the request's window, not a new one
        if (order.CallId is { } callId)
        {
            if (agenda.Territory.Sas.Id != CallStreams.CentreOf(callId)) return Stop(CallRefusals.Problem(new(CallRefusal.CallUnknown), territories));
            var call = grains.GetGrain<ICallGrain>(callId);
            if (await call.WhyNotBookable(actor) is { } no && await IsNew()) return Stop(CallRefusals.Problem(no, territories));
            decidedAt ??= (await call.Get())?.Call.Decision?.At;
        }

        var patient = vault.Seal(agenda.Territory.Sas.Id, order.Patient, order.Note);
        var command = new BookSlot(
            slotId, order.HoldId, order.CareRequestId, onBehalfOf, patient, Surrogate: null, order.Eligibility, order.Reason, decidedAt,
            order.VitalSignsExcluded, Override: order.Note.OverrideReason is not null, order.From?.Old.BookingId, order.CallId)
        { RequestId = order.RequestId, Actor = actor, NotAfter = commands.NotAfter };
        return new(agendaId, command, territories, null);
    }

    internal Task<AgendaAnswer> Send(PreparedBooking prepared) => commands.Send(prepared.AgendaId, prepared.Command!);

    internal BookingMade View(BookingConfirmed confirmed, Guid requestId, TerritorySetView territories) => Made(confirmed, requestId, territories);

    /// <summary>What the requester is told, at once or when the answer is looked up again.</summary>
    internal static BookingMade Made(BookingConfirmed confirmed, Guid requestId, TerritorySetView territories)
    {
        // As of the booking; the board says what became of the slot since. With several places it stays free for others.
        var slot = confirmed.Slot;
        var view = SlotViews.Of(slot, territories, slot.Capacity > 1 ? SlotState.Free : SlotState.Booked, taken: 1);
        return new(confirmed.BookingId, confirmed.CareRequestId, confirmed.Deadline, view, requestId.ToString());
    }

    /// <summary>A need that was recorded as unserved may find its slot later; a request that was opened ends for good.</summary>
    private Refusal? WhyNotFor(CareRequest? request, Actor actor)
    {
        if (request is null || !RequestRights.MaySee(actor, request)) return Refusal.CareRequestUnknown;
        if (request.OpenedAt is not null && !request.IsOpen(clock.Now)) return Refusal.CareRequestEnded;
        return RequestRights.MayEnd(actor, request) ? null : request.Owner is null ? Refusal.NotAllowed : Refusal.CareRequestTaken;
    }
}
