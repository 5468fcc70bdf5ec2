using System.Text.RegularExpressions;

namespace SnpLive.Web;

/// <summary>Ids that travel in one path segment. Those of slots, bookings and holds begin with their agenda's.</summary>
internal static partial class Ids
{
    /// <summary>The agenda of a slot, booking or hold id; null when the id is none.</summary>
    internal static string? AgendaOf(string id) => Part().IsMatch(id) ? id[..id.LastIndexOf('.')] : null;

    /// <summary>Whether it may be the id of a territory, agenda, professional, organisation or identity.</summary>
    internal static bool IsKey(string id) => Key().IsMatch(id);

    /// <summary>Whether it may be the id of a care request.</summary>
    internal static bool IsCareRequest(string id) => CareRequest().IsMatch(id);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9-]{0,63}\.[A-Za-z0-9-]{1,64}\z")]
    private static partial Regex Part();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9-]{0,63}\z")]
    private static partial Regex Key();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9.-]{0,127}\z")]
    private static partial Regex CareRequest();
}
