using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SnpLive.Grains;
using SnpLive.Grains.Territories.Grants;
using SnpLive.Silo.Access;
using SnpLive.Silo.Hosting;
using SnpLive.Silo.Ledger;
using SnpLive.Silo.Persons;
using SnpLive.Web.Accounts;
using SnpLive.Web.Agendas;
using SnpLive.Web.Audit;
using SnpLive.Web.Bookings;
using SnpLive.Web.Calls;
using SnpLive.Web.Commands;
using SnpLive.Web.Hosting;
using SnpLive.Web.Import;
using SnpLive.Web.Keys;
using SnpLive.Web.Live;
using SnpLive.Web.Notifications;
using SnpLive.Web.Notifications.Weekly;
using SnpLive.Web.Persons;
using SnpLive.Web.Problems;
using SnpLive.Web.Reference;
using SnpLive.Web.Requests;
using SnpLive.Web.Security;
using SnpLive.Web.Sessions;
using SnpLive.Web.Sessions.Oidc;
using SnpLive.Web.Tenants;
using SnpLive.Web.Territories;
using SnpLive.Web.Territories.Grants;
using SnpLive.Web.Traffic;

namespace SnpLive.Web;

/// <summary>The server, in one piece: what runs is what tests start.</summary>
public static class SnpApp
{
    /// <summary>Builds the server from the command line.</summary>
    /// <param name="args">Switches, as <c>./snp run</c> takes them.</param>
    /// <param name="more">Changes made last, by tests.</param>
    /// <exception cref="StartRefusedException">The options do not allow a start; the message says why.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? more = null) =>
        Build(args, (builder, server) => builder.AddSnpSilo(SiloOptionsOf(server, builder.Configuration)), more);

    /// <summary>The same with something else for grains, ledger and vault: tests of the web alone.</summary>
    internal static WebApplication Build(string[] args, Action<WebApplicationBuilder, ServerOptions> addSilo, Action<WebApplicationBuilder>? more = null)
    {
        args = CommandLine.Expand(args);
        CommandLine.Check(args);
        var builder = WebApplication.CreateBuilder(args);
        var server = ServerOptions.Read(builder.Configuration);
        StartChecks.Run(server, builder.Configuration);
        var limits = Section<KestrelLimits>(builder, "Limits");
        Quieten(builder, server);

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            limits.ApplyTo(kestrel);
            KestrelLimits.Listen(kestrel, server);
        });
        builder.Services.AddSingleton(server);
        addSilo(builder, server);
        builder.Services.AddLive(live => builder.Configuration.GetSection("Live").Bind(live));
        builder.Services.AddNotifications(builder.Configuration);
        builder.Services.TryAddKeyedSingleton(Clocks.Domain, TimeProvider.System);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Clock>();
        builder.Services.AddSingleton(Section<CommandLimits>(builder, "Commands"));
        builder.Services.AddSingleton<TerritoryCatalogue>();
        builder.Services.AddSingleton<ITerritoryReading>(p => p.GetRequiredService<TerritoryCatalogue>());
        builder.Services.AddSingleton<AgendaCommands>();
        builder.Services.AddSingleton<GrantDesk>();
        var grants = Section<GrantOptions>(builder, "Grants");
        grants.Validate();
        builder.Services.AddSingleton(grants);
        var glass = Section<BreakGlassOptions>(builder, "BreakGlass");
        glass.Validate();
        builder.Services.AddSingleton(glass);
        builder.Services.AddSingleton<HoldRelease>();
        builder.Services.AddSingleton<Refusals>();
        builder.Services.AddSingleton<BookingDesk>();
        builder.Services.AddSingleton<Delegations>();
        builder.Services.AddSingleton<IDelegates>(p => p.GetRequiredService<Delegations>());
        builder.Services.AddSingleton<Replacements>();
        builder.Services.AddCalls(Section<TelephonyOptions>(builder, "Telephony"), builder.Configuration);
        builder.Services.AddSingleton<RequestDesk>();
        builder.Services.AddSingleton<PersonsApi.Officer>();
        builder.Services.AddSingleton<CommitCount>();
        builder.Services.AddSingleton<ImportService>();
        builder.Services.AddHostedService<DemoTerritories>();
        builder.Services.AddSingleton(Section<TrafficOptions>(builder, "Traffic"));
        builder.Services.AddHostedService<TrafficService>();
        builder.Services.AddAccounts(builder.Configuration);
        builder.Services.AddSessions(server, Section<SignInLimits>(builder, "Sessions")).AddOpenId(Section<OpenIdOptions>(builder, "OpenId"), server).AddAccess();
        RateLimits.Add(builder.Services, Section<RateLimits>(builder, "RateLimits"));
        builder.Services.AddExceptionHandler<ProblemHandler>();
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = one => one.ProblemDetails.Extensions.Remove("traceId"));
        builder.Services.ConfigureHttpJsonOptions(Json.Configure);
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddOpenApi("v1");
        builder.Services.AddHealth();
        builder.Services.AddResponseCompression(Compress);
        builder.Services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        more?.Invoke(builder);

        var app = builder.Build();
        app.Services.GetRequiredService<OperatorToken>();
        app.Services.GetRequiredService<CommitCount>();
        app.UseTrustedProxies(server);
        app.UseResponseCompression();
        app.UseSecurityHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages(context => Problem.Write(context.HttpContext, Problem.ForStatus(context.HttpContext.Response.StatusCode)));
        app.UseLocalLiveness();
        app.UseClientFiles();
        app.UseJsonInUtf8();
        app.UseRouting();
        app.UseCrossSiteProtection();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();

        var api = app.MapGroup("/api").RequireAuthorization();
        api.MapSessions();
        api.MapAccounts();
        api.MapTerritories();
        api.MapGrants();
        api.MapAgendas();
        api.MapAgendaSettings();
        api.MapSlots();
        api.MapBookings();
        api.MapReplacements();
        api.MapOwnBookings();
        api.MapPatientCheck();
        api.MapRequests();
        api.MapCalls();
        api.MapCentres();
        api.MapTelephony();
        api.MapCommands();
        api.MapNotifications();
        api.MapAudit();
        api.MapReference();
        api.MapImport(limits);
        api.MapKeys();
        api.MapTenants();
        api.MapPersons();
        app.MapGroup("").RequireAuthorization().MapLive();
        app.MapWeeklyLinks();
        app.MapDossiers();
        app.MapOpenId();
        app.MapOpenApi().AllowAnonymous();
        app.MapHealth();
        return app;
    }

    /// <summary>Options of ledger and engine, from those of the server.</summary>
    internal static SiloOptions SiloOptionsOf(ServerOptions server, IConfiguration configuration)
    {
        var options = new SiloOptions();
        options.Ledger.Storage = server.Storage == "postgres" ? LedgerStorage.Postgres : LedgerStorage.Sqlite;
        options.Ledger.ConnectionString = server.Connection ?? "";
        options.Ledger.DataDirectory = server.Data;
        options.KeyDirectory = server.Keys;
        options.Access = configuration.GetSection("AccessLog").Get<AccessOptions>() ?? new();
        options.Vault = configuration.GetSection("Vault").Get<VaultOptions>() ?? new();
        options.Engine.SiloPort = server.SiloPort;
        options.Engine.GatewayPort = server.GatewayPort;
        return options;
    }

    private static T Section<T>(WebApplicationBuilder builder, string name) where T : new() => builder.Configuration.GetSection(name).Get<T>() ?? new();

    private static void Quieten(WebApplicationBuilder builder, ServerOptions server)
    {
        // Request lines are not logged: ids of bookings stand in them.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Orleans", LogLevel.Warning); // a page of options at every start otherwise
        builder.Logging.AddFilter("Polly", LogLevel.Warning); // Orleans places every grain through it: four lines an activation
        builder.Logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error); // advice on the garbage collector, twice a start
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // a failed start is told by Program
        if (server.ListensOnLoopbackOnly && builder.Configuration["AllowedHosts"] is null)
            builder.Configuration["AllowedHosts"] = "localhost;127.0.0.1;[::1]"; // a name that was made to point here is not us
    }

    private static void Compress(ResponseCompressionOptions compression)
    {
        compression.Providers.Add<BrotliCompressionProvider>();
        compression.Providers.Add<GzipCompressionProvider>();
        compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml", "application/problem+json"];
    }
}
