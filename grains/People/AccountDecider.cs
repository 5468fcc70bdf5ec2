namespace SnpLive.Grains.People;

/// <summary>What becomes of an account: pure functions over its state.</summary>
public static class AccountDecider
{
    /// <summary>Decides. A refusal may change the state too: a wrong proof is counted.</summary>
    /// <param name="state">As it is.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="now">UTC.</param>
    public static AccountAnswer Decide(AccountState state, AccountCommand command, AccountLimits limits, DateTimeOffset now)
    {
        var done = new AccountDone(command.By, command.RequestId);
        if (state.Done.Contains(done)) return new(AccountRefusal.None, command is InviteAccount again ? GivenAgain(state, again) : state);
        var (refusal, next) = command switch
        {
            InviteAccount invite => (AccountRefusal.None, Invite(state, invite, now)),
            AcceptInvitation accept => Accept(state, accept, now),
            ActivateAccount activate => Activate(state, activate, now),
            SignInToAccount signIn => SignIn(state, signIn, limits, now),
            ChangePassword change => Change(state, change, limits, now),
            ProposeFactor propose => Propose(state, propose, limits, now),
            ConfirmFactor confirm => Confirm(state, confirm),
            EndAccountSessions end => End(state, end),
            SetPin pin => state.Status == AccountStatus.Revoked ? (AccountRefusal.Unknown, state) : (AccountRefusal.None, state with { PinHash = pin.PinHash }),
            ExceptAccount except => state.Status == AccountStatus.Revoked ? (AccountRefusal.Unknown, state) : (AccountRefusal.None, Except(state, except, now)),
            RevokeAccount revoke => (AccountRefusal.None, Revoke(state, revoke, now)),
            _ => throw new NotSupportedException(command.GetType().Name),
        };
        return new(refusal, refusal == AccountRefusal.None ? Remember(next, done, limits) : next);
    }

    /// <summary>Whether a link is the one that was given out last, unused and not too old.</summary>
    public static bool IsInvitation(AccountState state, string tokenHash, DateTimeOffset now) =>
        state is { Status: AccountStatus.Invited, Invitation: { } link } && link.TokenHash == tokenHash && now < link.Expires;

    private static AccountState Invite(AccountState state, InviteAccount invite, DateTimeOffset now) => new()
    {
        Status = AccountStatus.Invited, Login = invite.Login, TerritoryId = invite.TerritoryId, Since = now, Stamp = invite.Stamp, LastStep = state.LastStep, Done = state.Done,
        Invitation = new(invite.TokenHash, now, invite.Expires, invite.By, invite.RequestId), LocalExceptions = state.LocalExceptions,
    };

    /// <summary>An invitation repeated because its answer was lost: the link nobody saw is replaced, nothing else happens.</summary>
    private static AccountState GivenAgain(AccountState state, InviteAccount again) =>
        state.Invitation is { } link && link.RequestId == again.RequestId && link.By == again.By ? state with { Invitation = link with { TokenHash = again.TokenHash } } : state;

    private static (AccountRefusal, AccountState) Accept(AccountState state, AcceptInvitation accept, DateTimeOffset now) =>
        IsInvitation(state, accept.TokenHash, now)
            ? (AccountRefusal.None, state with { PasswordHash = accept.PasswordHash, ProposedSecret = accept.ProposedSecret })
            : (AccountRefusal.InvitationInvalid, state);

    private static (AccountRefusal, AccountState) Activate(AccountState state, ActivateAccount activate, DateTimeOffset now)
    {
        if (!IsInvitation(state, activate.TokenHash, now)) return (AccountRefusal.InvitationInvalid, state);
        if (state.ProposedSecret is null || activate.Step is not { } step || step <= state.LastStep) return (AccountRefusal.CodeWrong, state);
        return (AccountRefusal.None, state with
        {
            Status = AccountStatus.Active, Since = now, Invitation = null, SealedSecret = state.ProposedSecret, ProposedSecret = null, LastStep = step,
            RecoveryHashes = activate.RecoveryHashes, Failures = 0, LockedUntil = null, Sessions = [activate.Session],
        });
    }

    private static (AccountRefusal, AccountState) SignIn(AccountState state, SignInToAccount signIn, AccountLimits limits, DateTimeOffset now)
    {
        if (Prove(state, signIn.Proof, now) is not (AccountRefusal.None, var proven)) return Refused(state, signIn.Proof, limits, now);
        var open = proven.Sessions.RemoveAll(one => one.Ends <= now).Add(signIn.Session);
        return (AccountRefusal.None, proven with { Sessions = [.. open.Skip(open.Length - limits.MostSessions)] });
    }

    private static (AccountRefusal, AccountState) Change(AccountState state, ChangePassword change, AccountLimits limits, DateTimeOffset now)
    {
        if (Prove(state, change.Proof, now) is not (AccountRefusal.None, var proven)) return Refused(state, change.Proof, limits, now);
        return (AccountRefusal.None, Only(proven, change.KeepSession) with { PasswordHash = change.PasswordHash, Stamp = change.Stamp });
    }

    private static (AccountRefusal, AccountState) Propose(AccountState state, ProposeFactor propose, AccountLimits limits, DateTimeOffset now)
    {
        if (Prove(state, propose.Proof, now) is not (AccountRefusal.None, var proven)) return Refused(state, propose.Proof, limits, now);
        return (AccountRefusal.None, proven with { ProposedSecret = propose.ProposedSecret });
    }

    private static (AccountRefusal, AccountState) Confirm(AccountState state, ConfirmFactor confirm)
    {
        if (state.Status != AccountStatus.Active) return (AccountRefusal.Unknown, state);
        if (state.ProposedSecret is null || confirm.Step is not { } step) return (AccountRefusal.CodeWrong, state);
        return (AccountRefusal.None, Only(state, confirm.KeepSession) with
        {
            // Of another secret: its steps count from this one.
            SealedSecret = state.ProposedSecret, ProposedSecret = null, LastStep = step, RecoveryHashes = confirm.RecoveryHashes, Stamp = confirm.Stamp,
        });
    }

    private static (AccountRefusal, AccountState) End(AccountState state, EndAccountSessions end)
    {
        if (state.Status != AccountStatus.Active) return (AccountRefusal.Unknown, state);
        return (AccountRefusal.None, end.Only is { } only ? state with { Sessions = state.Sessions.RemoveAll(one => one.Id == only) } : Only(state, end.Keep));
    }

    private static AccountState Except(AccountState state, ExceptAccount except, DateTimeOffset now)
    {
        var others = state.LocalExceptions.RemoveAll(one => one.TerritoryId == except.TerritoryId || one.Until <= now);
        return state with { LocalExceptions = except.Until is { } until ? others.Add(new(except.TerritoryId, until, except.By)) : others };
    }

    private static AccountState Revoke(AccountState state, RevokeAccount revoke, DateTimeOffset now) => new()
    {
        Status = AccountStatus.Revoked, Login = state.Login, TerritoryId = revoke.TerritoryId, Since = now, Stamp = revoke.Stamp, LastStep = state.LastStep, Done = state.Done,
    };

    private static AccountState Only(AccountState state, string? session) => state with { Sessions = state.Sessions.RemoveAll(one => one.Id != session) };

    /// <summary>The state after a right proof; a code and a recovery code are good once.</summary>
    private static (AccountRefusal, AccountState) Prove(AccountState state, AccountProof proof, DateTimeOffset now)
    {
        if (state.Status != AccountStatus.Active || IsLocked(state, now) || proof.Stamp != state.Stamp || !proof.PasswordRight) return (AccountRefusal.ProofWrong, state);
        var rested = state with { Failures = 0, LockedUntil = null };
        if (proof.RecoveryHash is { } recovery)
            return state.RecoveryHashes.Contains(recovery) ? (AccountRefusal.None, rested with { RecoveryHashes = state.RecoveryHashes.Remove(recovery) }) : (AccountRefusal.ProofWrong, state);
        return proof.Step is { } step && step > state.LastStep ? (AccountRefusal.None, rested with { LastStep = step }) : (AccountRefusal.ProofWrong, state);
    }

    /// <summary>A wrong proof counts, unless the account is locked: else whoever goes on trying would keep its owner out for ever.</summary>
    private static (AccountRefusal, AccountState) Refused(AccountState state, AccountProof proof, AccountLimits limits, DateTimeOffset now)
    {
        if (state.Status != AccountStatus.Active || IsLocked(state, now) || proof.Stamp != state.Stamp) return (AccountRefusal.ProofWrong, state);
        var failures = state.Failures + 1;
        return (AccountRefusal.ProofWrong, state with { Failures = failures, LockedUntil = failures < limits.FailuresBeforeLock ? null : now + LockAfter(failures, limits) });
    }

    private static bool IsLocked(AccountState state, DateTimeOffset now) => state.LockedUntil is { } until && now < until;

    private static TimeSpan LockAfter(int failures, AccountLimits limits)
    {
        var doubled = limits.FirstLock * Math.Pow(2, Math.Min(30, failures - limits.FailuresBeforeLock));
        return doubled < limits.LongestLock ? doubled : limits.LongestLock;
    }

    private static AccountState Remember(AccountState state, AccountDone done, AccountLimits limits)
    {
        var all = state.Done.Add(done);
        return state with { Done = [.. all.Skip(all.Length - limits.CommandsRemembered)] };
    }
}
