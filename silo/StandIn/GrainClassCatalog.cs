using System.Reflection;
using Orleans;

namespace SnpLive.StandIn;

/// <summary>Which class serves which grain interface.</summary>
internal sealed class GrainClassCatalog
{
    private readonly ILookup<Type, GrainClass> byInterface;

    public GrainClassCatalog(IEnumerable<Assembly> assemblies)
    {
        var classes = assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsAbstract: false, IsGenericTypeDefinition: false } && typeof(Grain).IsAssignableFrom(type))
            .Select(type => new GrainClass(type))
            .ToArray();
        if (classes.GroupBy(c => c.GrainType).FirstOrDefault(g => g.Count() > 1) is { } clash)
            throw new InvalidOperationException(
                $"Grain type '{clash.Key}' is claimed by {string.Join(" and ", clash.Select(c => c.Type.FullName))}.");
        byInterface = classes.SelectMany(c => c.Interfaces, (c, i) => (c, i)).ToLookup(p => p.i, p => p.c);
    }

    public GrainClass For(Type grainInterface)
    {
        using var found = byInterface[grainInterface].GetEnumerator();
        if (!found.MoveNext()) throw new ArgumentException($"Could not find an implementation for interface {grainInterface}.");
        var grainClass = found.Current;
        return found.MoveNext()
            ? throw new ArgumentException($"{grainInterface} has several implementations: {grainClass.Type}, {found.Current.Type}.")
            : grainClass;
    }
}
