namespace SnpLive.Web.Hosting;

/// <summary>The domain's clock (keyed, so that a test clock never becomes the engine's own).</summary>
internal sealed class Clock([FromKeyedServices(Clock.Key)] TimeProvider time)
{
    /// <summary>The key of the domain's <see cref="TimeProvider"/>.</summary>
    internal const string Key = "snp";

    internal DateTimeOffset Now => time.GetUtcNow();
}
