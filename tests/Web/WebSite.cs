using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Grains.Requests;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories;
using SnpLive.Grains.Territories.Import;
using SnpLive.Tests.Support;
using SnpLive.Web;
using SnpLive.Web.Live;

namespace SnpLive.Tests.Web;

/// <summary>The whole web on a free port, with grains that say what a test tells them.</summary>
public sealed class WebSite : IAsyncDisposable
{
    internal const string Pharmacist = "t-pha-1";
    internal const string Doctor = "t-gp-1";
    internal const string Slot = "t-agenda-1.s1";
    internal static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private readonly TemporaryFolder folder = new();

    private WebSite()
    {
        (Factory, Grains) = FakeGrains.Make();
        (LedgerPort, Ledger) = FakeLedger.Make();
        var read = TerritorySet.Read([new("t.json", Encoding.UTF8.GetBytes(TestTerritory.Of("t", "sas-t", doctors: 2).ToJsonString()))]);
        Assert.True(read.Ok, string.Join('\n', read.Errors));
        Territory = read.Documents.Single();
        TerritoryGrain = new(Territory);
        Agenda = new(DefinitionOf(Territory, 0));
        OtherAgenda = new(DefinitionOf(Territory, 1));
        Grains.Set<ITerritoryDirectoryGrain>(ITerritoryDirectoryGrain.Key, new FakeDirectory("t"));
        Grains.Set<ITerritoryGrain>("t", TerritoryGrain);
        Grains.Set<IMembersGrain>("t", new FakeMembers());
        Grains.Set<IAgendaGrain>("t-agenda-1", Agenda);
        Grains.Set<IAgendaGrain>("t-agenda-2", OtherAgenda);
        foreach (var one in Territory.Professionals) Grains.Set<IProfessionalGrain>(one.Id, new FakeProfessional(one));
        Grains.Otherwise = (type, key) => type == typeof(ICareRequestGrain) ? new FakeRequest() : throw new InvalidOperationException($"{type.Name} {key} was not expected.");
    }

    internal IGrainFactory Factory { get; }
    internal FakeGrains Grains { get; }
    internal ILedger LedgerPort { get; }
    internal FakeLedger Ledger { get; }
    internal FakeVault Vault { get; } = new();
    internal FakeBoards Boards { get; } = new();
    internal FakeAgenda Agenda { get; }
    internal FakeAgenda OtherAgenda { get; }
    internal FakeTerritory TerritoryGrain { get; }
    internal TerritoryDocument Territory { get; }
    internal WebApplication App { get; private set; } = null!;
    internal LogLines Logs { get; } = new();
    internal Uri Address => new(App.Urls.First());
    internal string Data => folder.File("data");

    internal static async Task<WebSite> Start(params string[] more)
    {
        var site = new WebSite();
        var root = site.folder.File("site");
        Directory.CreateDirectory(Path.Combine(root, "wwwroot", "assets"));
        await File.WriteAllTextAsync(Path.Combine(root, "wwwroot", "index.html"), "<!doctype html><title>SnpLive</title>");
        await File.WriteAllTextAsync(Path.Combine(root, "wwwroot", "assets", "index-abc123.js"), "export {};");
        site.App = SnpApp.Build(["--port", "0", "--data", site.Data, "--contentRoot", root, .. more], (builder, _) =>
        {
            builder.Services.AddSingleton(site.Factory);
            builder.Services.AddSingleton(site.LedgerPort);
            builder.Services.AddSingleton<IPersonVault>(site.Vault);
            builder.Services.AddSingleton<IVaultKeys>(new FakeKeys());
            builder.Services.AddSingleton<IPersonFiles>(new FakeFiles());
            builder.Services.AddSingleton<ITenantEraser>(new FakeFiles());
            builder.Services.AddSingleton<IAccessLog>(new FakeAccessLog());
        }, builder =>
        {
            builder.Services.AddSingleton<IBoards>(site.Boards);
            builder.Logging.ClearProviders().AddProvider(site.Logs);
        });
        await site.App.StartAsync();
        return site;
    }

    internal HttpClient Anonymous() => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };

    internal Task<ApiClient> SignIn(string identity) => ApiClient.SignIn(Address, identity);

    internal void Answers(AgendaAnswer answer) => Agenda.Answer = _ => Task.FromResult(answer);

    internal static JsonObject Command() => new() { ["requestId"] = Guid.NewGuid() };

    private static AgendaDefinition DefinitionOf(TerritoryDocument territory, int agenda)
    {
        var entry = territory.Agendas[agenda];
        return new(entry.Id, territory.Sas.Id, territory.Id, [territory.Id], entry.PractitionerId, entry.PlaceId, entry.CareStream, [], territory.Rules, territory.Grants);
    }

    internal static SlotFacts Facts(string id = Slot) =>
        new(id, "t-agenda-1", Now.AddHours(2), Now.AddHours(2).AddMinutes(15), "gp", VisitMode.Surgery, Audience.Snp | Audience.Cpts, 1, 15, "t-place");

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        folder.Dispose();
    }
}

/// <summary>Boards that show what a test puts on them.</summary>
internal sealed class FakeBoards : IBoards
{
    internal List<SlotView> Slots { get; } = [];

    public Task<BoardView?> Board(Actor actor, string territoryId, CancellationToken cancellationToken) =>
        Task.FromResult<BoardView?>(new("v", "e", 7, WebSite.Now, [.. Slots]));

    public Task<IReadOnlyList<TurnView>?> Turns(Actor actor, string territoryId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TurnView>?>([.. Slots.Select(one => one.AgendaId).Distinct().Select(agenda => new TurnView(agenda, 1))]);

    public Task<IReadOnlyList<SlotView>> Alternatives(Actor actor, string slotId, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SlotView>>([.. Slots.Where(one => one.Id != slotId).Take(count)]);

    internal static SlotView Slot(string id) => new(
        id, "t-agenda-1", WebSite.Now.AddHours(3), WebSite.Now.AddHours(4), "gp", "surgery", "free", 1, 0, 15, ["SNP", "CPTS"], null, null, null,
        new("Dr Essai 1", "Médecin généraliste"), new("Maison", "1 rue", "Clisson", "44190", "02", 47, -1));
}

/// <summary>All that was logged, for what must never be.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> lines = new();

    internal string Text => string.Join('\n', lines);

    public ILogger CreateLogger(string categoryName) => this;
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    public bool IsEnabled(LogLevel logLevel) => true;
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue(formatter(state, exception) + exception);
    public void Dispose() { }
}

/// <summary>One site for the tests of a class.</summary>
public sealed class WebSiteFixture : IAsyncLifetime
{
    public WebSite Site { get; private set; } = null!;
    public async ValueTask InitializeAsync() => Site = await WebSite.Start();
    public ValueTask DisposeAsync() => Site?.DisposeAsync() ?? default;
}
