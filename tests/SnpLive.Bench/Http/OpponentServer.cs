using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SnpLive.Bench.Opponents;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Silo.Persons;

namespace SnpLive.Bench.Http;

/// <summary>A booking as an opponent's endpoint takes it: the members of ours.</summary>
internal sealed record OpponentForm(Guid RequestId, OpponentPatient Patient, Eligibility Eligibility, string Reason, bool VitalSignsExcluded, string? Note);

/// <summary>Its patient.</summary>
internal sealed record OpponentPatient(string LastName, string FirstName, DateOnly BirthDate, Sex Sex, string Phone, string? CommuneCode);

/// <summary>Who signs in.</summary>
internal sealed record OpponentSignIn(string Identity);

/// <summary>
/// An opponent as a good team would write it: a minimal API with the framework's cookie session, the same sealing of patients, and an answer with the same content.
/// No validation by field, no rights, no rate limit, no live board: all that is in its favour.
/// </summary>
internal static class OpponentServer
{
    public static async Task<(WebApplication App, ServedStore Store)> Start(ServeOptions options)
    {
        IOpponent system = options.Letter == "U" ? new UniqueInsert(options.Pool) : new RowLock(options.Pool);
        await system.Open(options.Database, options.Territory);
        var vault = new PersonVault(null!, VaultKeys.In(Path.Combine(options.Data, "keys")), null!); // it only seals here

        var builder = WebApplication.CreateBuilder();
        Serve.Quieten(builder);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls("http://127.0.0.1:0");
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = "snp";
            cookie.Events.OnRedirectToLogin = context => { context.Response.StatusCode = StatusCodes.Status401Unauthorized; return Task.CompletedTask; };
        });
        builder.Services.AddAuthorization();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new System.Text.Json.Serialization.JsonStringEnumConverter(System.Text.Json.JsonNamingPolicy.CamelCase));
            json.SerializerOptions.DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull;
        });
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPost("/api/session", (OpponentSignIn body) => Results.SignIn(
            new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, body.Identity)], CookieAuthenticationDefaults.AuthenticationScheme)),
            new AuthenticationProperties(), CookieAuthenticationDefaults.AuthenticationScheme));
        app.MapPost("/api/slots/{id}/bookings", async (string id, OpponentForm form, ClaimsPrincipal user) =>
        {
            var p = form.Patient;
            var patient = vault.Seal(Territory.Sas, new(p.LastName, p.FirstName, null, p.BirthDate, p.Sex, p.CommuneCode, null), new(p.Phone, null, null, form.Note, null));
            var command = new BookSlot(id, null, null, null, patient, null, form.Eligibility, form.Reason, null, form.VitalSignsExcluded, false)
            {
                RequestId = form.RequestId,
                Actor = new(user.FindFirstValue(ClaimTypes.NameIdentifier)!, Role.Regulator, Territory.Sas, Territory.Sas, [], [], []),
                NotAfter = DateTimeOffset.UtcNow.AddSeconds(10),
            };
            var (outcome, confirmed) = await system.Book(command);
            return outcome switch
            {
                Outcome.Booked => Results.Created($"/api/bookings/{confirmed?.BookingId}",
                    new { confirmed?.BookingId, confirmed?.CareRequestId, confirmed?.Deadline, confirmed?.Slot, requestId = form.RequestId }),
                Outcome.Taken => Results.Problem(title: "Ce créneau vient d’être pris.", statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?> { ["code"] = "slot-taken" }),
                _ => Results.Problem(statusCode: StatusCodes.Status422UnprocessableEntity),
            };
        }).RequireAuthorization();
        await app.StartAsync();
        return (app, new(system.Stored, system.TouchConnections));
    }
}
