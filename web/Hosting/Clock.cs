using SnpLive.Grains;

namespace SnpLive.Web.Hosting;

/// <summary>The domain's clock (keyed, so that a test clock never becomes the engine's own).</summary>
internal sealed class Clock([FromKeyedServices(Clocks.Domain)] TimeProvider time)
{
    internal DateTimeOffset Now => time.GetUtcNow();
}
