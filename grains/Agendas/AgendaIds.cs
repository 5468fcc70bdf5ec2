using System.Globalization;
using SnpLive.Grains.Ledger;

namespace SnpLive.Grains.Agendas;

/// <summary>Names: <c>{agendaId}.s{n}</c> for slots, <c>.h{n}</c> holds, <c>.b{n}</c> bookings, <c>.r{n}</c> needs first told by a booking, <c>.a{n}</c> absences.</summary>
public static class AgendaIds
{
    /// <summary>Prefix of agenda streams.</summary>
    public const string StreamPrefix = LedgerNames.AgendaStreams;

    /// <summary>The stream of an agenda.</summary>
    public static string Stream(string agendaId) => LedgerNames.AgendaStream(agendaId);

    /// <summary>The agenda of a slot, hold, booking or absence: what stands before the last dot; null when there is none.</summary>
    public static string? AgendaOf(string id)
    {
        var dot = id.LastIndexOf('.');
        return dot > 0 ? id[..dot] : null;
    }

    internal static string Slot(string agendaId, int n) => Make(agendaId, 's', n);
    internal static string Hold(string agendaId, int n) => Make(agendaId, 'h', n);
    internal static string Booking(string agendaId, int n) => Make(agendaId, 'b', n);
    internal static string Absence(string agendaId, int n) => Make(agendaId, 'a', n);
    internal static string Request(string agendaId, int n) => Make(agendaId, 'r', n);

    /// <summary>The number in an id of this agenda and kind; 0 when it is none.</summary>
    internal static int Number(string id, string agendaId, char kind)
    {
        if (id.Length < agendaId.Length + 3 || !id.StartsWith(agendaId, StringComparison.Ordinal)) return 0;
        if (id[agendaId.Length] != '.' || id[agendaId.Length + 1] != kind) return 0;
        return int.TryParse(id.AsSpan(agendaId.Length + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
    }

    private static string Make(string agendaId, char kind, int n) => string.Create(CultureInfo.InvariantCulture, $"{agendaId}.{kind}{n}");
}
