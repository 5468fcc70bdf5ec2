using System.Net;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SnpLive.Grains.Ledger;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Hosting;

/// <summary>Alive: the process answers, asked from this machine only. Ready: grains and ledger answer too, and the server is not stopping.</summary>
internal static class Health
{
    private const string Ready = "ready";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    internal static void AddHealth(this IServiceCollection services) => services.AddHealthChecks()
        .AddCheck<LedgerAnswers>("ledger", HealthStatus.Unhealthy, [Ready], Patience)
        .AddCheck<GrainsAnswer>("grains", HealthStatus.Unhealthy, [Ready], Patience)
        .AddCheck<NotStopping>("running", HealthStatus.Unhealthy, [Ready]);

    internal static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false })
            .AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) }).AllowAnonymous();
    }

    internal static void UseLocalLiveness(this WebApplication app) => app.Use((context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments("/health/live") || context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address)) return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    private sealed class LedgerAnswers(ILedger ledger) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await ledger.ReadVersions(["health"]).WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }

    private sealed class GrainsAnswer(TerritoryCatalogue catalogue) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await catalogue.Read().AsTask().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }

    private sealed class NotStopping(IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested ? HealthCheckResult.Unhealthy() : HealthCheckResult.Healthy());
    }
}
