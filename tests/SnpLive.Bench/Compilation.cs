namespace SnpLive.Bench;

/// <summary>
/// The just-in-time compiler makes a process slow until it has compiled what is used, more than once; on Orleans that takes long. Whoever measures before measures the
/// compiler.
/// </summary>
internal static class Compilation
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1.5);
    private const int MostSteps = 16;
    private const int QuietSteps = 2;
    private const int CompiledWhenQuiet = 15;

    /// <summary>Lets a system work, not counted, until the compiler leaves its processor alone; bounded.</summary>
    /// <param name="system">The system.</param>
    /// <param name="work">Works for a time; false: no work is left.</param>
    public static async Task UntilQuiet(IBookingSystem system, Func<TimeSpan, Task<bool>> work)
    {
        var (compiled, quiet) = ((await system.Use()).Compiled, 0);
        for (var step = 0; step < MostSteps && quiet < QuietSteps && await work(Step); step++)
        {
            var now = (await system.Use()).Compiled;
            quiet = now - compiled <= CompiledWhenQuiet ? quiet + 1 : 0;
            compiled = now;
        }
    }
}
