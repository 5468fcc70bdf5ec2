using System.Reflection;

namespace SnpLive.Tests.Live;

/// <summary>Answers an interface's calls by name. Made at run time, so that no engine takes it for a grain class.</summary>
public class Fake : DispatchProxy
{
    private Func<MethodInfo, object?[], object?> answer = (_, _) => null;

    public static T Of<T>(Func<MethodInfo, object?[], object?> answer) where T : class
    {
        var made = Create<T, Fake>();
        ((Fake)(object)made).answer = answer;
        return made;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => answer(targetMethod!, args ?? []);
}

/// <summary>A grain factory that finds what was put into it; observers are themselves.</summary>
public sealed class FakeGrains
{
    private readonly Dictionary<Type, Func<string, object>> byType = [];

    public FakeGrains() => Factory = Fake.Of<IGrainFactory>((method, args) => method.Name switch
    {
        "GetGrain" => byType[method.GetGenericArguments()[0]]((string)args[0]!),
        "CreateObjectReference" => args[0],
        _ => null,
    });

    public IGrainFactory Factory { get; }

    public void Put<T>(Func<string, T> find) where T : class => byType[typeof(T)] = find;
}
