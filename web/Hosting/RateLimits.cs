using System.Security.Claims;
using System.Threading.RateLimiting;
using SnpLive.Web.Problems;

namespace SnpLive.Web.Hosting;

/// <summary>A generous limit per identity (per address before sign-in): it stops loops, not people. Section <c>RateLimits</c>.</summary>
internal sealed record RateLimits
{
    /// <summary>Whether requests are limited at all.</summary>
    public bool Enabled { get; init; } = true;
    /// <summary>Requests at once.</summary>
    public int Burst { get; init; } = 1_000;
    /// <summary>Requests per second in the long run.</summary>
    public int PerSecond { get; init; } = 200;
    /// <summary>Questions whether a patient has a booking, per identity and minute: enough for a busy desk, too few to try out a list of people.</summary>
    public int PatientChecksPerMinute { get; init; } = 30;

    /// <summary>Names the limit of <see cref="PatientChecksPerMinute"/>.</summary>
    internal const string PatientChecks = "patient-checks";

    internal static void Add(IServiceCollection services, RateLimits limits) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (context, _) => new(Problem.Write(context.HttpContext, Problem.TooManyRequests));
        options.AddPolicy(PatientChecks, context => PatientCheckPartition(context, limits));
        if (limits.Enabled) options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Partition(context, limits));
    });

    private static RateLimitPartition<string> Partition(HttpContext context, RateLimits limits) =>
        RateLimitPartition.GetTokenBucketLimiter(Who(context), _ => new()
        {
            TokenLimit = limits.Burst,
            TokensPerPeriod = Math.Max(1, limits.PerSecond / 10),
            ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
            QueueLimit = 0,
        });

    private static RateLimitPartition<string> PatientCheckPartition(HttpContext context, RateLimits limits) => !limits.Enabled
        ? RateLimitPartition.GetNoLimiter(Who(context))
        : RateLimitPartition.GetSlidingWindowLimiter(Who(context), _ => new()
        {
            PermitLimit = Math.Max(1, limits.PatientChecksPerMinute),
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        });

    private static string Who(HttpContext context) =>
        context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? $"id:{id}" : $"ip:{context.Connection.RemoteIpAddress}";
}
