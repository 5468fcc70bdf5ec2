using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Web.Calls;
using SnpLive.Web.Hosting;

namespace SnpLive.Web.Traffic;

/// <summary>The desk of one SAS, living its day: calls ring by the hourly profile, some callers give up, the desk takes and decides. A few calls always wait for who looks.</summary>
internal sealed class TrafficCentre(
    Centre centre, int population, IReadOnlyList<(Role Role, TrafficPerson Person)> desk, TrafficOptions options, Clock clock, ILogger logger)
{
    private const double GivesUp = 0.12, ToDoctor = 0.7;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(20);
    private static readonly string[] Closings = ["advice", "prescription", "advice", "redirectToGp", "outOfScope"];
    private static readonly string[] Reasons = ["M03.14", "M02.06", "M03.21", "M06.02", "M03.15", "M03.11"];
    private static readonly string[] Priorities = ["P2", "P2", "P2", "P1", "P3"];
    private readonly TrafficPlan plan = new(centre.Sas.Id.Aggregate(17, (hash, c) => unchecked(hash * 31 + c)) ^ options.Seed);

    /// <summary>Calls come at the pace of the hour, until it is stopped.</summary>
    internal async Task Calls(CancellationToken stop)
    {
        while (desk.Count > 0 && !stop.IsCancellationRequested)
        {
            var (day, time) = CivilTime.Local(clock.Now, centre.Settings.TimeZone);
            var wait = plan.NextArrival(TrafficProfile.PerHour(population, options.CallsPerThousandPerDay, day.DayOfWeek, time.Hour)) / options.Speed;
            await Task.Delay(wait < LongestWait ? wait : LongestWait, stop);
            if (wait >= LongestWait) continue; // the pace may be another one by now
            var (patient, givesUp) = (plan.Next(day).Patient, plan.Draw() < GivesUp);
            _ = Guarded(() => Ring(patient, givesUp, stop));
        }
    }

    /// <summary>The desk works what waits beyond the few that are kept.</summary>
    internal async Task Desk(CancellationToken stop)
    {
        while (desk.Count > 0 && !stop.IsCancellationRequested)
        {
            await Task.Delay(LookEvery / options.Speed * (0.5 + plan.Draw()), stop);
            var (role, person) = desk[(int)(plan.Draw() * desk.Count)];
            if (!person.Busy) _ = Guarded(() => Work(role, person, stop));
        }
    }

    private async Task Ring(MadeUpPatient caller, bool givesUp, CancellationToken stop)
    {
        var (_, person) = desk[0];
        var call = await person.Post("/api/calls", new() { ["centre"] = centre.Sas.Id, ["line"] = "116117", ["callerPhone"] = caller.Phone, ["callerName"] = caller.LastName }, stop);
        if (call is null || !givesUp) return;
        await Task.Delay(TimeSpan.FromSeconds(5 + 60 * plan.Draw()) / options.Speed, stop);
        await person.Post($"/api/calls/{call["callId"]}/hang-up", [], stop);
    }

    private async Task Work(Role role, TrafficPerson person, CancellationToken stop)
    {
        person.Busy = true;
        try
        {
            var queue = await person.Get($"/api/centres/{centre.Sas.Id}/queue", stop);
            if (queue?["calls"]?.AsArray() is not { } calls || calls.Count(call => (string?)call!["status"] == "waiting") <= options.CallsKept) return;
            if (calls.Any(call => (string?)call!["holder"]?["id"] == person.Id)) return; // somebody plays this person, and has a call in hand
            if (await person.Post($"/api/centres/{centre.Sas.Id}/take-next", [], stop) is not { } taken) return;
            var path = $"/api/calls/{taken["callId"]}";
            await Task.Delay(TimeSpan.FromSeconds(20 + 100 * plan.Draw()) / options.Speed, stop);
            await person.Post($"{path}/qualify", new() { ["priority"] = Of(Priorities), ["careLevel"] = "R3", ["stream"] = "SNP", ["reason"] = Of(Reasons) }, stop);
            var file = await person.Get(path, stop);
            var doctor = centre.Settings.FlowOn(CivilTime.Day(clock.Now, centre.Settings.TimeZone))?.Levels.FirstOrDefault(level => level.Roles.Contains(Role.Regulator))?.Id;
            var passes = role != Role.Regulator && plan.Draw() < ToDoctor && file?["allowed"]?["transferTo"]?.AsArray().Any(to => (string?)to == doctor) == true;
            if (passes) await person.Post($"{path}/transfer", new() { ["to"] = doctor }, stop);
            else if (await person.Post($"{path}/decide", new() { ["exit"] = role == Role.Regulator ? Of(Closings) : "redirectToGp" }, stop) is null) await person.Post($"{path}/release", [], stop);
        }
        finally { person.Busy = false; }
    }

    private string Of(string[] list) => list[(int)(plan.Draw() * list.Length)];

    // The demonstration goes on without the one whose call failed.
    private async Task Guarded(Func<Task> act)
    {
        try { await act(); }
        catch (OperationCanceledException) { /* the server stops, or did not answer in time */ }
        catch (Exception failed) when (failed is HttpRequestException or System.Text.Json.JsonException) { logger.VisitFailed(centre.Sas.Id, failed.GetType().Name); }
    }
}
