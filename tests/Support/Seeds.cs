using System.Globalization;

namespace SnpLive.Tests.Support;

/// <summary>Seeds of random tests: fresh ones, or the one in <c>SNP_SEED</c> to replay a failure.</summary>
public static class Seeds
{
    public static int Next() =>
        int.TryParse(Environment.GetEnvironmentVariable("SNP_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next();
}
