using System.Collections.Immutable;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Agendas;

/// <summary>The practitioner's own weekly template. Where there is one it stands in place of the imported one, whatever a later import says.</summary>
/// <param name="Templates">Weekly templates; empty: nothing is published.</param>
/// <param name="TakeBackMinutes">A template slot that is still free this long before its start goes back to the practitioner; null: never.</param>
/// <param name="SkipHolidays">Whether nothing is published on French public holidays.</param>
[GenerateSerializer, Immutable, Alias("snp.AgendaPlan")]
public sealed record AgendaPlan(
    [property: Id(0)] ImmutableArray<WeeklyTemplate> Templates, [property: Id(1)] int? TakeBackMinutes, [property: Id(2)] bool SkipHolidays);

/// <summary>The practitioner is away.</summary>
/// <param name="AbsenceId"><c>{agendaId}.a{n}</c>.</param>
/// <param name="From">UTC, included.</param>
/// <param name="To">UTC, excluded.</param>
/// <param name="Locum">The professional who sees the patients meanwhile: slots then stay; null: nobody.</param>
/// <param name="Ended">Called off, or ended before its time.</param>
[GenerateSerializer, Immutable, Alias("snp.Absence")]
public sealed record Absence(
    [property: Id(0)] string AbsenceId, [property: Id(1)] DateTimeOffset From, [property: Id(2)] DateTimeOffset To, [property: Id(3)] string? Locum,
    [property: Id(4)] bool Ended)
{
    /// <summary>Whether it is in force somewhere in [start, end).</summary>
    public bool Covers(DateTimeOffset start, DateTimeOffset end) => !Ended && From < end && start < To;
}

/// <summary>Who opens and withdraws slots in the practitioner's place, with the practitioner's own grants and nothing more.</summary>
/// <param name="Professionals">Their ids.</param>
/// <param name="GivenBy">The practitioner's role: a delegate may what a grant allows this role on its own agenda.</param>
[GenerateSerializer, Immutable, Alias("snp.Delegation")]
public sealed record Delegation([property: Id(0)] ImmutableArray<string> Professionals, [property: Id(1)] Role GivenBy);

/// <summary>What the practitioner decided about the agenda; an import does not touch it.</summary>
/// <param name="Plan">The own template; null: the imported one counts.</param>
/// <param name="Overbook">Whether slots may be given places “en sus”.</param>
/// <param name="Absences">Absences by number; those that ended long ago have left.</param>
/// <param name="AbsenceCount">Absences ever told.</param>
/// <param name="Delegation">Delegates; null: none.</param>
[GenerateSerializer, Immutable, Alias("snp.AgendaSettings")]
public sealed record AgendaSettings(
    [property: Id(0)] AgendaPlan? Plan, [property: Id(1)] bool Overbook, [property: Id(2)] ImmutableArray<Absence> Absences, [property: Id(3)] int AbsenceCount,
    [property: Id(4)] Delegation? Delegation)
{
    /// <summary>Nothing was decided yet.</summary>
    public static AgendaSettings None { get; } = new(null, false, [], 0, null);

    /// <summary>The locum of the absence that covers [start, end); null when there is none.</summary>
    public string? LocumFor(DateTimeOffset start, DateTimeOffset end) => Absences.FirstOrDefault(a => a.Covers(start, end))?.Locum;
}
