using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace SnpLive.StandIn;

/// <summary>A grain class: its name in grain ids, and how to make one.</summary>
internal sealed class GrainClass(Type type)
{
    private const string Suffix = "Grain";

    public Type Type { get; } = type;

    /// <summary>Orleans' rule: the class name in lower case, without "Grain" at its end.</summary>
    public GrainType GrainType { get; } = GrainType.Create(
        (type.Name.EndsWith(Suffix, StringComparison.Ordinal) ? type.Name[..^Suffix.Length] : type.Name).ToLowerInvariant());

    /// <summary>Whether a call may begin while another awaits.</summary>
    public bool IsReentrant { get; } = type.IsDefined(typeof(ReentrantAttribute), inherit: true);

    public GrainConstructor Constructor { get; } = new(type);

    public IEnumerable<Type> Interfaces { get; } =
        [.. type.GetInterfaces().Where(i => typeof(IGrain).IsAssignableFrom(i) && i.Assembly != typeof(IGrain).Assembly)];
}
