using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Bookings;

/// <summary>Reads the patient of a form: who, how to reach them, and what was noted.</summary>
internal static class PatientForm
{
    /// <summary>Reads it; faults go to <paramref name="fields"/>.</summary>
    internal static (PatientIdentity Identity, BookingNote Note) Read(Fields fields, PatientBody? body, string? note, string? overrideReason, DateTimeOffset now)
    {
        var today = CivilTime.Day(now, BookingDesk.FirstZoneOfTheDay); // a baby of this night is born today somewhere in France
        var patient = fields.Has("patient", body) ? body! : new PatientBody();
        var inside = body is null ? new Fields() : fields; // one fault for a missing patient, not ten
        var identity = new PatientIdentity(
            inside.RequiredName("patient.lastName", patient.LastName),
            inside.RequiredName("patient.firstName", patient.FirstName),
            inside.Name("patient.usedName", patient.UsedName),
            inside.BirthDate("patient.birthDate", patient.BirthDate, today),
            inside.RequiredCode("patient.sex", patient.Sex, Codes.Sexes),
            inside.Commune("patient.communeCode", patient.CommuneCode),
            inside.Text("patient.registeredGp", patient.RegisteredGp, Limits.Name));
        return (identity, new(
            inside.Phone("patient.phone", patient.Phone),
            inside.Text("patient.contactName", patient.ContactName, Limits.Name),
            inside.Text("patient.address", patient.Address, Limits.Address),
            fields.Text("note", note, Limits.Note),
            fields.Text("override", overrideReason, Limits.OverrideReason, Limits.OverrideReasonMin)));
    }
}
