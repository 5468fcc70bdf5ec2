using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Tests.Domain;

internal sealed class NaiveHold
{
    public required string Id, Actor, Organization;
    public DateTimeOffset Until;
    public bool Extended;
}

internal sealed class NaiveBooking
{
    public required string Id, Patient, Organization;
    public required int Place;
    public required Role Role;
    public AppointmentStatus Status;
    public DateTimeOffset? ClaimUntil;
}

internal sealed class NaiveSlot
{
    public required string Id, Stream;
    public required DateTimeOffset Start, End;
    public required int Capacity, Notice;
    public required Audience Audience;
    public required bool FromTemplate;
    public bool Withdrawn, ByHand;
    public List<NaiveHold> Holds { get; } = [];
    public List<NaiveBooking> Bookings { get; } = [];
    public int Taken => Bookings.Count(b => b.Status != AppointmentStatus.Cancelled);
    public List<NaiveHold> Live(DateTimeOffset now) => [.. Holds.Where(h => h.Until > now)];
}

internal sealed class NaiveAgenda
{
    public required string Id, Stream;
    public List<NaiveSlot> Slots { get; } = [];
    public AgendaDefinition? Definition;
    public DateOnly? Covered;
    public DateTimeOffset LastChange = DateTimeOffset.MinValue;
    public int HoldCount, BookingCount;
    /// <summary>Slots that the agenda still knows.</summary>
    public IEnumerable<NaiveSlot> Known => Slots.Where(s => s.End.AddDays(4) >= LastChange);
}
