using SnpLive.Grains.People;
using SnpLive.Grains.People.Devices;
using SnpLive.Web.Sessions.Lock;

namespace SnpLive.Web.Sessions;

/// <summary>Ends the session of a request: here, and in the account that keeps a list of its sessions.</summary>
internal sealed class SessionEnding(HoldRelease holds, IGrainFactory grains, AccountDirectory accounts, SharedPcs pcs)
{
    /// <summary>Somebody signs in where somebody else was: on a shared computer the one before may come back by PIN, elsewhere their session ends.</summary>
    internal Task GiveWay(HttpContext context) => SignedIn.Of(context) is { Proof.Device: not null } ? Task.CompletedTask : End(context);

    /// <summary>Ends it; nothing happens when nobody is signed in.</summary>
    internal async Task End(HttpContext context)
    {
        if (SignedIn.Of(context) is not { } me) return;
        await holds.EndSession(me);
        if (me.Proof.Device is { } computer) await pcs.Send(computer, new LeaveShift(me.Proof.ProfessionalId));
        if (me.Proof.Method != SignInMethod.Password) return;
        var id = me.Proof.ProfessionalId;
        await grains.GetGrain<IAccountGrain>(id).Execute(new EndAccountSessions(Only: me.SessionId, Keep: null) { RequestId = Guid.NewGuid(), By = id });
        accounts.Forget(id);
    }
}
