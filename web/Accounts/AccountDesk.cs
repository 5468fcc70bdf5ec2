using SnpLive.Grains.People;
using SnpLive.Web.Hosting;
using SnpLive.Web.Sessions;

namespace SnpLive.Web.Accounts;

/// <summary>A link's two parts: whose account, and the secret.</summary>
internal sealed record InvitationToken(string AccountId, string Secret)
{
    internal const int MaxLength = 128;

    internal string Hash => AccountSecrets.HashToken(Secret);

    internal static InvitationToken? Read(string? text)
    {
        if (text is null || text.Length > MaxLength || text.LastIndexOf('.') is not (> 0 and var dot)) return null;
        return Ids.IsKey(text[..dot]) && text.Length > dot + 1 ? new(text[..dot], text[(dot + 1)..]) : null;
    }

    public override string ToString() => $"{AccountId}.{Secret}";
}

/// <summary>What people do with their own accounts: the web hashes, seals and looks, the account's grain decides.</summary>
internal sealed class AccountDesk(IGrainFactory grains, AccountSecrets secrets, AccountDirectory accounts, AccountOptions options, SignInLimits limits, Clock clock)
{
    /// <summary>Signs in; null: refused, and nobody is told why.</summary>
    internal async Task<(string AccountId, AccountState State, AccountSession Session)?> SignIn(string login, string password, string code, string device)
    {
        var id = await grains.GetGrain<ILoginGrain>(AccountSecrets.LoginKey(login)).Get();
        var state = id is null ? null : await grains.GetGrain<IAccountGrain>(id).Get();
        var proof = await secrets.Look(state, id ?? "", password, code);
        if (id is null || state?.Status != AccountStatus.Active) return null;
        var session = NewSession(SessionCookie.NewId(), device);
        var answer = await Send(id, new SignInToAccount(proof, session) { RequestId = Guid.NewGuid(), By = id });
        return answer.Refusal == AccountRefusal.None ? (id, answer.State, session) : null;
    }

    /// <summary>The account that a link invites to; null: the link is not valid.</summary>
    internal async Task<AccountState?> Invited(InvitationToken token)
    {
        var state = await grains.GetGrain<IAccountGrain>(token.AccountId).Get();
        return AccountDecider.IsInvitation(state, token.Hash, clock.Now) ? state : null;
    }

    /// <summary>Keeps the invited person's password and shows a second factor; null: the link is not valid.</summary>
    internal async Task<ProvisioningView?> Accept(InvitationToken token, string password, Guid requestId)
    {
        var answer = await Send(token.AccountId, new AcceptInvitation(token.Hash, await secrets.Hash(password), secrets.NewSecret()) { RequestId = requestId, By = token.AccountId });
        return answer is { Refusal: AccountRefusal.None, State: { ProposedSecret: { } secret, Login: { } login } } ? Provision(login, secret) : null;
    }

    /// <summary>The first code: the account is active and a session open.</summary>
    internal async Task<(AccountAnswer Answer, IReadOnlyList<string> Codes, string SessionId)> Activate(InvitationToken token, string code, string device, Guid requestId)
    {
        var state = await grains.GetGrain<IAccountGrain>(token.AccountId).Get();
        var secret = state.ProposedSecret ?? state.SealedSecret;
        if (secret is null) return (new(AccountRefusal.InvitationInvalid, state), [], "");
        var codes = secrets.RecoveryCodesOf(secret, requestId);
        var session = NewSession(requestId.ToString("N"), device);
        var answer = await Send(token.AccountId, new ActivateAccount(token.Hash, secrets.StepOf(secret, code), Hashes(token.AccountId, codes), session) { RequestId = requestId, By = token.AccountId });
        return (answer, codes, session.Id);
    }

    internal async Task<AccountAnswer> ChangePassword(SignedIn me, string password, string code, string next, Guid requestId)
    {
        var (id, proof) = await Prove(me, password, code);
        return await Send(id, new ChangePassword(proof, await secrets.Hash(next), AccountSecrets.NewStamp(), me.SessionId) { RequestId = requestId, By = id });
    }

    /// <summary>Shows a new second factor; null: the proof was wrong.</summary>
    internal async Task<ProvisioningView?> ProposeFactor(SignedIn me, string password, string code, Guid requestId)
    {
        var (id, proof) = await Prove(me, password, code);
        var answer = await Send(id, new ProposeFactor(proof, secrets.NewSecret()) { RequestId = requestId, By = id });
        return answer is { Refusal: AccountRefusal.None, State: { ProposedSecret: { } secret, Login: { } login } } ? Provision(login, secret) : null;
    }

    internal async Task<(AccountAnswer Answer, IReadOnlyList<string> Codes)> ConfirmFactor(SignedIn me, string code, Guid requestId)
    {
        var id = me.Proof.ProfessionalId;
        var state = await grains.GetGrain<IAccountGrain>(id).Get();
        var secret = state.ProposedSecret ?? state.SealedSecret;
        if (secret is null) return (new(AccountRefusal.Unknown, state), []);
        var codes = secrets.RecoveryCodesOf(secret, requestId);
        var step = state.ProposedSecret is null ? null : secrets.StepOf(secret, code);
        return (await Send(id, new ConfirmFactor(step, Hashes(id, codes), AccountSecrets.NewStamp(), me.SessionId) { RequestId = requestId, By = id }), codes);
    }

    internal Task<AccountAnswer> EndOthers(SignedIn me, Guid requestId) =>
        Send(me.Proof.ProfessionalId, new EndAccountSessions(Only: null, Keep: me.SessionId) { RequestId = requestId, By = me.Proof.ProfessionalId });

    internal Task<AccountState> Read(SignedIn me) => grains.GetGrain<IAccountGrain>(me.Proof.ProfessionalId).Get();

    internal async Task<AccountAnswer> Send(string id, AccountCommand command)
    {
        try { return await grains.GetGrain<IAccountGrain>(id).Execute(command); }
        finally { accounts.Forget(id); }
    }

    private async Task<(string Id, AccountProof Proof)> Prove(SignedIn me, string password, string code)
    {
        var id = me.Proof.ProfessionalId;
        return (id, await secrets.Look(await grains.GetGrain<IAccountGrain>(id).Get(), id, password, code));
    }

    private ProvisioningView Provision(string login, string secret) => ProvisioningView.Of(options.Issuer, login, secrets.Open(secret));

    private AccountSession NewSession(string id, string device) => new(id, clock.Now, clock.Now + limits.Absolute, device);

    private static System.Collections.Immutable.ImmutableArray<string> Hashes(string id, IReadOnlyList<string> codes) => [.. codes.Select(code => AccountSecrets.HashRecoveryCode(id, code))];
}
