using SnpLive.Grains.People;
using SnpLive.Web.Audit;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Persons;

/// <summary>Who was found: a number that stands for the person; null: nobody.</summary>
internal sealed record PersonFoundView(string? PersonId);

/// <summary>An act that was done.</summary>
internal sealed record PersonDoneView(string PersonId);

/// <summary>An identity.</summary>
internal sealed record PersonIdentityView(
    string LastName, string FirstName, string? UsedName, DateOnly BirthDate, string Sex, string? CommuneCode, string? RegisteredGp)
{
    internal static PersonIdentityView Of(PatientIdentity one) => new(
        one.LastName, one.FirstName, one.UsedName, one.BirthDate, Codes.Sexes.Write(one.Sex), one.CommuneCode, one.RegisteredGp);
}

/// <summary>What one booking or request keeps of the person.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">booking or request.</param>
/// <param name="Practitioner">With whom; null: a request.</param>
/// <param name="Until">When appointment and window are over, UTC: whichever ends later.</param>
/// <param name="Phone">Number told then; null once the retention of details has ended, like all that follows.</param>
/// <param name="ContactName">Whose number it is.</param>
/// <param name="Address">For home visits.</param>
/// <param name="Note">Free text.</param>
/// <param name="OverrideReason">Why there was a second booking.</param>
internal sealed record PersonBookingView(
    string Id, string Kind, string? Practitioner, DateTimeOffset Until, string? Phone, string? ContactName, string? Address, string? Note, string? OverrideReason)
{
    internal static PersonBookingView Of(PersonNote one, TerritorySetView territories)
    {
        var agenda = Ids.AgendaOf(one.Id) is { } id ? territories.Agenda(id) : null;
        return new(
            one.Id, agenda is null ? "request" : "booking", agenda is null ? null : territories.Professional(agenda.Entry.PractitionerId)?.Name, one.Until,
            one.Note is { Phone.Length: > 0 } ? one.Note.Phone : null, one.Note?.ContactName, one.Note?.Address, one.Note?.Note, one.Note?.OverrideReason);
    }
}

/// <summary>What the file of a regulated call keeps of the person, who was its patient.</summary>
/// <param name="Id">Stands for the file.</param>
/// <param name="At">When it was last written, UTC.</param>
/// <param name="CallerPhone">Number to call back; null: withheld.</param>
/// <param name="CallerName">Who called; null: not told.</param>
/// <param name="Phone">The person's own number, when not the caller's.</param>
/// <param name="Address">Where the person was.</param>
/// <param name="CommuneCode">INSEE code.</param>
/// <param name="RegisteredGp">As told then.</param>
/// <param name="Notes">What operators noted and is still kept, the newest first.</param>
internal sealed record PersonCallView(
    string Id, DateTimeOffset At, string? CallerPhone, string? CallerName, string? Phone, string? Address, string? CommuneCode, string? RegisteredGp, IReadOnlyList<string> Notes)
{
    internal static PersonCallView Of(PersonCall one) => new(
        one.Id, one.At, one.CallerPhone, one.CallerName, one.Patient.Phone, one.Patient.Address, one.Patient.CommuneCode, one.Patient.RegisteredGp, [.. one.Notes.OfType<string>()]);
}

/// <summary>All that the territory keeps about one person.</summary>
/// <param name="PersonId">Stands for the person.</param>
/// <param name="Identity">Who.</param>
/// <param name="ObjectionSince">UTC; null: no objection to sharing with the registered GP.</param>
/// <param name="KeptUntil">When the identity goes by itself, UTC.</param>
/// <param name="Bookings">The newest first; none: only calls know the person, who is then neither corrected nor asked for objections here.</param>
/// <param name="Calls">Regulated calls of the SAS, the newest first; null: they are shown to an officer who is of the SAS.</param>
/// <param name="Accesses">Who read or searched it in this territory; in an export only.</param>
internal sealed record PersonFileView(
    string PersonId, PersonIdentityView Identity, DateTimeOffset? ObjectionSince, DateTimeOffset KeptUntil, IReadOnlyList<PersonBookingView> Bookings, IReadOnlyList<PersonCallView>? Calls,
    IReadOnlyList<AccessView>? Accesses)
{
    internal static PersonFileView Of(PersonFile file, TerritorySetView territories, IReadOnlyList<AccessView>? accesses = null) => new(
        file.Id, PersonIdentityView.Of(file.Identity), file.ObjectedAt, file.KeptUntil, [.. file.Notes.Select(one => PersonBookingView.Of(one, territories))],
        file.Calls is { } calls ? [.. calls.Select(PersonCallView.Of)] : null, accesses);
}
