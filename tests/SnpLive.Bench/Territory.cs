using System.Collections.Immutable;
using System.Globalization;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Bench;

/// <summary>The agendas and slots that a trial sells, and the people who book. The same for every system.</summary>
internal sealed class Territory
{
    private const string Zone = "Europe/Paris";
    public const string Sas = "sas-44";
    private const int AgendasPerBoard = 20;
    private static readonly TimeSpan Spacing = TimeSpan.FromMinutes(10);
    // A minute short, so that none touches midnight, where the daytime hours of a civil day end.
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(9);
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private static readonly BookingRules Rules = new(Zone, 48, 3, 2, 2, 0, 3,
        new([.. Enum.GetValues<DayOfWeek>().Select(d => new DaytimeRange(d, new(0, 0), new(23, 59, 59)))], false, []));

    // As long as a sealed name with birth date and commune, and a sealed telephone number, really are.
    private static readonly string Identity = new('i', 172);
    private static readonly string Note = new('n', 72);

    /// <param name="agendas">How many agendas.</param>
    /// <param name="slotsPerAgenda">Slots of each.</param>
    /// <param name="callers">How many people book.</param>
    /// <param name="first">Start of the first slot; in an hour when it is not said.</param>
    public Territory(int agendas, int slotsPerAgenda, int callers = 0, DateTimeOffset? first = null)
    {
        (Agendas, SlotsPerAgenda, Callers) = (agendas, slotsPerAgenda, callers);
        var soon = DateTimeOffset.UtcNow.AddHours(1);
        First = first ?? soon.AddTicks(-(soon.Ticks % Spacing.Ticks));
    }

    public int Agendas { get; }
    public int SlotsPerAgenda { get; }
    public DateTimeOffset First { get; }
    /// <summary>How many people book.</summary>
    public int Callers { get; }
    public int Slots => Agendas * SlotsPerAgenda;

    public static Actor Practitioner(string agendaId) => new("gp", Role.GeneralPractitioner, "cab", null, [Cpts(agendaId)], [], [agendaId]);

    public static string AgendaId(int agenda) => string.Create(CultureInfo.InvariantCulture, $"gp-{agenda:D4}");

    /// <summary>Slot <paramref name="index"/> of all, agenda by agenda, named as the grain names the slots that it opens.</summary>
    public string SlotId(int index) => string.Create(CultureInfo.InvariantCulture, $"{AgendaId(index / SlotsPerAgenda)}.s{index % SlotsPerAgenda + 1}");

    public static AgendaDefinition Definition(string agendaId)
    {
        var cpts = Cpts(agendaId);
        Grant Give(Role role, GrantAction action, GrantCondition condition = GrantCondition.None) => new(cpts, role, CareStreams.Gp, action, condition, null, null, null, "bench");
        return new(agendaId, Sas, cpts, [cpts], "dr-" + agendaId, "place-" + agendaId, CareStreams.Gp, [], Rules,
            [Give(Role.Pharmacist, GrantAction.SeeFreeSlots), Give(Role.Pharmacist, GrantAction.Book), Give(Role.GeneralPractitioner, GrantAction.OpenSlot, GrantCondition.OwnAgenda)]);
    }

    public ImmutableArray<SlotToOpen> SlotsToOpen() =>
        [.. Enumerable.Range(0, SlotsPerAgenda).Select(n => new SlotToOpen(Start(n), Start(n) + Length, VisitMode.Surgery, Audience.Snp | Audience.Cpts, 1, 0))];

    /// <summary>What an opponent would have cached of a slot: spares it the read.</summary>
    public SlotFacts Facts(string slotId)
    {
        var agendaId = AgendaIds.AgendaOf(slotId)!;
        var n = int.Parse(slotId.AsSpan(agendaId.Length + 2), CultureInfo.InvariantCulture) - 1;
        return new(slotId, agendaId, Start(n), Start(n) + Length, CareStreams.Gp, VisitMode.Surgery, Audience.Snp | Audience.Cpts, 1, 0, "place-" + agendaId);
    }

    /// <summary>A new patient at somebody's counter.</summary>
    public static BookSlot Booking(string slotId, int caller)
    {
        var patient = new SealedPatient(Guid.NewGuid().ToString("N") + "trait-hash-", Identity, Note, false, Guid.NewGuid().ToString("N") + "typed-hash-");
        var cpts = Cpts(AgendaIds.AgendaOf(slotId)!);
        return new(slotId, null, null, null, patient, null, Eligibility.Visitor, "M03.14", null, true, false)
        {
            RequestId = Guid.NewGuid(),
            Actor = new(string.Create(CultureInfo.InvariantCulture, $"pharmacist-{caller}"), Role.Pharmacist, "pharmacy", null, [cpts], [], []),
            NotAfter = DateTimeOffset.UtcNow + TimeLimit,
        };
    }

    /// <summary>The territory, and board, of an agenda: each has twenty.</summary>
    public static string Cpts(string agendaId) => string.Create(CultureInfo.InvariantCulture, $"cpts-{int.Parse(agendaId.AsSpan(3), CultureInfo.InvariantCulture) / AgendasPerBoard}");

    private DateTimeOffset Start(int n) => First + n * Spacing;
}
