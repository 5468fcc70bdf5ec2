using System.Collections.Immutable;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Rules;

/// <summary>Care streams (filières) as codes; an imaging kind is a stream of its own, so that a claim is per examination kind.</summary>
public static class CareStreams
{
    /// <summary>General practice.</summary>
    public const string Gp = "gp";
    /// <summary>X-ray.</summary>
    public const string XRay = "imaging.xray";
    /// <summary>CT scan.</summary>
    public const string Ct = "imaging.ct";
    /// <summary>Ultrasound.</summary>
    public const string Ultrasound = "imaging.ultrasound";
    /// <summary>MRI.</summary>
    public const string Mri = "imaging.mri";
    /// <summary>Physiotherapy.</summary>
    public const string Physio = "physio";
    /// <summary>Nursing.</summary>
    public const string Nursing = "nursing";
    /// <summary>Medical biology.</summary>
    public const string Biology = "biology";

    /// <summary>All codes.</summary>
    public static ImmutableArray<string> All { get; } = [Gp, XRay, Ct, Ultrasound, Mri, Physio, Nursing, Biology];

    /// <summary>The family of all imaging streams: what a grant may name besides a stream and <c>*</c>.</summary>
    public const string Imaging = "imaging";

    /// <summary>What a grant may name: a stream, the family of imaging, or all.</summary>
    public static ImmutableArray<string> Granted { get; } = [.. All, Imaging, "*"];

    /// <summary>Whether a grant's stream covers a slot's stream: equal, or its family (<c>imaging</c> covers <c>imaging.mri</c>), or <c>*</c>.</summary>
    public static bool Covers(string granted, string stream) =>
        granted == "*" || granted == stream || stream.StartsWith(granted + ".", StringComparison.Ordinal);
}

/// <summary>National slot audience codes (domain reference §2.3); one slot may carry several.</summary>
[Flags]
public enum Audience
{
    /// <summary>Nobody.</summary>
    None = 0,
    /// <summary>PUBLIC: never a default, and lets no patient book here.</summary>
    Public = 1,
    /// <summary>PRO: all health professionals.</summary>
    Pro = 2,
    /// <summary>SNP: regulators and OSNP.</summary>
    Snp = 4,
    /// <summary>CPTS: members of a CPTS structure.</summary>
    Cpts = 8,
}

/// <summary>What a grant allows (domain reference §2.2).</summary>
public enum GrantAction
{
    /// <summary>See free slots on the board.</summary>
    SeeFreeSlots = 0,
    /// <summary>See what one's organisation booked.</summary>
    SeeOwnBookings = 1,
    /// <summary>Hold a slot.</summary>
    Hold = 2,
    /// <summary>Book a slot.</summary>
    Book = 3,
    /// <summary>Cancel a booking of one's organisation.</summary>
    Cancel = 4,
    /// <summary>Open slots on one's own agenda.</summary>
    OpenSlot = 5,
    /// <summary>Withdraw slots from one's own agenda.</summary>
    CloseSlot = 6,
    /// <summary>Record fulfilled or no-show.</summary>
    RecordOutcome = 7,
    /// <summary>Counts only.</summary>
    SeeIndicators = 8,
    /// <summary>Add, correct and end the territory's grants.</summary>
    ManageGrants = 12,
    /// <summary>Read who read what in the territory: its data officer.</summary>
    ReadAudit = 13,
    /// <summary>See the patient of one booking against a written reason, on record.</summary>
    BreakGlass = 14,
    /// <summary>Examine who broke the glass, and be told at once: the medical lead.</summary>
    ReviewBreakGlass = 15,
}

/// <summary>A condition on a grant.</summary>
public enum GrantCondition
{
    /// <summary>None.</summary>
    None = 0,
    /// <summary>Only on behalf of a named professional who could book by right of their own.</summary>
    OnBehalfOf = 1,
    /// <summary>Only members of <see cref="Grant.Group"/> (or on behalf of one).</summary>
    InGroup = 2,
    /// <summary>Only on agendas the person owns or manages.</summary>
    OwnAgenda = 3,
    /// <summary>Only <see cref="Grant.Person"/>.</summary>
    NamedPerson = 4,
}

/// <summary>A dated permission of a territory. Everything that no grant allows is denied.</summary>
/// <param name="Tenant">CPTS id: the actor must be its member, or of its SAS.</param>
/// <param name="Role">The role it is given to.</param>
/// <param name="CareStream">A stream code, a family, or <c>*</c>.</param>
/// <param name="Action">What it allows.</param>
/// <param name="Condition">A condition.</param>
/// <param name="Group">The group for <see cref="GrantCondition.InGroup"/>; otherwise null.</param>
/// <param name="ValidFrom">First civil day; null: always.</param>
/// <param name="ValidTo">Last civil day, included; null: for ever.</param>
/// <param name="Source">Where the rule comes from (text, meeting, seed).</param>
/// <param name="Person">The person's id for <see cref="GrantCondition.NamedPerson"/>; otherwise null.</param>
[GenerateSerializer, Immutable, Alias("snp.Grant")]
public sealed record Grant(
    [property: Id(0)] string Tenant,
    [property: Id(1)] Role Role,
    [property: Id(2)] string CareStream,
    [property: Id(3)] GrantAction Action,
    [property: Id(4)] GrantCondition Condition,
    [property: Id(5)] string? Group,
    [property: Id(6)] DateOnly? ValidFrom,
    [property: Id(7)] DateOnly? ValidTo,
    [property: Id(8)] string Source,
    [property: Id(9)] string? Person = null);

/// <summary>Hours of daytime care on one weekday, local time (domain reference §3.2: CONFIG per département).</summary>
/// <param name="Day">Weekday.</param>
/// <param name="Opens">Local time, included.</param>
/// <param name="Closes">Local time, excluded.</param>
[GenerateSerializer, Immutable, Alias("snp.DaytimeRange")]
public sealed record DaytimeRange([property: Id(0)] DayOfWeek Day, [property: Id(1)] TimeOnly Opens, [property: Id(2)] TimeOnly Closes);

/// <summary>When slots may exist: outside these hours, and on public holidays, PDSA takes over (domain reference §3.3).</summary>
/// <param name="Ranges">Opening hours.</param>
/// <param name="AlsaceMoselle">Whether the two additional holidays apply.</param>
/// <param name="ClosedDays">Further closed civil days (bridge days).</param>
[GenerateSerializer, Immutable, Alias("snp.DaytimeHours")]
public sealed record DaytimeHours(
    [property: Id(0)] ImmutableArray<DaytimeRange> Ranges,
    [property: Id(1)] bool AlsaceMoselle,
    [property: Id(2)] ImmutableArray<DateOnly> ClosedDays);

/// <summary>What a hospital's emergency desk does in a territory (domain reference §2.1: CONFIG <c>ed.mode</c>).</summary>
public enum EmergencyDeskMode
{
    /// <summary>Holds and books where a grant allows it.</summary>
    Book = 0,
    /// <summary>Opens requests only; others book for it.</summary>
    RequestOnly = 1,
}

/// <summary>A territory's booking rules: dated data, never constants in code.</summary>
/// <param name="TimeZone">IANA time zone.</param>
/// <param name="WindowHours">24 or 48 real hours after the decision.</param>
/// <param name="HoldMinutes">2–5.</param>
/// <param name="HoldExtensionMinutes">One extension.</param>
/// <param name="MaxHoldsPerPerson">Over all agendas.</param>
/// <param name="MinNoticeMinutes">Default notice before a slot's start.</param>
/// <param name="PublishAheadDays">How far templates publish.</param>
/// <param name="Daytime">When slots may exist.</param>
/// <param name="EmergencyDesk">What its emergency desks do; null: as <see cref="EmergencyDeskMode.Book"/>.</param>
[GenerateSerializer, Immutable, Alias("snp.BookingRules")]
public sealed record BookingRules(
    [property: Id(0)] string TimeZone,
    [property: Id(1)] int WindowHours,
    [property: Id(2)] int HoldMinutes,
    [property: Id(3)] int HoldExtensionMinutes,
    [property: Id(4)] int MaxHoldsPerPerson,
    [property: Id(5)] int MinNoticeMinutes,
    [property: Id(6)] int PublishAheadDays,
    [property: Id(7)] DaytimeHours Daytime,
    [property: Id(8)] EmergencyDeskMode? EmergencyDesk = null);
