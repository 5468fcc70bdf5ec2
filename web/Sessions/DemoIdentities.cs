using SnpLive.Grains.People;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Sessions;

/// <summary>The people one can be in the demonstration.</summary>
internal sealed class DemoIdentities(TerritoryCatalogue catalogue)
{
    internal async ValueTask<IReadOnlyList<IdentityView>> All()
    {
        var territories = await catalogue.Read();
        return [.. territories.Professionals.Where(one => one.Demo).Select(one => View(territories, one))];
    }

    internal async ValueTask<IdentityView?> Find(string id)
    {
        var territories = await catalogue.Read();
        return territories.Professional(id) is { Demo: true } professional ? View(territories, professional) : null;
    }

    private static IdentityView View(TerritorySetView territories, Professional professional) => new(
        professional.Id, professional.Name, Codes.Roles.Write(professional.Role),
        territories.OrganizationName(professional.OrganizationId) ?? professional.OrganizationId,
        [.. territories.SeenBy(professional.ToActor()).Select(one => one.Id)]);
}
