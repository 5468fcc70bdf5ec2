using System.Security.Cryptography;
using System.Text;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Web.Sessions;

namespace SnpLive.Web.Audit;

/// <summary>Who asks and why, as the vault wants to know it before it opens.</summary>
internal static class AccessReasons
{
    private const int SessionDigits = 16;

    /// <summary>A reason at a place of a territory; <paramref name="territoryId"/> empty: of a SAS as a whole.</summary>
    internal static AccessReason Because(this SignedIn me, AccessAction action, string territoryId, string sasId, string why, string id) =>
        new(me.Actor, Session(me.SessionId), action, territoryId, sasId, why, id);

    /// <summary>A reason at an agenda.</summary>
    internal static AccessReason Because(this SignedIn me, AccessAction action, AgendaDefinition agenda, string why, string id) =>
        me.Because(action, agenda.TerritoryId, agenda.SasId, why, id);

    // A digest: it tells sessions apart and opens none.
    private static string Session(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))[..SessionDigits];
}
