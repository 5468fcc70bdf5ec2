using System.ComponentModel.DataAnnotations;

namespace SnpLive.Web.Accounts;

/// <summary>Bounds of accounts' bodies.</summary>
internal static class AccountBounds
{
    internal const int Email = 254;
    internal const int Code = 40;
    internal const int Password = 4 * PasswordRules.MaxLength;
    internal const int People = 100;
    internal const int Rpps = 11;
}

/// <summary>Signs in with a local account.</summary>
internal sealed record PasswordSignInBody
{
    [Required, MaxLength(AccountBounds.Email)] public string? Login { get; init; }
    [Required, MaxLength(AccountBounds.Password)] public string? Password { get; init; }
    /// <summary>Of the authenticator, or a recovery code.</summary>
    [Required, MaxLength(AccountBounds.Code)] public string? Code { get; init; }
}

/// <summary>Asks who is invited. A body and not an address: addresses stand in logs.</summary>
internal sealed record InvitationBody
{
    [Required, MaxLength(InvitationToken.MaxLength)] public string? Token { get; init; }
}

/// <summary>Chooses a password.</summary>
internal sealed record AcceptInvitationBody
{
    [Required] public string? RequestId { get; init; }
    [Required, MaxLength(InvitationToken.MaxLength)] public string? Token { get; init; }
    [Required, MaxLength(AccountBounds.Password)] public string? Password { get; init; }
}

/// <summary>Shows that the second factor works.</summary>
internal sealed record ActivateBody
{
    [Required] public string? RequestId { get; init; }
    [Required, MaxLength(InvitationToken.MaxLength)] public string? Token { get; init; }
    [Required, MaxLength(AccountBounds.Code)] public string? Code { get; init; }
}

/// <summary>Another password.</summary>
internal sealed record ChangePasswordBody
{
    [Required] public string? RequestId { get; init; }
    [Required, MaxLength(AccountBounds.Password)] public string? Password { get; init; }
    [Required, MaxLength(AccountBounds.Code)] public string? Code { get; init; }
    [Required, MaxLength(AccountBounds.Password)] public string? NewPassword { get; init; }
}

/// <summary>Another second factor.</summary>
internal sealed record ProposeFactorBody
{
    [Required] public string? RequestId { get; init; }
    [Required, MaxLength(AccountBounds.Password)] public string? Password { get; init; }
    [Required, MaxLength(AccountBounds.Code)] public string? Code { get; init; }
}

/// <summary>The new second factor's first code.</summary>
internal sealed record ConfirmFactorBody
{
    [Required] public string? RequestId { get; init; }
    [Required, MaxLength(AccountBounds.Code)] public string? Code { get; init; }
}

/// <summary>A command that has nothing else to say.</summary>
internal sealed record AccountCommandBody
{
    [Required] public string? RequestId { get; init; }
}

/// <summary>Invites people, one or many.</summary>
internal sealed record InviteBody
{
    [Required] public string? RequestId { get; init; }
    [Required, MaxLength(AccountBounds.People)] public IReadOnlyList<InviteeBody?>? People { get; init; }
    /// <summary>Only looks whether it would do.</summary>
    public bool? Check { get; init; }
}

/// <summary>One person: of the list (<see cref="PersonId"/>), or new.</summary>
internal sealed record InviteeBody
{
    /// <summary>Of somebody on the list; then only the address may be given, and not even that when it is known.</summary>
    [MaxLength(64)] public string? PersonId { get; init; }
    [MaxLength(100)] public string? Name { get; init; }
    [MaxLength(AccountBounds.Email)] public string? Email { get; init; }
    [MaxLength(40)] public string? Role { get; init; }
    [MaxLength(64)] public string? OrganizationId { get; init; }
    [MaxLength(AccountBounds.Rpps)] public string? Rpps { get; init; }
}

/// <summary>The operator invites a territory's first coordinator.</summary>
internal sealed record InviteCoordinatorBody
{
    [Required] public string? RequestId { get; init; }
    [Required, MaxLength(64)] public string? TerritoryId { get; init; }
    [Required, MaxLength(AccountBounds.Email)] public string? Email { get; init; }
    [MaxLength(100)] public string? Name { get; init; }
    /// <summary>Somebody of the territory's file, whatever their role.</summary>
    [MaxLength(64)] public string? PersonId { get; init; }
}

/// <summary>Who is invited.</summary>
internal sealed record InvitationView(string Name, string Login, string Role, string Organization, DateTimeOffset Expires)
{
    /// <summary>True: the person signs in at the provider, and needs no password; left out otherwise.</summary>
    public bool? ProviderOnly { get; init; }
}

/// <summary>Codes for when the authenticator is lost; shown once.</summary>
internal sealed record RecoveryView(IReadOnlyList<string> RecoveryCodes);

/// <summary>One's own account.</summary>
internal sealed record AccountView(string Login, int RecoveryCodesLeft, IReadOnlyList<OwnSessionView> Sessions);

/// <summary>One of one's own sessions.</summary>
internal sealed record OwnSessionView(DateTimeOffset Since, string Device, bool Current);

/// <summary>Who has access to a territory, and what inviting needs.</summary>
/// <param name="People">By name.</param>
/// <param name="Organizations">Structures one may belong to.</param>
/// <param name="Roles">Roles that a coordination may give.</param>
/// <param name="Mail">Whether invitations also leave by e-mail.</param>
/// <param name="Centre">People of the territory's SAS who come under its rule of signing in at the provider; none where there is no such rule. By name.</param>
internal sealed record MembersView(
    IReadOnlyList<MemberAccountView> People, IReadOnlyList<StructureView> Organizations, IReadOnlyList<string> Roles, bool Mail, IReadOnlyList<CentrePersonView> Centre);

/// <summary>Somebody of a dispatch centre, as a territory's coordination needs to know them: it invites and revokes nobody there.</summary>
/// <param name="Id">The person.</param>
/// <param name="Name">As shown.</param>
/// <param name="Role">Code.</param>
/// <param name="Organization">Name.</param>
/// <param name="LocalUntil">Until when (UTC) this territory lets them use a local account; left out when it does not.</param>
internal sealed record CentrePersonView(string Id, string Name, string Role, string Organization, DateTimeOffset? LocalUntil);

/// <summary>A structure.</summary>
internal sealed record StructureView(string Id, string Name);

/// <summary>A member and their account.</summary>
/// <param name="Id">The person.</param>
/// <param name="Name">As shown.</param>
/// <param name="Role">Code.</param>
/// <param name="Organization">Name.</param>
/// <param name="Status"><c>none</c>, <c>invited</c>, <c>active</c>, <c>revoked</c>.</param>
/// <param name="Login">Left out when there is none.</param>
/// <param name="Since">Since when it stands so.</param>
/// <param name="Expires">Of an invitation.</param>
/// <param name="LastSignIn">When the newest open session began.</param>
internal sealed record MemberAccountView(
    string Id, string Name, string Role, string Organization, string Status, string? Login, DateTimeOffset? Since, DateTimeOffset? Expires, DateTimeOffset? LastSignIn)
{
    /// <summary>True: signs in at the provider only, unless an exception is in force; left out otherwise.</summary>
    public bool? ProviderOnly { get; init; }
    /// <summary>Until when (UTC) a local account is an exception; left out when there is none in force.</summary>
    public DateTimeOffset? LocalUntil { get; init; }
}

/// <summary>What became of each line, in order.</summary>
internal sealed record InvitedView(IReadOnlyList<InvitedLine> People);

/// <summary>One line: a link, or what is wrong.</summary>
/// <param name="Name">Who.</param>
/// <param name="Email">Address.</param>
/// <param name="Link">To be given to that person only; left out when nothing was sent or the line is wrong.</param>
/// <param name="Expires">Until when it works.</param>
/// <param name="Problem">What to correct.</param>
internal sealed record InvitedLine(string? Name, string? Email, string? Link, DateTimeOffset? Expires, string? Problem);
