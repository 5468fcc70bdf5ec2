using SnpLive.Grains.Agendas;
using SnpLive.Grains.Calls;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Territories.Import;

/// <summary>The words of the file format for closed lists.</summary>
internal static class Words
{
    internal static readonly IReadOnlyDictionary<string, DayOfWeek> Days = new Dictionary<string, DayOfWeek>(StringComparer.Ordinal)
    {
        ["mon"] = DayOfWeek.Monday, ["tue"] = DayOfWeek.Tuesday, ["wed"] = DayOfWeek.Wednesday, ["thu"] = DayOfWeek.Thursday,
        ["fri"] = DayOfWeek.Friday, ["sat"] = DayOfWeek.Saturday, ["sun"] = DayOfWeek.Sunday,
    };

    internal static readonly IReadOnlyDictionary<string, Audience> Audiences = new Dictionary<string, Audience>(StringComparer.Ordinal)
    {
        ["SNP"] = Audience.Snp, ["CPTS"] = Audience.Cpts, ["PRO"] = Audience.Pro, ["PUBLIC"] = Audience.Public,
    };

    internal static readonly IReadOnlyDictionary<string, VisitMode> Modes = Of<VisitMode>();
    internal static readonly IReadOnlyDictionary<string, OrganizationKind> Kinds = Of<OrganizationKind>();
    internal static readonly IReadOnlyDictionary<string, EmergencyDeskMode> EmergencyDeskModes = Of<EmergencyDeskMode>();
    internal static readonly IReadOnlyDictionary<string, GrantAction> Actions = Of<GrantAction>();
    internal static readonly IReadOnlyDictionary<string, GrantCondition> Conditions = Of(GrantCondition.None);

    /// <summary>Nobody signs in or is granted anything as the system.</summary>
    internal static readonly IReadOnlyDictionary<string, Role> Roles = Of(Role.System);

    internal static readonly IReadOnlyDictionary<string, string> Streams = CareStreams.All.ToDictionary(s => s, StringComparer.Ordinal);

    /// <summary>A grant may also name the family of imaging streams, or all streams.</summary>
    internal static readonly IReadOnlyDictionary<string, string> GrantedStreams =
        CareStreams.Granted.ToDictionary(s => s, StringComparer.Ordinal);

    /// <summary>Who works at a SAS.</summary>
    internal static readonly IReadOnlyDictionary<string, Role> Desk = Roles.Where(r => ReasonRules.IsRegulation(r.Value)).ToDictionary(StringComparer.Ordinal);

    /// <summary>Who may act by a protocol; the doctor needs none.</summary>
    internal static readonly IReadOnlyDictionary<string, Role> Assistants = Desk.Where(r => r.Value != Role.Regulator).ToDictionary(StringComparer.Ordinal);

    /// <summary>The emergency exit is everywhere and stands in no list.</summary>
    internal static readonly IReadOnlyDictionary<string, CallExit> Exits = Of(CallExit.Emergency);

    internal static readonly IReadOnlyDictionary<string, CentreMode> CentreModes = Of<CentreMode>();

    private static Dictionary<string, T> Of<T>(params T[] without) where T : struct, Enum =>
        Enum.GetValues<T>().Except(without).ToDictionary(v => Camel(v.ToString()), StringComparer.Ordinal);

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
