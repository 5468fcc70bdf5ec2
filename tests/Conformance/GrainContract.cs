using System.Reflection;
using Orleans.Concurrency;

namespace SnpLive.Tests.Conformance;

/// <summary>
/// The rules of grain contracts. Orleans accepts much more at build time and fails at run time, and the stand-in passes messages
/// by reference: both are right only for immutable messages of a closed set of types, with names and numbers of their own.
/// </summary>
internal static class GrainContract
{
    /// <summary>What is wrong with the grain and observer interfaces among these types, and with the messages they use.</summary>
    public static IReadOnlyList<string> Check(IReadOnlyCollection<Type> types)
    {
        var interfaces = types.Where(IsContract).ToArray();
        List<string> wrong = [.. interfaces.SelectMany(CheckInterface)];
        wrong.AddRange(Duplicates(interfaces, "interfaces"));

        var messages = new MessageContract(types);
        foreach (var method in interfaces.SelectMany(i => i.GetMethods()))
        {
            var where = Where(method);
            foreach (var parameter in method.GetParameters().Select(p => p.ParameterType).Where(t => t != typeof(CancellationToken)))
                messages.Visit(parameter, where);
            if (method.ReturnType.IsGenericType) messages.Visit(method.ReturnType.GetGenericArguments()[0], where);
        }

        wrong.AddRange(messages.Wrong);
        wrong.AddRange(Duplicates(messages.Records, "messages"));
        return wrong;
    }

    /// <summary>The types that state may be kept in follow the same rules as messages.</summary>
    public static IReadOnlyList<string> CheckStates(IReadOnlyCollection<Type> types)
    {
        var messages = new MessageContract(types);
        foreach (var grain in types.Where(t => typeof(Grain).IsAssignableFrom(t)))
        foreach (var parameter in grain.GetConstructors().SelectMany(c => c.GetParameters()))
            if (parameter.IsDefined(typeof(PersistentStateAttribute)))
                messages.Visit(parameter.ParameterType.GetGenericArguments()[0], $"state of {grain.Name}");
        return messages.Wrong;
    }

    public static bool IsContract(Type type) =>
        type.IsInterface && (typeof(IGrain).IsAssignableFrom(type) || typeof(IGrainObserver).IsAssignableFrom(type));

    private static IEnumerable<string> CheckInterface(Type contract)
    {
        if (AliasOf(contract) is null) yield return $"{contract.Name}: no [Alias]";
        if (contract.IsGenericType) yield return $"{contract.Name}: generic";
        if (contract.GetProperties().Length + contract.GetEvents().Length > 0) yield return $"{contract.Name}: more than methods";
        foreach (var repeated in contract.GetMethods().GroupBy(AliasOf).Where(g => g.Key is not null && g.Count() > 1))
            yield return $"{contract.Name}: alias \"{repeated.Key}\" of several methods";

        foreach (var method in contract.GetMethods())
        {
            var isTask = method.ReturnType == typeof(Task);
            if (!isTask && !(method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(Task<>)))
                yield return $"{Where(method)}: returns {method.ReturnType.Name}, not a Task";
            if (AliasOf(method) is null) yield return $"{Where(method)}: no [Alias]";
            if (method.IsGenericMethod) yield return $"{Where(method)}: generic";
            if (method.IsDefined(typeof(OneWayAttribute)) && !isTask) yield return $"{Where(method)}: [OneWay] with a result";
            var cancellable = method.GetParameters().Any(p => p.ParameterType == typeof(CancellationToken));
            if (cancellable && !method.IsDefined(typeof(ReadOnlyAttribute)))
                yield return $"{Where(method)}: a CancellationToken on a command, whose outcome would then be unknown";
        }
    }

    private static IEnumerable<string> Duplicates(IEnumerable<Type> types, string what) =>
        from type in types
        let alias = AliasOf(type)
        where alias is not null
        group type.Name by alias into same
        where same.Count() > 1
        select $"{what} {string.Join(", ", same)}: the same alias \"{same.Key}\"";

    private static string? AliasOf(MemberInfo member) => member.GetCustomAttributes<AliasAttribute>().FirstOrDefault()?.Alias;

    private static string Where(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
