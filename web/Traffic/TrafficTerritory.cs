using System.Globalization;
using System.Text.Json.Nodes;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories;
using SnpLive.Web.Hosting;

namespace SnpLive.Web.Traffic;

/// <summary>The people of one territory, living their day.</summary>
internal sealed class TrafficTerritory(
    TerritoryDocument territory, IReadOnlyList<TrafficPerson> bookers, IReadOnlyList<TrafficPerson> practitioners, TrafficOptions options, Clock clock,
    SemaphoreSlim visits, ILogger logger)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private readonly TrafficPlan plan = new(HashOf(territory.Id) ^ options.Seed);
    private readonly TrafficPlan practice = new(HashOf(territory.Id) ^ ~options.Seed);
    private readonly int population = territory.Communes.Sum(commune => commune.Population);

    /// <summary>Needs come at the pace of the hour, until it is stopped.</summary>
    internal async Task Needs(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var (day, time) = CivilTime.Local(clock.Now, territory.Rules.TimeZone);
            var wait = plan.NextArrival(TrafficProfile.PerHour(population, options.RequestsPerThousandPerDay, day.DayOfWeek, time.Hour)) / options.Speed;
            await Task.Delay(wait < LongestWait ? wait : LongestWait, stop);
            if (wait >= LongestWait) continue; // the pace may be another one by now
            var visit = plan.Next(day);
            if (!await visits.WaitAsync(TimeSpan.Zero, stop)) continue; // enough at once: this one gives up
            _ = Guarded(async () =>
            {
                try { await Take(visit, stop); }
                finally { visits.Release(); }
            });
        }
    }

    /// <summary>Practitioners say who came, and open a slot when few are left.</summary>
    internal async Task Practices(CancellationToken stop)
    {
        while (practitioners.Count > 0 && !stop.IsCancellationRequested)
        {
            await Task.Delay(options.PractitionerEvery / options.Speed * (0.5 + practice.Draw()), stop);
            await Guarded(() => LookAtAgenda(practitioners[(int)(practice.Draw() * practitioners.Count)], stop));
        }
    }

    private async Task Take(Visit visit, CancellationToken stop)
    {
        var idle = bookers.Where(one => !one.Busy).ToList();
        if (idle.Count == 0) return;
        var person = idle[(int)(visit.Person * idle.Count)];
        person.Busy = true;
        try
        {
            var (free, open) = await Free(person, stop);
            if (free.Count == 0) await person.Post("/api/requests/unserved", Unserved(visit), stop);
            if (free.Count == 0 || free.Count <= open * options.KeepFree) return;
            var slot = free[(int)(visit.Choice * free.Count)];
            if (await person.Post($"/api/slots/{slot["id"]}/hold", [], stop) is not { } hold) return; // somebody was first
            await Task.Delay(visit.Think / options.Speed, stop);
            if (visit.End == VisitEnd.Forget) return;
            var booking = visit.End == VisitEnd.Book ? await person.Post($"/api/slots/{slot["id"]}/bookings", Booking(visit, slot, hold), stop) : null;
            if (booking is null) await person.Post($"/api/holds/{hold["holdId"]}/release", [], stop);
            else if (visit.CancelAfter is { } after) _ = Guarded(() => CallOff(person, (string)booking["bookingId"]!, after, stop));
        }
        finally { person.Busy = false; }
    }

    private async Task CallOff(TrafficPerson person, string bookingId, TimeSpan after, CancellationToken stop)
    {
        await Task.Delay(after / options.Speed, stop);
        await person.Post($"/api/bookings/{bookingId}/cancel", new() { ["reason"] = "patientRequest" }, stop);
    }

    private async Task LookAtAgenda(TrafficPerson practitioner, CancellationToken stop)
    {
        var agendas = await practitioner.Get($"/api/agendas?territory={territory.Id}", stop);
        foreach (var agenda in agendas?.AsArray().Where(one => (bool)one!["own"]!) ?? [])
        {
            var (now, id) = (clock.Now, (string)agenda!["id"]!);
            var detail = await practitioner.Get($"/api/agendas/{id}?from={now.AddDays(-1):yyyy-MM-ddTHH:mm:ssZ}&to={now.AddDays(2):yyyy-MM-ddTHH:mm:ssZ}", stop);
            var ends = detail?["slots"]?.AsArray().ToDictionary(slot => (string)slot!["id"]!, slot => (DateTimeOffset)slot!["end"]!) ?? [];
            foreach (var booking in detail?["bookings"]?.AsArray().Where(one => (string?)one!["status"] == "booked" && ends.GetValueOrDefault((string)one["slotId"]!, now) < now) ?? [])
                await practitioner.Post($"/api/bookings/{booking!["id"]}/outcome", new() { ["status"] = practice.Draw() < options.NoShow ? "noShow" : "fulfilled" }, stop);
            var (free, open) = await Free(practitioner, stop);
            if (free.Count < open * options.OpenBelow) await Open(practitioner, id, now, stop);
        }
    }

    // Where it does not fit — another slot, after hours — the agenda refuses, and that is that.
    private Task Open(TrafficPerson practitioner, string agendaId, DateTimeOffset now, CancellationToken stop)
    {
        var start = new DateTimeOffset(now.Date, TimeSpan.Zero).AddMinutes(Math.Ceiling(now.TimeOfDay.TotalMinutes / 10) * 10 + 30 + 10 * Math.Floor(practice.Draw() * 60));
        var slot = new JsonObject { ["start"] = Instant(start), ["end"] = Instant(start.AddMinutes(10)), ["mode"] = "surgery" };
        return practitioner.Post($"/api/agendas/{agendaId}/slots", new() { ["slots"] = new JsonArray(slot) }, stop);
    }

    private static string Instant(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>Free slots inside the window, soonest first, and how many there are besides booked ones.</summary>
    private async Task<(List<JsonObject> Free, int Open)> Free(TrafficPerson person, CancellationToken stop)
    {
        var (now, until) = (clock.Now, clock.Now.AddHours(territory.Rules.WindowHours));
        var board = await person.Get($"/api/territories/{territory.Id}/board", stop);
        var slots = board?["slots"]?.AsArray().Select(slot => slot!.AsObject()).Where(slot => Start(slot) > now && Start(slot) < until).ToList() ?? [];
        var free = slots.Where(slot => (string?)slot["state"] == "free").OrderBy(Start).ThenBy(slot => (string?)slot["id"], StringComparer.Ordinal).ToList();
        return (free, free.Count + slots.Count(slot => (string?)slot["state"] is "booked" or "held"));

        static DateTimeOffset Start(JsonObject slot) => (DateTimeOffset)slot["start"]!;
    }

    private static JsonObject Booking(Visit visit, JsonObject slot, JsonNode hold)
    {
        var patient = new JsonObject
        {
            ["lastName"] = visit.Patient.LastName, ["firstName"] = visit.Patient.FirstName, ["birthDate"] = $"{visit.Patient.BirthDate:yyyy-MM-dd}", ["sex"] = visit.Patient.Sex,
            ["phone"] = visit.Patient.Phone,
        };
        if ((string?)slot["mode"] == "home") patient["address"] = "1 rue de la Démonstration";
        return new()
        {
            ["holdId"] = (string?)hold["holdId"], ["patient"] = patient, ["eligibility"] = visit.Eligibility, ["reason"] = visit.Reason, ["vitalSignsExcluded"] = true,
        };
    }

    private JsonObject Unserved(Visit visit) => new()
    {
        ["territoryId"] = territory.Id, ["stream"] = CareStreams.Gp, ["reasonNotServed"] = "none", ["eligibility"] = visit.Eligibility, ["reason"] = visit.Reason,
    };

    // The demonstration goes on without the one whose visit failed.
    private async Task Guarded(Func<Task> act)
    {
        try { await act(); }
        catch (OperationCanceledException) { /* the server stops, or did not answer in time */ }
        catch (Exception failed) when (failed is HttpRequestException or System.Text.Json.JsonException) { logger.VisitFailed(territory.Id, failed.GetType().Name); }
    }

    private static int HashOf(string text) => text.Aggregate(17, (hash, c) => unchecked(hash * 31 + c));
}

internal static partial class TrafficLog
{
    [LoggerMessage(60, LogLevel.Information, "Simulated traffic: {People} people in {Territories} territories, seed {Seed}, speed {Speed}.")]
    internal static partial void TrafficStarted(this ILogger logger, int people, int territories, int seed, double speed);

    [LoggerMessage(61, LogLevel.Warning, "Simulated traffic in {Territory}: a visit failed ({Kind}).")]
    internal static partial void VisitFailed(this ILogger logger, string territory, string kind);
}
