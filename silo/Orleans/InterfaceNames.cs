using System.Collections.Concurrent;
using Orleans.Metadata;
using Orleans.Serialization.TypeSystem;

namespace SnpLive.Silo.Engines;

/// <summary>
/// The names of grain interfaces, each reckoned once. Orleans reads an interface's attributes and formats its name anew for every reference that is made:
/// 3 % of the process while bookings came in over HTTP. What bears a name by an attribute of its own is left to Orleans.
/// </summary>
internal sealed class InterfaceNames(TypeConverter types) : IGrainInterfaceTypeProvider
{
    private readonly GrainInterfaceTypeResolver convention = new([], types);
    private readonly ConcurrentDictionary<Type, GrainInterfaceType> known = [];

    /// <inheritdoc/>
    public bool TryGetGrainInterfaceType(Type type, out GrainInterfaceType grainInterfaceType)
    {
        grainInterfaceType = known.GetOrAdd(type, Reckoned);
        return !grainInterfaceType.IsDefault;
    }

    private GrainInterfaceType Reckoned(Type type) =>
        type.IsGenericType || Array.Exists(type.GetCustomAttributes(inherit: false), attribute => attribute is IGrainInterfaceTypeProviderAttribute)
            ? default
            : convention.GetGrainInterfaceTypeByConvention(type);
}
