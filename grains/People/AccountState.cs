using System.Collections.Immutable;

namespace SnpLive.Grains.People;

/// <summary>Where a person's account stands.</summary>
public enum AccountStatus
{
    /// <summary>Nobody invited this person: they have no local account.</summary>
    None = 0,
    /// <summary>Invited; no password and no second factor yet.</summary>
    Invited = 1,
    /// <summary>Signs in with password and code.</summary>
    Active = 2,
    /// <summary>May not come in, whatever the way.</summary>
    Revoked = 3,
}

/// <summary>A one-time link that was given out. The link's secret is kept nowhere: only its hash.</summary>
/// <param name="TokenHash">SHA-256 of the secret, base64url.</param>
/// <param name="At">UTC.</param>
/// <param name="Expires">UTC.</param>
/// <param name="By">Who invited.</param>
/// <param name="RequestId">The command that made it.</param>
[GenerateSerializer, Immutable, Alias("snp.AccountInvitation")]
public sealed record AccountInvitation(
    [property: Id(0)] string TokenHash, [property: Id(1)] DateTimeOffset At, [property: Id(2)] DateTimeOffset Expires, [property: Id(3)] string By, [property: Id(4)] Guid RequestId);

/// <summary>A session that is open.</summary>
/// <param name="Id">As the cookie says it.</param>
/// <param name="Since">UTC.</param>
/// <param name="Ends">UTC; at the latest.</param>
/// <param name="Device">Browser and system in a few words, as the browser told.</param>
[GenerateSerializer, Immutable, Alias("snp.AccountSession")]
public sealed record AccountSession(
    [property: Id(0)] string Id, [property: Id(1)] DateTimeOffset Since, [property: Id(2)] DateTimeOffset Ends, [property: Id(3)] string Device);

/// <summary>A command that was done, so that it is not done again.</summary>
/// <param name="By">Who sent it.</param>
/// <param name="RequestId">Its id.</param>
[GenerateSerializer, Immutable, Alias("snp.AccountDone")]
public sealed record AccountDone([property: Id(0)] string By, [property: Id(1)] Guid RequestId);

/// <summary>A territory lets somebody use a local account for a while.</summary>
/// <param name="TerritoryId">Whose coordination said so.</param>
/// <param name="Until">UTC; not any more from then on.</param>
/// <param name="By">Who said so.</param>
[GenerateSerializer, Immutable, Alias("snp.LocalException")]
public sealed record LocalException([property: Id(0)] string TerritoryId, [property: Id(1)] DateTimeOffset Until, [property: Id(2)] string By);

/// <summary>What an account's document holds. Its key is the person's technical id. Passwords and codes stand here as hashes, the second factor's secret sealed.</summary>
[GenerateSerializer, Immutable, Alias("snp.AccountState")]
public sealed record AccountState
{
    /// <summary>Where it stands.</summary>
    [Id(0)] public AccountStatus Status { get; init; }
    /// <summary>The e-mail address, lower case; null while nobody was invited.</summary>
    [Id(1)] public string? Login { get; init; }
    /// <summary>The territory whose coordination invited or revoked last; null before.</summary>
    [Id(2)] public string? TerritoryId { get; init; }
    /// <summary>The link given out, until it is used; null otherwise.</summary>
    [Id(3)] public AccountInvitation? Invitation { get; init; }
    /// <summary>Hash of the password (ASP.NET Core Identity's format); null before it is set.</summary>
    [Id(4)] public string? PasswordHash { get; init; }
    /// <summary>The second factor's secret, sealed; null before it is confirmed.</summary>
    [Id(5)] public string? SealedSecret { get; init; }
    /// <summary>A second factor that was shown and not confirmed yet, sealed; null when none.</summary>
    [Id(6)] public string? ProposedSecret { get; init; }
    /// <summary>Number of the last 30-second step (since 1970) whose code was accepted: no code is good twice.</summary>
    [Id(7)] public long LastStep { get; init; }
    /// <summary>Hashes of the recovery codes that are left.</summary>
    [Id(8)] public ImmutableArray<string> RecoveryHashes { get; init; } = [];
    /// <summary>Changes with the password, at an invitation and at revocation; cookies with another one are worth nothing. Empty before.</summary>
    [Id(9)] public string Stamp { get; init; } = "";
    /// <summary>Wrong proofs since the last right one.</summary>
    [Id(10)] public int Failures { get; init; }
    /// <summary>No proof is accepted before this instant (UTC); null: not locked.</summary>
    [Id(11)] public DateTimeOffset? LockedUntil { get; init; }
    /// <summary>Sessions, oldest first.</summary>
    [Id(12)] public ImmutableArray<AccountSession> Sessions { get; init; } = [];
    /// <summary>The last commands done.</summary>
    [Id(13)] public ImmutableArray<AccountDone> Done { get; init; } = [];
    /// <summary>Since when (UTC) the account stands where it does; null before.</summary>
    [Id(14)] public DateTimeOffset? Since { get; init; }
    /// <summary>Hash of the PIN for shared computers; null: none. Also of people who sign in at a provider.</summary>
    [Id(15)] public string? PinHash { get; init; }
    /// <summary>Territories that let this person use a local account although they sign in at the provider otherwise.</summary>
    [Id(16)] public ImmutableArray<LocalException> LocalExceptions { get; init; } = [];

    /// <summary>Whether a territory lets this person use a local account now.</summary>
    public bool MayBeLocal(string territoryId, DateTimeOffset now) => LocalExceptions.Any(one => one.TerritoryId == territoryId && now < one.Until);

    /// <summary>Whether a session of this account goes on.</summary>
    public bool Honours(string sessionId, string? stamp) =>
        Status == AccountStatus.Active && stamp is { Length: > 0 } && stamp == Stamp && Sessions.Any(one => one.Id == sessionId);
}

/// <summary>Bounds of accounts. Section <c>Accounts</c>.</summary>
public sealed class AccountLimits
{
    /// <summary>Wrong proofs before the account is locked. Default: 5.</summary>
    public int FailuresBeforeLock { get; set; } = 5;
    /// <summary>First lock; each further wrong proof doubles it. Default: 30 s.</summary>
    public TimeSpan FirstLock { get; set; } = TimeSpan.FromSeconds(30);
    /// <summary>Longest lock: somebody who tries out a login must not keep its owner out for a day. Default: 15 min.</summary>
    public TimeSpan LongestLock { get; set; } = TimeSpan.FromMinutes(15);
    /// <summary>Sessions at once; the oldest ends when there is one more. Default: 10.</summary>
    public int MostSessions { get; set; } = 10;
    /// <summary>Commands remembered per account. Default: 20.</summary>
    public int CommandsRemembered { get; set; } = 20;
}
