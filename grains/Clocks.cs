namespace SnpLive.Grains;

/// <summary>Keys of the injected clocks.</summary>
public static class Clocks
{
    /// <summary>The domain's <see cref="TimeProvider"/>; keyed, so that a test clock never becomes the engine's own.</summary>
    public const string Domain = "snp";
}
