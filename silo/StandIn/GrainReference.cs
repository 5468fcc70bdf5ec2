using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Runtime;

namespace SnpLive.StandIn;

/// <summary>What <c>GetGrain</c> and <c>CreateObjectReference</c> hand out: an address that turns method calls into messages.</summary>
internal class GrainReference : DispatchProxy
{
    // Making a proxy goes through a lock inside .NET; copying one of its kind does not, and makes a cache of references needless.
    private static readonly ConcurrentDictionary<Type, GrainReference> Blanks = new();

    private GrainEngine engine = null!;

    public GrainId Id { get; private set; }

    /// <summary>Null for an observer.</summary>
    public GrainClass? GrainClass { get; private set; }

    /// <summary>Null for a grain.</summary>
    public ObserverHost? Observer { get; private set; }

    public static GrainReference ToGrain(Type grainInterface, GrainEngine engine, GrainClass grainClass, GrainId id)
    {
        var reference = Blank(grainInterface);
        (reference.engine, reference.GrainClass, reference.Id) = (engine, grainClass, id);
        return reference;
    }

    public static GrainReference ToObserver(Type observerInterface, GrainEngine engine, ObserverHost observer)
    {
        var reference = Blank(observerInterface);
        (reference.engine, reference.Observer, reference.Id) = (engine, observer, observer.Id);
        return reference;
    }

    public override bool Equals(object? obj) => obj is GrainReference other && other.Id == Id;

    public override int GetHashCode() => Id.GetHashCode();

    public override string ToString() => Id.ToString();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        engine.Send(this, CallPlan.Of(targetMethod!), args ?? []);

    private static GrainReference Blank(Type type) => (GrainReference)Blanks.GetOrAdd(
        type, static t => (GrainReference)Create(t, typeof(GrainReference))).MemberwiseClone();
}
