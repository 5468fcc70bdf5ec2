using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace SnpLive.StandIn;

/// <summary>What is known of a grain or observer method before any call of it.</summary>
internal sealed class CallPlan
{
    private static readonly ConcurrentDictionary<MethodInfo, CallPlan> Plans = new();

    private readonly MethodInvoker invoker;
    private readonly Func<CallPlan, GrainId, object?[], Call> newCall;
    private readonly bool[] isolatedParameters;

    private CallPlan(MethodInfo method)
    {
        var result = method.ReturnType;
        if (result != typeof(Task) && !(result.IsGenericType && result.GetGenericTypeDefinition() == typeof(Task<>)))
            throw new NotSupportedException($"{method.DeclaringType}.{method.Name} must return Task or Task<T>.");
        var value = result.IsGenericType ? result.GetGenericArguments()[0] : typeof(NoValue);
        Name = $"{method.DeclaringType!.Name}.{method.Name}";
        OneWay = method.IsDefined(typeof(OneWayAttribute));
        IsolateResult = result.IsGenericType && Isolation.MayNeed(value);
        isolatedParameters = [.. method.GetParameters().Select(p => Isolation.MayNeed(p.ParameterType))];
        invoker = MethodInvoker.Create(method);
        newCall = ((Func<CallPlan, GrainId, object?[], Call>)NewCall<NoValue>).Method.GetGenericMethodDefinition()
            .MakeGenericMethod(value).CreateDelegate<Func<CallPlan, GrainId, object?[], Call>>();
    }

    public string Name { get; }

    public bool OneWay { get; }

    public bool IsolateResult { get; }

    public static CallPlan Of(MethodInfo method) => Plans.GetOrAdd(method, static m => new(m));

    public Call NewCall(GrainId target, object?[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
            if (isolatedParameters[i])
                arguments[i] = Isolation.Isolate(arguments[i]);
        return newCall(this, target, arguments);
    }

    public Task Invoke(object target, object?[] arguments) =>
        (Task?)invoker.Invoke(target, arguments.AsSpan()) ?? throw new InvalidOperationException($"{Name} returned null.");

    private static Call<T> NewCall<T>(CallPlan plan, GrainId target, object?[] arguments) => new(plan, target, arguments);

    /// <summary>The result of a method that returns plain <see cref="Task"/>.</summary>
    private readonly struct NoValue;
}
