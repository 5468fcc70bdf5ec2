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
    public string? Replaces;
}

internal sealed class NaiveAbsence
{
    public required string Id;
    public required DateTimeOffset From, To;
    public string? Locum;
    public bool Ended;
    public bool Covers(DateTimeOffset start, DateTimeOffset end) => !Ended && From < end && start < To;
}

internal sealed class NaiveSlot
{
    public required string Id, Stream;
    public required DateTimeOffset Start, End;
    public required int Notice;
    public required int Capacity;
    public int Extra;
    public int? TakeBack;
    public string? Locum;
    public required Audience Audience;
    public required bool FromTemplate { get; set; }
    public bool Withdrawn, ByHand;
    public List<NaiveHold> Holds { get; } = [];
    public List<NaiveBooking> Bookings { get; } = [];
    public int Taken => Bookings.Count(b => b.Status is not (AppointmentStatus.Cancelled or AppointmentStatus.Replaced));
    /// <summary>Withdrawn, or still empty when the practitioner wanted it back.</summary>
    public bool Off(DateTimeOffset now) => Withdrawn || (TakeBack is { } minutes && Taken == 0 && now >= Start.AddMinutes(-minutes));
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
    public AgendaPlan? Plan;
    public bool Overbook;
    public List<string> Delegates = [];
    public List<NaiveAbsence> Absences { get; } = [];
    public List<NaiveAbsence> KnownAbsences => [.. Absences.Where(a => a.To.AddDays(4) >= LastChange)];
    public IReadOnlyList<WeeklyTemplate> Templates => Plan?.Templates ?? Definition!.Templates;
    /// <summary>Slots that the agenda still knows.</summary>
    public IEnumerable<NaiveSlot> Known => Slots.Where(s => s.End.AddDays(4) >= LastChange);
}
