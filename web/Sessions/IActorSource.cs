using System.Security.Claims;
using SnpLive.Grains.People;

namespace SnpLive.Web.Sessions;

/// <summary>Turns a signed-in principal into the actor that grains decide about.</summary>
public interface IActorSource
{
    /// <summary>The actor, or null when nobody (any more) is signed in.</summary>
    ValueTask<Actor?> Find(ClaimsPrincipal user);
}
