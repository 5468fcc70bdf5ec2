using System.Collections.Immutable;

namespace SnpLive.Grains.People;

/// <summary>Why nothing was changed.</summary>
public enum AccountRefusal
{
    /// <summary>Something was: the command is done.</summary>
    None = 0,
    /// <summary>There is no such account, or not in that state.</summary>
    Unknown = 1,
    /// <summary>The link is not the last one given out, was used, or is too old.</summary>
    InvitationInvalid = 2,
    /// <summary>Password or code is wrong, the code was used, or the account is locked.</summary>
    ProofWrong = 3,
    /// <summary>The code for the new second factor is wrong, or none was shown.</summary>
    CodeWrong = 4,
}

/// <summary>A command to an account. The web has checked that its sender may.</summary>
[GenerateSerializer, Immutable, Alias("snp.AccountCommand")]
public abstract record AccountCommand
{
    /// <summary>The caller's id, made before its first send.</summary>
    [Id(0)] public required Guid RequestId { get; init; }
    /// <summary>Who asks: a person's id, or <c>operator</c>; the account's own id when its owner does.</summary>
    [Id(1)] public required string By { get; init; }
}

/// <summary>What somebody proved, as the web found it by the state it had read. The account decides whether it counts.</summary>
/// <param name="Stamp">The stamp of the state that was read: a proof against an older password counts for nothing.</param>
/// <param name="PasswordRight">Whether the password is the right one.</param>
/// <param name="Step">The step whose code was typed; null when it is none of the steps that are admitted now.</param>
/// <param name="RecoveryHash">Hash of the recovery code that was typed; null when a code of the second factor was.</param>
[GenerateSerializer, Immutable, Alias("snp.AccountProof")]
public sealed record AccountProof([property: Id(0)] string Stamp, [property: Id(1)] bool PasswordRight, [property: Id(2)] long? Step, [property: Id(3)] string? RecoveryHash);

/// <summary>Invites, for the first time or again: whatever the account had is worth nothing from here on.</summary>
/// <param name="Login">E-mail address, lower case.</param>
/// <param name="TerritoryId">Whose coordination invites.</param>
/// <param name="TokenHash">Hash of the link's secret.</param>
/// <param name="Expires">Until when (UTC) the link works.</param>
/// <param name="Stamp">A new stamp.</param>
[GenerateSerializer, Immutable, Alias("snp.InviteAccount")]
public sealed record InviteAccount(
    [property: Id(0)] string Login, [property: Id(1)] string TerritoryId, [property: Id(2)] string TokenHash, [property: Id(3)] DateTimeOffset Expires,
    [property: Id(4)] string Stamp) : AccountCommand;

/// <summary>The invited person chose a password and was shown a second factor.</summary>
/// <param name="TokenHash">Of the link.</param>
/// <param name="PasswordHash">Hash.</param>
/// <param name="ProposedSecret">Sealed.</param>
[GenerateSerializer, Immutable, Alias("snp.AcceptInvitation")]
public sealed record AcceptInvitation([property: Id(0)] string TokenHash, [property: Id(1)] string PasswordHash, [property: Id(2)] string ProposedSecret) : AccountCommand;

/// <summary>The first code: the account is active and its owner signed in.</summary>
/// <param name="TokenHash">Of the link.</param>
/// <param name="Step">Step of the code that was typed; null: wrong.</param>
/// <param name="RecoveryHashes">Of new recovery codes.</param>
/// <param name="Session">The session that is opened.</param>
[GenerateSerializer, Immutable, Alias("snp.ActivateAccount")]
public sealed record ActivateAccount(
    [property: Id(0)] string TokenHash, [property: Id(1)] long? Step, [property: Id(2)] ImmutableArray<string> RecoveryHashes, [property: Id(3)] AccountSession Session)
    : AccountCommand;

/// <summary>Signs in.</summary>
/// <param name="Proof">Password and code.</param>
/// <param name="Session">The session that is opened.</param>
[GenerateSerializer, Immutable, Alias("snp.SignInToAccount")]
public sealed record SignInToAccount([property: Id(0)] AccountProof Proof, [property: Id(1)] AccountSession Session) : AccountCommand;

/// <summary>Another password; all other sessions end.</summary>
/// <param name="Proof">The present password and a code.</param>
/// <param name="PasswordHash">The new one's hash.</param>
/// <param name="Stamp">A new stamp.</param>
/// <param name="KeepSession">The session that goes on, with a new cookie.</param>
[GenerateSerializer, Immutable, Alias("snp.ChangePassword")]
public sealed record ChangePassword(
    [property: Id(0)] AccountProof Proof, [property: Id(1)] string PasswordHash, [property: Id(2)] string Stamp, [property: Id(3)] string KeepSession) : AccountCommand;

/// <summary>Shows a new second factor; the present one counts until it is confirmed.</summary>
/// <param name="Proof">The present password and a code.</param>
/// <param name="ProposedSecret">Sealed.</param>
[GenerateSerializer, Immutable, Alias("snp.ProposeFactor")]
public sealed record ProposeFactor([property: Id(0)] AccountProof Proof, [property: Id(1)] string ProposedSecret) : AccountCommand;

/// <summary>Takes the new second factor into use; all other sessions end.</summary>
/// <param name="Step">Step of the new factor's code; null: wrong.</param>
/// <param name="RecoveryHashes">Of new recovery codes; the old ones are worth nothing.</param>
/// <param name="Stamp">A new stamp.</param>
/// <param name="KeepSession">The session that goes on, with a new cookie.</param>
[GenerateSerializer, Immutable, Alias("snp.ConfirmFactor")]
public sealed record ConfirmFactor(
    [property: Id(0)] long? Step, [property: Id(1)] ImmutableArray<string> RecoveryHashes, [property: Id(2)] string Stamp, [property: Id(3)] string KeepSession) : AccountCommand;

/// <summary>Ends sessions.</summary>
/// <param name="Only">This one; null: all but <paramref name="Keep"/>.</param>
/// <param name="Keep">This one goes on; null when <paramref name="Only"/> is given.</param>
[GenerateSerializer, Immutable, Alias("snp.EndAccountSessions")]
public sealed record EndAccountSessions([property: Id(0)] string? Only, [property: Id(1)] string? Keep) : AccountCommand;

/// <summary>The person may not come in any more, whatever the way: also who never had a local account.</summary>
/// <param name="TerritoryId">Whose coordination revokes.</param>
/// <param name="Stamp">A new stamp.</param>
[GenerateSerializer, Immutable, Alias("snp.RevokeAccount")]
public sealed record RevokeAccount([property: Id(0)] string TerritoryId, [property: Id(1)] string Stamp) : AccountCommand;

/// <summary>Lets somebody use a local account in a territory that has its RPPS holders sign in at the provider, or no longer.</summary>
/// <param name="TerritoryId">Whose coordination says so.</param>
/// <param name="Until">UTC; null: no longer.</param>
[GenerateSerializer, Immutable, Alias("snp.ExceptAccount")]
public sealed record ExceptAccount([property: Id(0)] string TerritoryId, [property: Id(1)] DateTimeOffset? Until) : AccountCommand;

/// <summary>Another PIN for shared computers; the web has checked that its owner signed in fully just now.</summary>
/// <param name="PinHash">Its hash.</param>
[GenerateSerializer, Immutable, Alias("snp.SetPin")]
public sealed record SetPin([property: Id(0)] string PinHash) : AccountCommand;

/// <summary>What became of a command.</summary>
/// <param name="Refusal">Why not; <see cref="AccountRefusal.None"/>: done.</param>
/// <param name="State">The account as it is now.</param>
[GenerateSerializer, Immutable, Alias("snp.AccountAnswer")]
public sealed record AccountAnswer([property: Id(0)] AccountRefusal Refusal, [property: Id(1)] AccountState State);
