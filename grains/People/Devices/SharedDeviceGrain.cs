using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;

namespace SnpLive.Grains.People.Devices;

/// <summary>One shared computer; key: the hash of its random id.</summary>
[Alias("snp.ISharedDeviceGrain")]
public interface ISharedDeviceGrain : IGrainWithStringKey
{
    /// <summary>As it is; never shared: one with nothing in it.</summary>
    [Alias("Get"), ReadOnly] Task<SharedDeviceState> Get();

    /// <summary>Decides and keeps what was decided before it answers.</summary>
    [Alias("Execute")] Task<DeviceAnswer> Execute(DeviceCommand command);
}

/// <inheritdoc cref="ISharedDeviceGrain"/>
public sealed class SharedDeviceGrain(
    [PersistentState("device", Documents.Storage)] IPersistentState<SharedDeviceState> document,
    DeviceLimits limits,
    [FromKeyedServices(Clocks.Domain)] TimeProvider time) : DocumentGrain<SharedDeviceState>(document), ISharedDeviceGrain
{
    /// <inheritdoc/>
    public Task<SharedDeviceState> Get() => Task.FromResult(State);

    /// <inheritdoc/>
    public async Task<DeviceAnswer> Execute(DeviceCommand command)
    {
        var answer = DeviceDecider.Decide(State, command, limits, time.GetUtcNow());
        await Keep(answer.State);
        return answer;
    }
}
