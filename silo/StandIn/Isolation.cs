using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orleans;
using Orleans.Runtime;

namespace SnpLive.StandIn;

/// <summary>
/// Keeps caller and grain from sharing mutable objects. Orleans copies deeply; here immutable values pass as they are, arrays of
/// them are copied, and anything else is refused, which the contract tests see to long before.
/// </summary>
internal static class Isolation
{
    private static readonly HashSet<Type> ImmutableTypes =
    [
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly),
        typeof(TimeSpan), typeof(CancellationToken), typeof(GrainId),
    ];

    private static readonly ConcurrentDictionary<Type, Treatment> Treatments = new();

    private enum Treatment
    {
        Pass,
        CopyArray,
        Refuse,
    }

    /// <summary>Whether a value of this declared type has to be looked at, call by call.</summary>
    public static bool MayNeed(Type declared) => !((declared.IsSealed || declared.IsValueType) && Of(declared) == Treatment.Pass);

    public static object? Isolate(object? value) => value is null ? null : Of(value.GetType()) switch
    {
        Treatment.Pass => value,
        Treatment.CopyArray => ((Array)value).Clone(),
        _ => throw Refusal(value),
    };

    private static Treatment Of(Type type) => Treatments.GetOrAdd(type, static t =>
        IsImmutable(t) ? Treatment.Pass
        : t.IsSZArray && IsImmutable(t.GetElementType()!) ? Treatment.CopyArray
        : Treatment.Refuse);

    private static bool IsImmutable(Type type) =>
        type.IsPrimitive || type.IsEnum || ImmutableTypes.Contains(type)
        || type.IsDefined(typeof(ImmutableAttribute), inherit: false)
        || typeof(GrainReference).IsAssignableFrom(type)
        || (type.IsGenericType && IsImmutableGeneric(type));

    private static bool IsImmutableGeneric(Type type)
    {
        var definition = type.GetGenericTypeDefinition();
        return (definition == typeof(ImmutableArray<>) || definition == typeof(Nullable<>)) && IsImmutable(type.GetGenericArguments()[0]);
    }

    private static Exception Refusal(object value) => value switch
    {
        Grain => new ArgumentException($"{value.GetType()} is a grain: pass this.AsReference<…>() instead."),
        IAddressable => new ArgumentException($"{value.GetType()} is not a reference: pass what CreateObjectReference returned."),
        _ => new NotSupportedException(
            $"{value.GetType()} cannot cross a grain call: messages are [Immutable] records, ImmutableArray and simple values."),
    };
}
