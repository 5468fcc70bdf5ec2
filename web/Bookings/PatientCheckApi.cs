using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Web.Audit;
using SnpLive.Web.Hosting;
using SnpLive.Web.Problems;
using SnpLive.Web.Sessions;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Bookings;

/// <summary>Asks whether a patient has a booking already, while the form is filled. In the body, never in an address.</summary>
internal sealed record PatientCheckBody
{
    /// <summary>The slot that one is about to book: its SAS and care stream are asked about.</summary>
    [Required] public string? SlotId { get; init; }
    /// <summary>Birth name.</summary>
    [Required, MaxLength(Limits.Name)] public string? LastName { get; init; }
    [Required, MaxLength(Limits.Name)] public string? FirstName { get; init; }
    /// <summary>yyyy-MM-dd.</summary>
    [Required] public string? BirthDate { get; init; }
}

/// <summary>Neutral on purpose: a stranger learns that a booking exists and until when (UTC), never where, with whom or why. Null: none is known.</summary>
internal sealed record PatientCheckView(DateTimeOffset? BookedUntil);

/// <summary>Warns of a second booking before it is refused (domain reference §3.6).</summary>
internal static class PatientCheckApi
{
    private const Audience Anybody = Audience.Public | Audience.Pro | Audience.Snp | Audience.Cpts;

    internal static void MapPatientCheck(this IEndpointRouteBuilder api) =>
        api.MapGroup("/patients").WithTags("Bookings").MapPost("/check", Check).RequireRateLimiting(RateLimits.PatientChecks);

    private static async Task<Results<Ok<PatientCheckView>, ProblemHttpResult>> Check(
        PatientCheckBody body, SignedIn me, TerritoryCatalogue catalogue, IPersonVault vault, Clock clock)
    {
        var fields = new Fields();
        var slotId = fields.RequiredId("slotId", body.SlotId, id => Ids.AgendaOf(id) is not null);
        var now = clock.Now;
        var traits = new PatientIdentity(
            fields.RequiredName("lastName", body.LastName), fields.RequiredName("firstName", body.FirstName), null,
            fields.BirthDate("birthDate", body.BirthDate, CivilTime.Day(now, BookingDesk.FirstZoneOfTheDay)), Sex.I, null, null);
        if (!fields.Valid) return Problem.Invalid(fields.Errors);
        if ((await catalogue.Agenda(Ids.AgendaOf(slotId)!)).Agenda is not { } agenda) return Problem.Result(RefusalTable.Of(Refusal.SlotUnknown));

        // Only who may hold a slot there has a patient to book there; whether this very slot is open to them, the booking decides.
        var (territory, stream) = (agenda.Territory, agenda.Entry.CareStream);
        var scope = new RightsScope(agenda.Entry.Id, territory.Sas.Id, territory.Grants, territory.Rules.EmergencyDesk);
        if (!Rights.MayHold(me.Actor, scope, stream, Anybody, CivilTime.Day(now, territory.Rules.TimeZone))) return Problem.Result(RefusalTable.Of(Refusal.NotAllowed));
        return TypedResults.Ok(new PatientCheckView(await vault.BookedUntil(
            territory.Sas.Id, traits, stream, now, me.Because(AccessAction.Search, territory.Id, territory.Sas.Id, AccessWhy.PatientCheck, slotId))));
    }
}
