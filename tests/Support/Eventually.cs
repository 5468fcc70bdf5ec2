using System.Diagnostics;

namespace SnpLive.Tests.Support;

/// <summary>Waits for what must become true, bounded, and says what did not.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    public static async Task True(Func<Task<bool>> condition, string what, TimeSpan? within = null, Func<string>? instead = null)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < (within ?? Limit))
        {
            if (await condition()) return;
            await Task.Delay(20);
        }
        Assert.Fail($"Not within {within ?? Limit}: {what}. {instead?.Invoke()}");
    }
}
