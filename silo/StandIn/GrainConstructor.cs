using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Core;
using Orleans.Runtime;
using Orleans.Storage;

namespace SnpLive.StandIn;

/// <summary>Makes grains of one class from the services of their activation's scope. Parameters are understood once.</summary>
internal sealed class GrainConstructor
{
    private readonly ConstructorInvoker invoker;
    private readonly Func<Activation, List<IStorage>, object?>[] parameters;

    public GrainConstructor(Type grainClass)
    {
        var constructors = grainClass.GetConstructors();
        if (constructors.Length != 1) throw new InvalidOperationException($"{grainClass} must have exactly one public constructor.");
        invoker = ConstructorInvoker.Create(constructors[0]);
        parameters = [.. constructors[0].GetParameters().Select(Resolver)];
    }

    /// <summary>The activation that the base constructor of <see cref="Grain"/> now running on this thread belongs to.</summary>
    [field: ThreadStatic]
    public static Activation? Owner { get; private set; }

    /// <param name="activation">What the grain will belong to.</param>
    /// <param name="states">Receives the persistent states to read before the grain's <c>OnActivateAsync</c>.</param>
    public Grain Create(Activation activation, List<IStorage> states)
    {
        var arguments = new object?[parameters.Length];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = parameters[i](activation, states);
        Owner = activation;
        try
        {
            return (Grain)invoker.Invoke(arguments.AsSpan());
        }
        finally
        {
            Owner = null;
        }
    }

    private static Func<Activation, List<IStorage>, object?> Resolver(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state) return StateResolver(type, state);
        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
            return (activation, _) => activation.ActivationServices.GetRequiredKeyedService(type, keyed.Key);
        if (type == typeof(IGrainContext)) return (activation, _) => activation;
        return (activation, _) => activation.ActivationServices.GetRequiredService(type);
    }

    private static Func<Activation, List<IStorage>, object?> StateResolver(Type type, PersistentStateAttribute attribute)
    {
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new InvalidOperationException($"[PersistentState] belongs on an IPersistentState<T>, not on {type}.");
        var constructor = ConstructorInvoker.Create(typeof(PersistentState<>).MakeGenericType(type.GetGenericArguments()).GetConstructors().Single());
        return (activation, states) =>
        {
            var services = activation.ActivationServices;
            var storage = attribute.StorageName is { } name
                ? services.GetRequiredKeyedService<IGrainStorage>(name)
                : services.GetRequiredService<IGrainStorage>();
            var made = constructor.Invoke(storage, attribute.StateName, activation.GrainId);
            states.Add((IStorage)made);
            return made;
        };
    }
}
