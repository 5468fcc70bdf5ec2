using Orleans.Core;

namespace Orleans.Runtime;

public interface IPersistentState<TState> : IStorage<TState>;

[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
{
    public string StateName { get; } = stateName;

    public string? StorageName { get; } = storageName;
}
