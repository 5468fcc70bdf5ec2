namespace SnpLive.StandIn;

public sealed class StandInOptions
{
    /// <summary>How long a caller waits; the call itself goes on.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation may idle before it is collected.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long <c>OnActivateAsync</c> and <c>OnDeactivateAsync</c> have before their token is cancelled.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Calls that one activation or observer lets wait; the next ones are refused.</summary>
    public int MaxQueuedCalls { get; set; } = 10_000;
}
