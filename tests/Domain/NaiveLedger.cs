using System.Collections.Immutable;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;

namespace SnpLive.Tests.Domain;

/// <summary>The ledger's promises as plain dictionaries, and the agenda shell's few steps in front of it.</summary>
internal sealed class NaiveLedger
{
    public Dictionary<(string Holder, string Key), ClaimRow> Claims { get; } = [];
    public Dictionary<(string SlotId, int Place), OccupancyRow> Occupancy { get; } = [];
    public Dictionary<string, SlotRow> Slots { get; } = [];
    public Dictionary<(string Stream, string Cause), DueRow> Due { get; } = [];
    public Dictionary<string, List<RecordedCommand>> Streams { get; } = [];
    public Dictionary<string, AgendaState> States { get; } = [];
    public Dictionary<string, List<string>> StateTexts { get; } = [];
    private readonly Dictionary<(string, Guid), RecordedAnswer> answers = [];

    /// <summary>Decides, appends, applies, answers: as the grain does.</summary>
    public AgendaAnswer Execute(string agendaId, AgendaCommand command, DateTimeOffset now)
    {
        var state = States.GetValueOrDefault(agendaId, AgendaState.Empty);
        while (true)
        {
            var decision = AgendaDecider.Decide(state, command, now);
            var first = answers.GetValueOrDefault((command.Actor.Id, command.RequestId));
            if (decision.Events.IsEmpty) return state.AnswersForgotten && first is not null ? Repeat(first, command) : decision.Answer;
            var step = AgendaCommit.Build(state, command, decision);
            if (first is not null) return Repeat(first, command);
            if (Conflict(step.Commit) is not { } taken)
            {
                Append(step.Commit);
                States[agendaId] = step.After;
                return decision.Answer;
            }
            if (!HoldClaims.Is(taken)) return new Refused(Refusal.PatientAlreadyBooked, taken.Until);
            command = ((HoldSlot)command) with { HoldPlace = ((SlotHeld)decision.Events[0]).HoldPlace + 1 };
        }
    }

    /// <summary>Wake-ups that tell an agenda that one of its bookings was replaced elsewhere.</summary>
    public IEnumerable<(string AgendaId, AgendaCommand Command)> FollowUps(DateTimeOffset now) =>
        from due in Due.Values
        let named = Wakes.ReplacedBooking(due.Cause)
        where named is not null
        select (due.Stream["agenda/".Length..], (AgendaCommand)MarkReplaced.Of(named.Value.BookingId, named.Value.By, now));

    /// <summary>A booking that some agenda still knows.</summary>
    public Booking? Find(string bookingId) => States.Values.Select(s => s.FindBooking(bookingId)?.Booking.Booking).FirstOrDefault(b => b is not null);

    private static AgendaAnswer Repeat(RecordedAnswer first, AgendaCommand command) =>
        first.Fingerprint == Fingerprint.Of(command) ? AgendaFold.AnswerOf(first.Answer) : new Refused(Refusal.RequestIdReused);

    private ClaimRow? Conflict(Commit c) => c.TakeClaims
        .Select(t => Claims.GetValueOrDefault((t.Holder, t.Key)) is { } held && held.Until > c.OccurredAt && held.Owner != t.Owner ? held : null)
        .FirstOrDefault(t => t is not null);

    private void Append(Commit c)
    {
        foreach (var t in c.DropClaims)
            if (Claims.GetValueOrDefault((t.Holder, t.Key))?.Owner == t.Owner) Claims.Remove((t.Holder, t.Key));
        foreach (var t in c.TakeClaims) Claims[(t.Holder, t.Key)] = t;
        foreach (var b in c.VacateBookings) Occupancy.Remove(Occupancy.Single(o => o.Value.BookingId == b).Key);
        foreach (var o in c.Occupy) Occupancy.Add((o.SlotId, o.Place), o); // throws when taken: the second lock
        foreach (var s in c.Slots) Slots[s.SlotId] = s;
        foreach (var d in c.SetDue) Due[(d.Stream, d.Cause)] = d;
        foreach (var d in c.ClearDue) Due.Remove((d.Stream, d.Cause));
        var stream = Streams.TryGetValue(c.Stream, out var known) ? known : Streams[c.Stream] = [];
        Assert.Equal(stream.Count + 1, c.Version);
        stream.Add(new(c.Version, c.ActorId, c.RequestId, c.Fingerprint, c.Answer, c.OccurredAt, c.Schema, c.Payload));
        answers.Add((c.ActorId, c.RequestId), new(c.Stream, c.Version, c.Fingerprint, c.Answer, c.OccurredAt));
    }

    /// <summary>The derived tables equal what the audit expects of the streams; replay and snapshots give the state.</summary>
    public void Audit(DateTimeOffset now, int cut)
    {
        var expected = Streams.Select(s => (new AgendaAudit().Fold(s.Key, s.Value, now), s.Value, AgendaId: s.Key["agenda/".Length..])).ToList();
        foreach (var (fold, commands, agendaId) in expected)
        {
            Assert.Equal(AgendaFold.ToSnapshot(States[agendaId]).State, fold.State);
            var prefix = AgendaFold.Load(new(null, [.. commands.Take(cut % (commands.Count + 1))]));
            var reloaded = AgendaFold.Load(new(AgendaFold.ToSnapshot(prefix), [.. commands.Skip((int)prefix.Version)]));
            Assert.Equal(fold.State, AgendaFold.ToSnapshot(reloaded).State);
        }
        Same(expected.SelectMany(e => e.Item1.Claims), Claims.Values.Where(c => c.Until > now));
        Same(expected.SelectMany(e => e.Item1.Occupancy), Occupancy.Values);
        Same(expected.SelectMany(e => e.Item1.Slots), Slots.Values);
    }

    private static void Same<T>(IEnumerable<T> expected, IEnumerable<T> actual) =>
        Assert.Equal(expected.Select(x => x!.ToString()).Order(StringComparer.Ordinal), actual.Select(x => x!.ToString()).Order(StringComparer.Ordinal));
}
