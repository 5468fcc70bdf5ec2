using System.Globalization;
using System.Runtime;

namespace SnpLive.Bench.Push;

/// <summary>What a process has spent so far: where a tail of times comes from.</summary>
/// <param name="Cpu">CPU time.</param>
/// <param name="Waited">Time its threads were ready to run while others had the processors.</param>
/// <param name="Paused">Pauses of the garbage collector.</param>
/// <param name="Collections">How many.</param>
/// <param name="Compiled">Methods compiled, again ones included: far from none, the program is still warming up.</param>
internal readonly record struct Effort(TimeSpan Cpu, TimeSpan Waited, TimeSpan Paused, int Collections, long Compiled)
{
    public static Effort Now() => new(Environment.CpuUsage.TotalTime, Ready(), GC.GetTotalPauseDuration(), GC.CollectionCount(0), JitInfo.GetCompiledMethodCount());

    public static Effort operator -(Effort to, Effort from) =>
        new(to.Cpu - from.Cpu, to.Waited - from.Waited, to.Paused - from.Paused, to.Collections - from.Collections, to.Compiled - from.Compiled);

    public static Effort Parse(string text)
    {
        var parts = text.Split('/').Select(p => long.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        return new(TimeSpan.FromTicks(parts[0]), TimeSpan.FromTicks(parts[1]), TimeSpan.FromTicks(parts[2]), (int)parts[3], parts[4]);
    }

    /// <summary>For <see cref="Parse"/>.</summary>
    public string Ticks => string.Create(CultureInfo.InvariantCulture, $"{Cpu.Ticks}/{Waited.Ticks}/{Paused.Ticks}/{Collections}/{Compiled}");

    public override string ToString() => $"{Cpu.TotalSeconds:F1} s of CPU, {Waited.TotalSeconds:F1} s ready but not run, {Paused.TotalMilliseconds:F0} ms of pauses in {Collections} collections, {Compiled} methods compiled";

    // Of threads that live: the second figure of the scheduler's, nanoseconds. Zero where the kernel does not tell.
    private static TimeSpan Ready()
    {
        var nanoseconds = 0L;
        foreach (var thread in Directory.Exists("/proc/self/task") ? Directory.GetDirectories("/proc/self/task") : [])
            try { nanoseconds += long.Parse(File.ReadAllText($"{thread}/schedstat").Split(' ')[1], CultureInfo.InvariantCulture); }
            catch (IOException) { } // it has just ended
        return TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
    }
}
