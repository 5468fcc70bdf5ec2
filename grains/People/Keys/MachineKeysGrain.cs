using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;

namespace SnpLive.Grains.People.Keys;

/// <summary>The keys that a territory gave to machines; key: the territory's id.</summary>
[Alias("snp.IMachineKeysGrain")]
public interface IMachineKeysGrain : IGrainWithStringKey
{
    /// <summary>All of them.</summary>
    [Alias("Get"), ReadOnly] Task<MachineKeysState> Get();

    /// <summary>Decides and keeps what was decided before it answers.</summary>
    [Alias("Execute")] Task<KeyAnswer> Execute(KeyCommand command);

    /// <summary>Notes that a key was used on a day (UTC); written once a day.</summary>
    [Alias("Used")] Task Used(string keyId, DateOnly day);
}

/// <inheritdoc cref="IMachineKeysGrain"/>
public sealed class MachineKeysGrain(
    [PersistentState("keys", Documents.Storage)] IPersistentState<MachineKeysState> document,
    KeyLimits limits,
    [FromKeyedServices(Clocks.Domain)] TimeProvider time) : DocumentGrain<MachineKeysState>(document), IMachineKeysGrain
{
    /// <inheritdoc/>
    public Task<MachineKeysState> Get() => Task.FromResult(State);

    /// <inheritdoc/>
    public async Task<KeyAnswer> Execute(KeyCommand command)
    {
        var answer = KeyDecider.Decide(State, command, limits, time.GetUtcNow());
        await Keep(answer.State);
        return answer;
    }

    /// <inheritdoc/>
    public Task Used(string keyId, DateOnly day) => Keep(KeyDecider.Use(State, keyId, day));
}
