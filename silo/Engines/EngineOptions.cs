using System.Reflection;

namespace SnpLive.Silo.Engines;

/// <summary>What both engines are told, with the defaults of the product.</summary>
public sealed class EngineOptions
{
    /// <summary>Names the service whose grains these are; stored state belongs to it.</summary>
    public string ServiceId { get; set; } = "snplive";

    /// <summary>Names the set of silos that find each other.</summary>
    public string ClusterId { get; set; } = "local";

    /// <summary>How long a caller waits for a grain. A time-out means "unknown", never "failed".</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a grain may idle in memory.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle grains are looked for; shorter than <see cref="CollectionAge"/>.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Calls that one grain lets wait; the next ones are refused with an <c>OrleansException</c>.</summary>
    public int MaxQueuedCalls { get; set; } = 10_000;

    /// <summary>Where the silo listens on the loopback interface; 0: any free port, so that several servers run side by side (Orleans only).</summary>
    public int SiloPort { get; set; }

    /// <summary>Where the silo takes clients on the loopback interface; 0: any free port (Orleans only).</summary>
    public int GatewayPort { get; set; }

    /// <summary>Where the stand-in looks for grain classes; Orleans finds them through what its code generator left behind.</summary>
    public IList<Assembly> GrainAssemblies { get; } = [Assembly.Load("SnpLive.Grains")];
}
