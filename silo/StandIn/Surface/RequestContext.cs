using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>Values that travel with every call made from here; a callee's changes never travel back.</summary>
public static class RequestContext
{
    private static readonly AsyncLocal<ImmutableDictionary<string, object>?> Values = new();

    internal static ImmutableDictionary<string, object>? Current
    {
        get => Values.Value;
        set
        {
            if (!ReferenceEquals(Values.Value, value)) Values.Value = value;
        }
    }

    public static object? Get(string key) => Current?.GetValueOrDefault(key);

    public static void Set(string key, object value) =>
        Current = (Current ?? ImmutableDictionary<string, object>.Empty).SetItem(key, value);

    public static bool Remove(string key)
    {
        if (Current is not { } values || !values.ContainsKey(key)) return false;
        Current = values.Count == 1 ? null : values.Remove(key);
        return true;
    }

    public static void Clear() => Current = null;
}
