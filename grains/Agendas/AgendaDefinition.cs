using System.Collections.Immutable;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Agendas;

/// <summary>How the patient is seen; national codes AMB, HH, VR.</summary>
public enum VisitMode
{
    /// <summary>AMB: at the practice.</summary>
    Surgery = 0,
    /// <summary>HH: at the patient's home.</summary>
    Home = 1,
    /// <summary>VR: by video.</summary>
    Video = 2,
}

/// <summary>“Monday to Friday at 11:40 and 17:20, 20 minutes”: published ahead, in local time, so that it survives DST changes.</summary>
/// <param name="Id">Stable within the agenda.</param>
/// <param name="Days">Weekdays.</param>
/// <param name="Times">Local starting times.</param>
/// <param name="Minutes">Length.</param>
/// <param name="Mode">Visit mode.</param>
/// <param name="Audience">Who may book; <see cref="Rules.Audience.None"/> stands for the default SNP + CPTS.</param>
/// <param name="Capacity">Patients per slot.</param>
/// <param name="ValidFrom">First civil day; null: always.</param>
/// <param name="ValidTo">Last civil day, included; null: for ever.</param>
[GenerateSerializer, Immutable, Alias("snp.WeeklyTemplate")]
public sealed record WeeklyTemplate(
    [property: Id(0)] string Id,
    [property: Id(1)] ImmutableArray<DayOfWeek> Days,
    [property: Id(2)] ImmutableArray<TimeOnly> Times,
    [property: Id(3)] int Minutes,
    [property: Id(4)] VisitMode Mode,
    [property: Id(5)] Audience Audience,
    [property: Id(6)] int Capacity,
    [property: Id(7)] DateOnly? ValidFrom,
    [property: Id(8)] DateOnly? ValidTo);

/// <summary>
/// Everything an agenda needs to decide alone: whose it is, where, and the rules and grants of its territory, kept in its own stream so that a
/// decision never asks another grain and a replay sees the rules of that day.
/// </summary>
/// <param name="AgendaId">Key; letters, digits and hyphens.</param>
/// <param name="SasId">The SAS it belongs to.</param>
/// <param name="TerritoryId">The CPTS that owns it (tenant).</param>
/// <param name="ShownIn">All CPTS on whose boards it shows, the owner included.</param>
/// <param name="PractitionerId">Whose it is.</param>
/// <param name="PlaceId">Where.</param>
/// <param name="CareStream">Its stream.</param>
/// <param name="Templates">Weekly templates.</param>
/// <param name="Rules">Booking rules of the territory.</param>
/// <param name="Grants">Grants of the territory that concern this stream.</param>
[GenerateSerializer, Immutable, Alias("snp.AgendaDefinition")]
public sealed record AgendaDefinition(
    [property: Id(0)] string AgendaId,
    [property: Id(1)] string SasId,
    [property: Id(2)] string TerritoryId,
    [property: Id(3)] ImmutableArray<string> ShownIn,
    [property: Id(4)] string PractitionerId,
    [property: Id(5)] string PlaceId,
    [property: Id(6)] string CareStream,
    [property: Id(7)] ImmutableArray<WeeklyTemplate> Templates,
    [property: Id(8)] BookingRules Rules,
    [property: Id(9)] ImmutableArray<Grant> Grants);

/// <summary>Published facts of one slot.</summary>
/// <param name="SlotId"><c>{agendaId}.s{n}</c>.</param>
/// <param name="AgendaId">Its agenda.</param>
/// <param name="Start">UTC.</param>
/// <param name="End">UTC.</param>
/// <param name="CareStream">Stream.</param>
/// <param name="Mode">Visit mode.</param>
/// <param name="Audience">Who may book.</param>
/// <param name="Capacity">Patients.</param>
/// <param name="MinNoticeMinutes">Notice before the start after which nobody can book.</param>
/// <param name="PlaceId">Where.</param>
/// <param name="TakeBackMinutes">Still free this long before the start, it goes back to the practitioner; null: never.</param>
/// <param name="Locum">The professional who stands in for the practitioner; null: nobody.</param>
[GenerateSerializer, Immutable, Alias("snp.SlotFacts")]
public sealed record SlotFacts(
    [property: Id(0)] string SlotId,
    [property: Id(1)] string AgendaId,
    [property: Id(2)] DateTimeOffset Start,
    [property: Id(3)] DateTimeOffset End,
    [property: Id(4)] string CareStream,
    [property: Id(5)] VisitMode Mode,
    [property: Id(6)] Audience Audience,
    [property: Id(7)] int Capacity,
    [property: Id(8)] int MinNoticeMinutes,
    [property: Id(9)] string PlaceId,
    [property: Id(10)] int? TakeBackMinutes = null,
    [property: Id(11)] string? Locum = null);

/// <summary>Who holds a place, for everybody to see.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="ActorId">The person.</param>
/// <param name="OrganizationId">The organisation shown.</param>
/// <param name="Until">End, UTC, exclusive.</param>
[GenerateSerializer, Immutable, Alias("snp.HoldPicture")]
public sealed record HoldPicture(
    [property: Id(0)] string HoldId, [property: Id(1)] string ActorId, [property: Id(2)] string OrganizationId, [property: Id(3)] DateTimeOffset Until);

/// <summary>A slot as boards know it; its state is a function of it and of now (<see cref="SlotStates.Of"/>). No patient in it.</summary>
/// <param name="Facts">Published facts.</param>
/// <param name="Taken">Active bookings.</param>
/// <param name="Withdrawn">Taken back by the practitioner.</param>
/// <param name="Holds">Holds, ended ones perhaps still among them.</param>
[GenerateSerializer, Immutable, Alias("snp.SlotPicture")]
public sealed record SlotPicture(
    [property: Id(0)] SlotFacts Facts, [property: Id(1)] int Taken, [property: Id(2)] bool Withdrawn, [property: Id(3)] ImmutableArray<HoldPicture> Holds);

/// <summary>An agenda's slots at a version.</summary>
/// <param name="AgendaId">The agenda.</param>
/// <param name="Version">Stream version.</param>
/// <param name="Slots">Slots by start.</param>
[GenerateSerializer, Immutable, Alias("snp.AgendaPicture")]
public sealed record AgendaPicture([property: Id(0)] string AgendaId, [property: Id(1)] long Version, [property: Id(2)] ImmutableArray<SlotPicture> Slots);
