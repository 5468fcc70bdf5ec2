using System.Collections.Immutable;
using System.Text.Json;
using SnpLive.Grains.Ledger;

namespace SnpLive.Tests.Ledger;

/// <summary>Commits for tests. Their payload tells their rows, so that <see cref="SampleAudit"/> can fold them.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    public static Commit Plain(string stream, long version = 1, string actor = "actor", Guid? request = null, string fingerprint = "print") => new()
    {
        Stream = stream,
        Version = version,
        ActorId = actor,
        RequestId = request ?? Guid.NewGuid(),
        Fingerprint = fingerprint,
        Answer = $$"""{"stream":"{{stream}}","version":{{version}}}""",
        OccurredAt = Now,
        LocalDate = new(2026, 11, 22),
        TerritoryId = "slv",
        CareStream = "gp",
        Kind = "sample",
        Channel = "pharmacist",
        Schema = 1,
        Payload = "{}",
    };

    /// <summary>A booking: claim, place, slot, wake-up and person, all derived from one id.</summary>
    public static Commit Booking(string agenda, long version, string booking, string slot, string patient, int place = 1) => Plain($"agenda/{agenda}", version) with
    {
        Kind = "slot-booked",
        TakeClaims = [Claim(patient, booking)],
        Occupy = [new(slot, place, booking)],
        Slots = [Slot(agenda, slot, version)],
        SetDue = [new($"agenda/{agenda}", booking, Now.AddHours(1))],
        Person = Person(patient, booking),
    };

    public static ClaimRow Claim(string patient, string owner, double hours = 48) => new(patient, "gp", owner, Now.AddHours(hours));

    public static SlotRow Slot(string agenda, string slot, long version, double hour = 3) =>
        new(slot, agenda, Now.AddHours(hour), Now.AddHours(hour).AddMinutes(20), false, version, $$"""{"slot":"{{slot}}"}""");

    public static PersonWrite Person(string surrogate, string note) => new(surrogate, "sas-44", $"hash of {surrogate}", "sealed identity", note, "sealed note");

    /// <summary>The commit with a payload that tells its rows.</summary>
    public static Commit Telling(this Commit c) =>
        c with { Payload = JsonSerializer.Serialize(new Told(c.TakeClaims, c.DropClaims, c.Occupy, c.VacateBookings, c.Slots)) };

    internal sealed record Told(ImmutableArray<ClaimRow> Take, ImmutableArray<ClaimKey> Drop, ImmutableArray<OccupancyRow> Occupy,
        ImmutableArray<string> Vacate, ImmutableArray<SlotRow> Slots);
}

/// <summary>Folds <see cref="Sample.Telling"/> commits.</summary>
internal sealed class SampleAudit : IStreamAudit
{
    public string Prefix => "agenda/";

    public StreamExpectation Fold(string stream, IReadOnlyList<RecordedCommand> commands, DateTimeOffset now)
    {
        var claims = new Dictionary<(string, string), ClaimRow>();
        var places = new Dictionary<string, OccupancyRow>();
        var slots = new Dictionary<string, SlotRow>();
        foreach (var command in commands)
        {
            var told = JsonSerializer.Deserialize<Sample.Told>(command.Payload)!;
            foreach (var d in told.Drop)
                if (claims.TryGetValue((d.Holder, d.Key), out var held) && held.Owner == d.Owner) claims.Remove((d.Holder, d.Key));
            foreach (var t in told.Take) claims[(t.Holder, t.Key)] = t;
            foreach (var v in told.Vacate) places.Remove(v);
            foreach (var o in told.Occupy) places.Add(o.BookingId, o);
            foreach (var s in told.Slots) slots[s.SlotId] = s;
        }
        return new(State(commands), [.. claims.Values.Where(c => c.Until > now)], [.. places.Values], [.. slots.Values]);
    }

    public static string State(IReadOnlyList<RecordedCommand> commands) => JsonSerializer.Serialize(new { count = commands.Count, last = commands.Count > 0 ? commands[^1].RequestId : Guid.Empty });
}
