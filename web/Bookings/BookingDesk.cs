using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Requests;
using SnpLive.Grains.Rules;
using SnpLive.Web.Agendas;
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
    Eligibility Eligibility, string Reason, DateTimeOffset? DecidedAt, bool VitalSignsExcluded);

/// <summary>A command ready to be sent, or why it will not be.</summary>
internal sealed record PreparedBooking(string AgendaId, BookSlot? Command, TerritorySetView Territories, ProblemHttpResult? Problem);

/// <summary>From a form to a sealed command. Behind it nobody can read who the patient is.</summary>
internal sealed class BookingDesk(
    TerritoryCatalogue catalogue, ProfessionalDirectory people, IGrainFactory grains, IPersonVault vault, AgendaCommands commands, Clock clock)
{
    /// <summary>The French zone where a civil day begins first.</summary>
    private const string FirstZoneOfTheDay = "Pacific/Wallis";

    /// <summary>Reads the form.</summary>
    internal BookingOrder Read(BookBody body)
    {
        var fields = new Fields();
        var today = CivilTime.Day(clock.Now, FirstZoneOfTheDay); // a baby of this night is born today somewhere in France
        var patient = fields.Has("patient", body.Patient) ? body.Patient! : new PatientBody();
        var inside = body.Patient is null ? new Fields() : fields; // one fault for a missing patient, not ten
        var identity = new PatientIdentity(
            inside.RequiredName("patient.lastName", patient.LastName),
            inside.RequiredName("patient.firstName", patient.FirstName),
            inside.Name("patient.usedName", patient.UsedName),
            inside.BirthDate("patient.birthDate", patient.BirthDate, today),
            inside.RequiredCode("patient.sex", patient.Sex, Codes.Sexes),
            inside.Commune("patient.communeCode", patient.CommuneCode),
            inside.Text("patient.registeredGp", patient.RegisteredGp, Limits.Name));
        var note = new BookingNote(
            inside.Phone("patient.phone", patient.Phone),
            inside.Text("patient.contactName", patient.ContactName, Limits.Name),
            inside.Text("patient.address", patient.Address, Limits.Address),
            fields.Text("note", body.Note, Limits.Note),
            fields.Text("override", body.Override, Limits.OverrideReason, Limits.OverrideReasonMin));
        return new(
            fields,
            fields.RequestId(body.RequestId),
            fields.Id("holdId", body.HoldId, id => Ids.AgendaOf(id) is not null),
            fields.Id("careRequestId", body.CareRequestId, Ids.IsCareRequest),
            fields.Id("onBehalfOf", body.OnBehalfOf, Ids.IsKey),
            identity, note,
            fields.RequiredCode("eligibility", body.Eligibility, Codes.Eligibilities),
            fields.Reason("reason", body.Reason),
            fields.Instant("decidedAt", body.DecidedAt),
            fields.Flag("vitalSignsExcluded", body.VitalSignsExcluded));
    }

    /// <summary>Finds agenda, professional and request, and seals the patient; null when nobody gave out such a slot id.</summary>
    internal async Task<PreparedBooking?> Prepare(string slotId, BookingOrder order, Actor actor)
    {
        if (Ids.AgendaOf(slotId) is not { } agendaId) return null;
        var (territories, agenda) = await catalogue.Agenda(agendaId);
        if (agenda is null) return null;

        PreparedBooking Stop(ProblemHttpResult problem) => new(agendaId, null, territories, problem);

        OnBehalfOf? onBehalfOf = null;
        if (order.OnBehalfOf is { } named)
        {
            if (territories.Professional(named) is null || await people.Find(named) is not { } professional)
                return Stop(Problem.Invalid("onBehalfOf", Messages.UnknownProfessional));
            onBehalfOf = new(professional.Id, professional.Role, professional.Memberships, professional.Groups);
        }
        if (order.CareRequestId is { } request && !await IsOwnRequest(request, actor)) return Stop(Problem.Result(Problem.CareRequestUnknown));

        var patient = vault.Seal(agenda.Territory.Sas.Id, order.Patient, order.Note);
        var command = new BookSlot(
            slotId, order.HoldId, order.CareRequestId, onBehalfOf, patient, Surrogate: null, order.Eligibility, order.Reason, order.DecidedAt,
            order.VitalSignsExcluded, Override: order.Note.OverrideReason is not null)
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

    private async Task<bool> IsOwnRequest(string id, Actor actor) =>
        await grains.GetGrain<ICareRequestGrain>(id).Get() is { } request && request.OrganizationId == actor.OrganizationId;
}
