using System.Collections.Immutable;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.Notifications;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Tests.Domain;

namespace SnpLive.Tests.Notifications;

/// <summary>Drives the notices of one agenda as their shell does, with the wake-up rows that a ledger would keep.</summary>
internal sealed class Notices
{
    public static readonly NoticeRoute Mail = new("dr-x", NoticeChannel.Email, null), Sms = new("dr-x", NoticeChannel.Sms, null);
    public static readonly AgendaDefinition Definition = Sample.Definition();

    public NoticeOptions Options { get; } = new();
    public NoticeState State { get; private set; } = NoticeState.Empty;
    public DateTimeOffset Now { get; set; } = Sample.Utc("2026-06-08T07:00:00Z");
    public Dictionary<string, DateTimeOffset> Due { get; } = new(StringComparer.Ordinal);
    public List<Commit> Commits { get; } = [];

    public static BookedSlot Told(int n, DateTimeOffset start, AppointmentStatus status = AppointmentStatus.Booked)
    {
        var slot = new SlotFacts($"gp-1.s{n}", "gp-1", start, start.AddMinutes(20), CareStreams.Gp, VisitMode.Surgery, Audience.Snp, 1, 15, "place-1");
        return new(Definition, slot, new Booking($"gp-1.b{n}", slot.SlotId, 1, $"surrogate-{n}", "p1", Role.Pharmacist, "pharm-a", null, $"gp-1.r{n}",
            Eligibility.NoRegisteredGp, "M03.14", start.AddHours(-3), start.AddHours(3), start.AddHours(-3), false, status, null), null);
    }

    public ImmutableArray<NoticeEvent> Queue(NoticeKind kind, BookedSlot told, params ReadOnlySpan<NoticeRoute> routes) =>
        Do(NoticeDecider.Queue(State, kind, told, [.. routes], Now, Options));

    public ImmutableArray<NoticeEvent> Do(ImmutableArray<NoticeEvent> events)
    {
        if (events.IsEmpty) return events;
        var step = NoticeCommit.Build(State, Definition, new("system", Guid.NewGuid(), "test"), events, Now);
        State = step.After;
        Commits.Add(step.Commit);
        foreach (var gone in step.Commit.ClearDue) Due.Remove(gone.Cause);
        foreach (var row in step.Commit.SetDue) Due[row.Cause] = row.At;
        return events;
    }

    public IEnumerable<Delivery> Pending => State.Entries.SelectMany(e => e.Deliveries).Where(d => d.Status == DeliveryStatus.Pending);
}
