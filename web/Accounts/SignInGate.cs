using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace SnpLive.Web.Accounts;

/// <summary>How often one may try to sign in: per address, and per login whether it exists or not. Each node counts for itself.</summary>
internal sealed class SignInGate(AccountOptions options) : IDisposable
{
    private const int Segments = 6;
    private readonly PartitionedRateLimiter<string> addresses = Limiter(options.TriesPerAddress);
    private readonly PartitionedRateLimiter<string> logins = Limiter(options.TriesPerLogin);

    /// <summary>Whether one more try is admitted.</summary>
    internal bool Admits(IPAddress? address, string loginKey)
    {
        using var byAddress = addresses.AttemptAcquire(Network(address));
        if (!byAddress.IsAcquired) return false;
        using var byLogin = logins.AttemptAcquire(loginKey);
        return byLogin.IsAcquired;
    }

    public void Dispose()
    {
        addresses.Dispose();
        logins.Dispose();
    }

    /// <summary>What counts as one address. One customer has a whole /64: each address of it for itself would be no limit.</summary>
    internal static string Network(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    /// <summary>So many per window (a minute when left out) and partition.</summary>
    internal static PartitionedRateLimiter<string> Limiter(int permits, TimeSpan? window = null) => PartitionedRateLimiter.Create<string, string>(who => RateLimitPartition.GetSlidingWindowLimiter(who, _ => new()
    {
        PermitLimit = Math.Max(1, permits), Window = window ?? TimeSpan.FromMinutes(1), SegmentsPerWindow = Segments, QueueLimit = 0,
    }));
}
