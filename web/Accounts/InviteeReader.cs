using System.Net.Mail;
using SnpLive.Grains.People;
using SnpLive.Grains.Territories;
using SnpLive.Grains.Territories.Import;
using SnpLive.Web.Territories;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Accounts;

/// <summary>Reads lines of invitations against a territory's list.</summary>
internal sealed class InviteeReader(TerritorySetView territories, TerritoryDocument territory, IReadOnlyDictionary<string, AccountState> accounts, Actor inviter)
{
    /// <summary>Roles that a coordination may give: those of its own territory. A SAS reaches several, so its people come with its file.</summary>
    internal static readonly IReadOnlyList<Role> Roles =
    [
        Role.Pharmacist, Role.GeneralPractitioner, Role.Physiotherapist, Role.Radiologist, Role.Nurse, Role.Secretary, Role.TeleSecretary,
        Role.EmergencyDesk, Role.Coordinator,
    ];

    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>Reads one line; what is wrong with it is the line's own problem.</summary>
    internal Invitee Read(InviteeBody? body)
    {
        if (body is null) return Wrong(null, null, Messages.Required);
        var fields = new Fields();
        var login = Email(fields, body.Email);
        var known = Known(fields, body);
        login ??= known is null ? null : accounts.GetValueOrDefault(known.Id)?.Login;
        if (login is null) fields.Fault("email", AccountMessages.NoLogin);
        var person = known ?? New(fields, body);
        if (!fields.Valid) return Wrong(person, login, string.Join(" ", fields.Errors.Values.SelectMany(one => one)));
        return seen.Add(login!) ? new(person, login, known is not null, null) : Wrong(person, login, AccountMessages.TwiceInList);
    }

    /// <summary>An address as logins are kept; null when absent or wrong.</summary>
    internal static string? Email(Fields fields, string? text, string path = "email")
    {
        if (fields.Text(path, text, AccountBounds.Email) is not { } address) return null;
        if (MailAddress.TryCreate(address, out var mail) && mail.Address == address && mail.Host.Contains('.') && !address.Any(char.IsWhiteSpace)) return Normal(address);
        fields.Fault(path, AccountMessages.BadEmail);
        return null;
    }

    /// <summary>How a login is compared.</summary>
    internal static string Normal(string login) => login.Trim().Normalize().ToLowerInvariant();

    private Professional? Known(Fields fields, InviteeBody body)
    {
        var member = Find(fields, body);
        // Who holds the link is that person, everywhere: it is given only by those who may be everywhere she may.
        if (member is not null && (member.SasId is not null || member.Memberships.Any(one => !inviter.Memberships.Contains(one)))) fields.Fault("personId", AccountMessages.OtherTerritories);
        return member;
    }

    private Professional? Find(Fields fields, InviteeBody body)
    {
        var members = territories.MembersOf(territory.Id);
        if (body.PersonId is { } id)
        {
            var member = members.FirstOrDefault(one => one.Id == id);
            if (member is null) fields.Fault("personId", AccountMessages.UnknownPerson);
            return member;
        }
        return string.IsNullOrWhiteSpace(body.Rpps) ? null : members.FirstOrDefault(one => one.Rpps == body.Rpps);
    }

    private Professional New(Fields fields, InviteeBody body)
    {
        var name = fields.RequiredText("name", body.Name, Limits.Name);
        var role = fields.RequiredCode("role", body.Role, Codes.Roles);
        if (body.Role is not null && !Roles.Contains(role)) fields.Fault("role", Messages.OneOf(Roles.Select(Codes.Roles.Write)));
        var organization = territory.Organizations.FirstOrDefault(one => one.Id == body.OrganizationId);
        if (organization is null) fields.Fault("organizationId", AccountMessages.UnknownOrganization);
        var rpps = string.IsNullOrWhiteSpace(body.Rpps) ? null : body.Rpps;
        if (rpps is not null && !IsRpps(rpps)) fields.Fault("rpps", AccountMessages.BadRpps);
        return new(NewId(), rpps, name, null, role, organization?.Id ?? "", null, [territory.Id], [], [], Demo: false);
    }

    /// <summary>A technical id that says nothing about the person.</summary>
    internal static string NewId() => $"p-{Guid.NewGuid():N}";

    private static Invitee Wrong(Professional? person, string? login, string problem) => new(person, login, false, problem);

    internal static bool IsRpps(string text) => text.Length == AccountBounds.Rpps && text.All(char.IsAsciiDigit) && Forms.HasLuhnKey(text);
}
