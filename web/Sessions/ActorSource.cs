using System.Security.Claims;
using SnpLive.Grains.People;
using SnpLive.Web.Accounts;
using SnpLive.Web.Hosting;
using SnpLive.Web.Sessions.Lock;

namespace SnpLive.Web.Sessions;

/// <summary>People as their grains know them, some seconds old at most.</summary>
internal sealed class ProfessionalDirectory(IGrainFactory grains, TimeProvider time, SignInLimits limits)
{
    private readonly ShortMemory<Professional?> memory = new(time, limits.ActorCache, id => grains.GetGrain<IProfessionalGrain>(id).Get());

    internal ValueTask<Professional?> Find(string id) => Ids.IsKey(id) ? memory.Find(id) : default;

    /// <summary>Asks the grain next time.</summary>
    internal void Forget(string id) => memory.Forget(id);
}

/// <summary>Accounts as their grains know them, some seconds old at most.</summary>
internal sealed class AccountDirectory(IGrainFactory grains, TimeProvider time, SignInLimits limits)
{
    private readonly ShortMemory<AccountState> memory = new(time, limits.ActorCache, id => grains.GetGrain<IAccountGrain>(id).Get());

    internal ValueTask<AccountState> Find(string id) => memory.Find(id);

    /// <summary>Asks the grain next time.</summary>
    internal void Forget(string id) => memory.Forget(id);
}

/// <summary>The signed-in person as an actor: role and memberships come from the grain, the session proves only who.</summary>
internal sealed class ActorSource(ProfessionalDirectory people, AccountDirectory accounts, SessionRegister register, SharedPcs pcs, ProviderOnly provider, ServerOptions server) : IActorSource
{
    public async ValueTask<Actor?> Find(ClaimsPrincipal user) =>
        SessionProof.Of(user) is { } proof && await pcs.Opens(proof) ? await FindEvenLocked(proof) : null;

    /// <summary>The same for a shared computer that is locked: whose session waits there.</summary>
    internal async ValueTask<Actor?> FindEvenLocked(SessionProof proof)
    {
        // Who signed out is nobody, also on a live connection that is still open.
        if (register.HasEnded(proof.SessionId)) return null;
        if (await people.Find(proof.ProfessionalId) is not { } professional) return null;
        return await Holds(proof, professional) ? professional.ToActor() : null;
    }

    private async ValueTask<bool> Holds(SessionProof proof, Professional professional)
    {
        switch (proof.Method)
        {
            case SignInMethod.Demo: return server.Demo && professional.Demo;
            case SignInMethod.OpenId: return (await accounts.Find(professional.Id)).Status != AccountStatus.Revoked;
            case SignInMethod.Password:
                if (Honours(await accounts.Find(professional.Id))) return await MayBeLocal();
                // The session may be younger than what this node remembers: it was opened through another one.
                accounts.Forget(professional.Id);
                return Honours(await accounts.Find(professional.Id)) && await MayBeLocal();
            default: return false;
        }

        async ValueTask<bool> MayBeLocal() => !await provider.Refuses(professional, await accounts.Find(professional.Id));

        bool Honours(AccountState account) => account.Honours(proof.SessionId, proof.Stamp);
    }
}
