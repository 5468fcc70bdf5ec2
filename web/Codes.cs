using System.Collections.Immutable;
using System.Text.Json;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Requests;
using SnpLive.Grains.Rules;

namespace SnpLive.Web;

/// <summary>How the contract writes the domain's closed lists, and what it accepts for them.</summary>
internal static class Codes
{
    internal static readonly CodeList<VisitMode> Modes = new(
        [("surgery", VisitMode.Surgery), ("home", VisitMode.Home), ("video", VisitMode.Video)],
        [("AMB", VisitMode.Surgery), ("HH", VisitMode.Home), ("VR", VisitMode.Video)]);

    internal static readonly CodeList<Audience> Audiences = new(
        [("PUBLIC", Audience.Public), ("PRO", Audience.Pro), ("SNP", Audience.Snp), ("CPTS", Audience.Cpts)]);

    internal static readonly CodeList<Eligibility> Eligibilities = new(
        [.. Enum.GetValues<Eligibility>().Select(value => (value.ToString(), value))],
        [.. Enum.GetValues<Eligibility>().Select(value => (Camel(value), value))]);

    internal static readonly CodeList<Sex> Sexes = new([("F", Sex.F), ("M", Sex.M), ("I", Sex.I)]);

    internal static readonly CodeList<UnservedReason> UnservedReasons = CamelCased<UnservedReason>();

    /// <summary>What people may say; that a deadline has passed, the system says.</summary>
    internal static readonly CodeList<UnservedReason> UnservedReasonsOfPeople = CamelCased(UnservedReason.DeadlinePassed);

    internal static readonly CodeList<CareRequestStatus> RequestStatuses = CamelCased<CareRequestStatus>();

    internal static readonly CodeList<RegisteredGpContact> RegisteredGpContacts = CamelCased<RegisteredGpContact>();

    internal static readonly CodeList<ServedBy> ServedBys = CamelCased<ServedBy>();

    internal static readonly CodeList<RequestCancelReason> RequestCancelReasons = CamelCased<RequestCancelReason>();

    internal static readonly CodeList<EmergencyDeskMode> EmergencyDeskModes = CamelCased<EmergencyDeskMode>();

    internal static readonly CodeList<EmergencyExit> EmergencyExits = CamelCased<EmergencyExit>();

    internal static readonly CodeList<CancelReason> CancelReasons = CamelCased<CancelReason>();

    internal static readonly CodeList<ReplaceCause> ReplaceCauses = CamelCased<ReplaceCause>();

    internal static readonly CodeList<DayOfWeek> Days = CamelCased<DayOfWeek>();

    internal static readonly CodeList<Role> Roles = CamelCased<Role>();

    internal static readonly CodeList<SlotState> SlotStates = new(
        [.. Enum.GetValues<SlotState>().Select(value => (JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()), value))]);

    /// <summary>FHIR's words.</summary>
    internal static readonly CodeList<AppointmentStatus> Statuses = new(
        [("booked", AppointmentStatus.Booked), ("fulfilled", AppointmentStatus.Fulfilled), ("noshow", AppointmentStatus.NoShow), ("cancelled", AppointmentStatus.Cancelled),
            ("toReplace", AppointmentStatus.ToReplace), ("replaced", AppointmentStatus.Replaced)],
        [("noShow", AppointmentStatus.NoShow)]);

    /// <summary>The outcomes that a performer may record.</summary>
    internal static readonly CodeList<AppointmentStatus> Outcomes = new(
        [("fulfilled", AppointmentStatus.Fulfilled), ("noShow", AppointmentStatus.NoShow)], [("noshow", AppointmentStatus.NoShow)]);

    /// <summary>An audience as the contract's array.</summary>
    internal static IReadOnlyList<string> Write(Audience audience) => [.. Audiences.Names.Where(name => audience.HasFlag(Audiences.Find(name)!.Value))];

    internal static CodeList<T> CamelCased<T>(params ReadOnlySpan<T> without) where T : struct, Enum =>
        new([.. Enum.GetValues<T>().Except(without.ToArray()).Select(value => (Camel(value), value))]);

    private static string Camel<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

/// <summary>A closed list: the name written for each value, and further names accepted.</summary>
internal sealed class CodeList<T>(ImmutableArray<(string Name, T Value)> names, ImmutableArray<(string Name, T Value)> accepted = default) where T : struct, Enum
{
    private readonly Dictionary<string, T> read = names.Concat(accepted.IsDefault ? [] : accepted).ToDictionary(one => one.Name, one => one.Value);
    private readonly Dictionary<T, string> written = names.ToDictionary(one => one.Value, one => one.Name);

    internal IEnumerable<string> Names => names.Select(one => one.Name);

    internal string Write(T value) => written[value];

    internal T? Find(string name) => read.TryGetValue(name, out var value) ? value : null;
}
