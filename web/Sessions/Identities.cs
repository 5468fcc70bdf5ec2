using SnpLive.Grains.People;
using SnpLive.Web.Hosting;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Sessions;

/// <summary>People as sessions show them; in the demonstration, whom one can be.</summary>
internal sealed class Identities(TerritoryCatalogue catalogue, ProfessionalDirectory people, ServerOptions server)
{
    /// <summary>The demonstration's people; nobody outside it.</summary>
    internal async ValueTask<IReadOnlyList<IdentityView>> Demo()
    {
        if (!server.Demo) return [];
        var territories = await catalogue.Read();
        return [.. territories.Professionals.Where(one => one.Demo).Select(one => View(territories, one))];
    }

    /// <summary>One of the demonstration's people; null: there is none of that id.</summary>
    internal async ValueTask<IdentityView?> Demo(string id)
    {
        if (!server.Demo) return null;
        var territories = await catalogue.Read();
        return territories.Professional(id) is { Demo: true } professional ? View(territories, professional) : null;
    }

    /// <summary>Anybody; null when unknown.</summary>
    internal async ValueTask<IdentityView?> Find(string id) =>
        await people.Find(id) is { } professional ? View(await catalogue.Read(), professional) : null;

    private static IdentityView View(TerritorySetView territories, Professional professional) => new(
        professional.Id, professional.Name, Codes.Roles.Write(professional.Role),
        territories.OrganizationName(professional.OrganizationId) ?? professional.OrganizationId,
        [.. territories.SeenBy(professional.ToActor()).Select(one => one.Id)]);
}
