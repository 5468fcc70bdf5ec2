using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SnpLive.Grains;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Boards;
using SnpLive.Grains.People;
using SnpLive.Grains.Territories;
using SnpLive.Web.Live;
using SnpLive.Web.Sessions;

namespace SnpLive.Tests.Live;

/// <summary>A board grain's stand-in: a numbered picture, its watchers, and a count of every call.</summary>
internal sealed class StageBoard
{
    private readonly Lock sync = new();
    private readonly Dictionary<string, SlotPicture> slots = [];
    private readonly Dictionary<string, IBoardObserver> nodes = [];
    private int epochs, calls;
    private long seq;

    public StageBoard(TerritoryDocument document)
    {
        Document = document;
        Grain = Fake.Of<IBoardGrain>((method, args) => method.Name switch
        {
            "Watch" => Watch((string)args[0]!, (IBoardObserver)args[1]!, (string?)args[2], (long)args[3]!),
            "Turns" => Task.FromResult<ImmutableArray<AgendaTurn>>([.. Document.Agendas.Select((agenda, n) => new AgendaTurn(agenda.Id, 2 - n))]),
            _ => Task.CompletedTask,
        });
        Territory = Fake.Of<ITerritoryGrain>((_, _) =>
        {
            Interlocked.Increment(ref calls);
            return Task.FromResult<TerritoryDocument?>(Document);
        });
    }

    public TerritoryDocument Document { get; private set; }
    public IBoardGrain Grain { get; }
    public ITerritoryGrain Territory { get; }
    public int Calls => Volatile.Read(ref calls);
    public IEnumerable<string> SlotIds => slots.Keys;
    /// <summary>Decides which frames get lost on their way to web nodes.</summary>
    public Func<bool> Loses { get; set; } = () => false;
    public bool Silent { get; set; }

    public void Change(params IEnumerable<SlotPicture> changed)
    {
        lock (sync)
        {
            var all = changed.ToImmutableArray();
            foreach (var slot in all) slots[slot.Facts.SlotId] = slot;
            Send(new(Document.Id, $"e{epochs}", ++seq, DateTimeOffset.UtcNow, all, []));
        }
    }

    public void Remove(string slotId)
    {
        lock (sync)
            if (slots.Remove(slotId)) Send(new(Document.Id, $"e{epochs}", ++seq, DateTimeOffset.UtcNow, [], [slotId]));
    }

    public void Restart(TerritoryDocument document)
    {
        lock (sync)
        {
            (Document, seq) = (document, 0);
            Send(new(Document.Id, $"e{++epochs}", 0, DateTimeOffset.UtcNow, [], []));
        }
    }

    private Task<BoardSnapshot?> Watch(string node, IBoardObserver observer, string? epoch, long known)
    {
        Interlocked.Increment(ref calls);
        if (Silent) return Task.FromException<BoardSnapshot?>(new TimeoutException());
        lock (sync)
        {
            nodes[node] = observer;
            var there = epoch == $"e{epochs}" && known == seq;
            return Task.FromResult(there ? null : new BoardSnapshot(Document.Id, $"e{epochs}", seq, DateTimeOffset.UtcNow, [.. slots.Values]));
        }
    }

    private void Send(BoardFrame frame)
    {
        foreach (var (_, node) in nodes)
            if (!Loses()) _ = node.Changed(frame);
    }
}

/// <summary>A web node on a real port: the product's live services over stand-in boards; people sign in by a header.</summary>
internal sealed class LiveStage : IAsyncDisposable
{
    private sealed class Actors(ConcurrentDictionary<string, Actor> people) : IActorSource
    {
        public ValueTask<Actor?> Find(ClaimsPrincipal user) => new(people.GetValueOrDefault(user.Identity?.Name ?? ""));
    }

    private sealed class Named(ConcurrentDictionary<string, ImmutableArray<string>> delegated) : IDelegates
    {
        public ValueTask<ImmutableArray<string>> Of(Actor actor, TerritoryDocument territory) => new(delegated.GetValueOrDefault(actor.Id, []));
    }

    /// <summary>What the node knows of the territories beside its boards.</summary>
    internal sealed class StageReading : ITerritoryReading
    {
        private int renewals;
        public int Renewals => Volatile.Read(ref renewals);
        /// <summary>What a renewal waits for.</summary>
        public Task Gate { get; set; } = Task.CompletedTask;

        public Task Renew()
        {
            Interlocked.Increment(ref renewals);
            return Gate;
        }
    }

    private readonly WebApplication app;

    private LiveStage(
        WebApplication app, Dictionary<string, StageBoard> boards, ConcurrentDictionary<string, Actor> people, ConcurrentDictionary<string, ImmutableArray<string>> delegated,
        StageReading reading) =>
        (this.app, Boards, People, Delegated, Reading) = (app, boards, people, delegated, reading);

    public Dictionary<string, StageBoard> Boards { get; }
    public ConcurrentDictionary<string, Actor> People { get; }
    /// <summary>Agendas that people manage as delegates.</summary>
    public ConcurrentDictionary<string, ImmutableArray<string>> Delegated { get; }
    public StageReading Reading { get; }
    public Uri Address => new(app.Urls.First());
    public IServiceProvider Services => app.Services;

    public static async Task<LiveStage> StartAsync(Action<LiveOptions>? configure, params TerritoryDocument[] territories)
    {
        var boards = territories.ToDictionary(t => t.Id, t => new StageBoard(t));
        var people = new ConcurrentDictionary<string, Actor>();
        var delegated = new ConcurrentDictionary<string, ImmutableArray<string>>();
        var reading = new StageReading();
        var grains = new FakeGrains();
        grains.Put(id => boards[id].Grain);
        grains.Put(id => boards[id].Territory);
        grains.Put(_ => Fake.Of<ITerritoryDirectoryGrain>((_, _) => Task.FromResult<ImmutableArray<string>>([.. boards.Keys])));
        grains.Put(_ => Fake.Of<IAgendaGrain>((_, _) => Task.FromResult<AgendaDefinition?>(null)));
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(grains.Factory);
        builder.Services.AddKeyedSingleton(Clocks.Domain, TimeProvider.System);
        builder.Services.AddSingleton<IActorSource>(new Actors(people));
        builder.Services.AddSingleton<IDelegates>(new Named(delegated));
        builder.Services.AddSingleton<ITerritoryReading>(reading);
        builder.Services.AddLive(configure);
        var app = builder.Build();
        app.Use((context, next) =>
        {
            if (context.Request.Headers["X-Actor"].ToString() is { Length: > 0 } name)
                context.User = new(new ClaimsIdentity([new(ClaimTypes.Name, name)], "test"));
            return next(context);
        });
        app.MapLive();
        await app.StartAsync();
        return new(app, boards, people, delegated, reading);
    }

    /// <summary>A screen of this person.</summary>
    public Task<LiveClient> Connect(Actor actor, HttpMessageInvoker? http = null)
    {
        People[actor.Id] = actor;
        return LiveClient.ConnectAsync(Address, [new("X-Actor", actor.Id)], http);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
