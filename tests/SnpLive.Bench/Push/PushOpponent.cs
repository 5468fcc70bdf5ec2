using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Boards;
using SnpLive.Web.Live;

namespace SnpLive.Bench.Push;

/// <summary>
/// What good teams would write: one SignalR group per board and one send of the slot per change, or a board that screens fetch each second. The same slot as ours
/// in the same words; no rights, no numbering, no snapshot after a loss: less work than ours.
/// </summary>
internal sealed class PushOpponent(string system) : IAsyncDisposable
{
    public const string SignalR = "signalr";
    public const string Polling = "polling";
    private static readonly PlaceView Place = new("Maison de santé", "1 rue de l'Essai", "Clisson", "44190", "02 61 91 00 01", 47.087, -1.282);
    private static readonly PractitionerView Practitioner = new("Dr Essai 1", "Médecin généraliste");
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, SlotView>> boards = new();
    private WebApplication? app;
    private IHubContext<BoardHub>? hub;

    public int Port => new Uri(app!.Urls.First()).Port;

    public async Task Start()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddSignalR();
        app = builder.Build();
        app.MapHub<BoardHub>("/hubs/live");
        app.MapGet("/board/{id}", (string id) => TypedResults.Ok<IEnumerable<SlotView>>(boards.TryGetValue(id, out var board) ? board.Values : []));
        await app.StartAsync();
        hub = app.Services.GetRequiredService<IHubContext<BoardHub>>();
    }

    public void Changed(ImmutableArray<string> territories, AgendaChange change)
    {
        foreach (var territory in territories)
            foreach (var slot in change.Slots)
            {
                var view = View(slot);
                if (system == SignalR) _ = hub!.Clients.Group(territory).SendAsync("Changed", view);
                else boards.GetOrAdd(territory, _ => new())[view.Id] = view;
            }
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
    }

    private static SlotView View(SlotPicture slot)
    {
        var (facts, hold) = (slot.Facts, slot.Holds.FirstOrDefault());
        return new(facts.SlotId, facts.AgendaId, facts.Start, facts.End, "gp", "surgery", slot.Taken > 0 ? "booked" : hold is null ? "free" : "held", facts.Capacity, slot.Taken,
            facts.MinNoticeMinutes, ["SNP", "CPTS"], hold?.OrganizationId, hold?.Until, null, Practitioner, Place);
    }

    internal sealed class BoardHub : Hub
    {
        public Task Watch(string[] territories) => Groups.AddToGroupAsync(Context.ConnectionId, territories[0]);
    }
}
