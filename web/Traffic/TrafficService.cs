using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using SnpLive.Grains.People;
using SnpLive.Grains.Territories;
using SnpLive.Web.Calls;
using SnpLive.Web.Hosting;
using SnpLive.Web.Territories;

namespace SnpLive.Web.Traffic;

/// <summary>Lets the demonstration's people act by themselves, so that a board lives while one looks at it. Never without <c>--traffic</c>, never outside the demonstration.</summary>
internal sealed class TrafficService(
    TrafficOptions options, IServer server, IHostApplicationLifetime lifetime, TerritoryCatalogue catalogue, Clock clock, ILogger<TrafficService> logger) : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    private static readonly Role[] Doors = [Role.Pharmacist, Role.Regulator, Role.Osnp, Role.EmergencyDesk, Role.GeneralPractitioner];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Enabled) return;
        await Started(stoppingToken);
        var address = OwnAddress();
        var people = new Dictionary<string, TrafficPerson>(StringComparer.Ordinal);
        using var visits = new SemaphoreSlim(options.MaxVisits);
        try
        {
            var known = await Territories(stoppingToken);
            var running = known.SelectMany(territory => Run(territory, people, address, visits, stoppingToken)).ToList();
            running.AddRange(Centres.Of(await catalogue.Read()).SelectMany(centre => Run(centre, known, people, address, stoppingToken)));
            logger.TrafficStarted(people.Count, known.Count, options.Seed, options.Speed);
            await Task.WhenAll(running);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { /* the server stops */ }
        finally
        {
            foreach (var person in people.Values) person.Dispose();
        }
    }

    // An empty server waits for its first import.
    private async Task<IReadOnlyList<TerritoryDocument>> Territories(CancellationToken stop)
    {
        while ((await catalogue.Read()).All.IsEmpty) await Task.Delay(LookAgain, stop);
        return (await catalogue.Read()).All;
    }

    private IEnumerable<Task> Run(TerritoryDocument territory, Dictionary<string, TrafficPerson> people, Uri address, SemaphoreSlim visits, CancellationToken stop)
    {
        var demo = territory.Professionals.Where(one => one.Demo).OrderBy(one => one.Id, StringComparer.Ordinal).ToList();
        List<TrafficPerson> Of(Func<Professional, bool> which) => [.. demo.Where(which).Select(one => people.TryGetValue(one.Id, out var person) ? person : people[one.Id] = new(address, one.Id))];
        var life = new TrafficTerritory(territory, Of(one => Doors.Contains(one.Role)), Of(one => !one.Agendas.IsEmpty), options, clock, visits, logger);
        return [life.Needs(stop), life.Practices(stop)];
    }

    private IEnumerable<Task> Run(Centre centre, IReadOnlyList<TerritoryDocument> known, Dictionary<string, TrafficPerson> people, Uri address, CancellationToken stop)
    {
        var desk = known.SelectMany(territory => territory.Professionals).DistinctBy(one => one.Id)
            .Where(one => one.Demo && Centres.IsOfDesk(one.ToActor(), centre.Sas.Id)).OrderBy(one => one.Id, StringComparer.Ordinal)
            .Select(one => (one.Role, people.TryGetValue(one.Id, out var person) ? person : people[one.Id] = new(address, one.Id))).ToList();
        var population = known.Where(territory => centre.Territories.Contains(territory.Id)).Sum(territory => territory.Communes.Sum(commune => commune.Population));
        var life = new TrafficCentre(centre, population, desk, options, clock, logger);
        return [life.Calls(stop), life.Desk(stop)];
    }

    private async Task Started(CancellationToken stop)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStart = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stop);
    }

    private Uri OwnAddress()
    {
        var listening = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First().Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal));
        return new($"http://localhost:{listening.Port}");
    }
}
