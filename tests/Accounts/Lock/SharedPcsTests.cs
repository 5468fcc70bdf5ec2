using System.Collections.Concurrent;
using SnpLive.Grains.People.Devices;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Web;
using SnpLive.Web.Hosting;
using SnpLive.Web.Sessions;
using SnpLive.Web.Sessions.Lock;

namespace SnpLive.Tests.Accounts.Lock;

public sealed class SharedPcsTests
{
    private static readonly SessionProof Proof = new("s1", "p", SignInMethod.Demo, null, "pc");

    [Fact]
    public async Task A_computer_that_was_left_locks_whatever_its_page_does()
    {
        var (factory, grains) = FakeGrains.Make();
        var device = new FakeDevice();
        grains.Set<ISharedDeviceGrain>("pc", device);
        var clock = new MovedClock();
        var options = new SharedPcOptions();
        var pcs = new SharedPcs(factory, clock, new Clock(clock), new SignInLimits(), options, holds: null!);
        var used = clock.GetUtcNow();
        clock.Offset = options.LockAfter - TimeSpan.FromSeconds(10);
        await pcs.LockIfLeft(Proof, used);
        Assert.Empty(device.Received);
        clock.Offset = options.LockAfter + TimeSpan.FromSeconds(10);
        await pcs.LockIfLeft(Proof with { Device = null }, used); // on one's own computer nothing locks
        Assert.Empty(device.Received);
        await pcs.LockIfLeft(Proof, used);
        Assert.Equal(new LockDevice("s1"), Assert.Single(device.Received));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public void Pins_are_neither_too_short_nor_too_long(int digits) => Assert.Throws<InvalidOperationException>(() => new SharedPcOptions { PinDigits = digits }.Checked());

    private sealed class FakeDevice : ISharedDeviceGrain
    {
        public ConcurrentQueue<DeviceCommand> Received { get; } = new();
        public Task<SharedDeviceState> Get() => Task.FromResult(new SharedDeviceState());

        public Task<DeviceAnswer> Execute(DeviceCommand command)
        {
            Received.Enqueue(command);
            return Task.FromResult(new DeviceAnswer(DeviceRefusal.None, new()));
        }
    }
}
