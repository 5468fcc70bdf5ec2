namespace SnpLive.Grains.Ledger;

/// <summary>The few names that the ledger itself reads back; all others are opaque to it.</summary>
public static class LedgerNames
{
    /// <summary>The stream of an agenda is this prefix and its id.</summary>
    public const string AgendaStreams = "agenda/";

    /// <summary>Kind of the commits that book a slot: <see cref="ILedger.ReadBookedStreams"/> looks for them.</summary>
    public const string SlotBookedKind = "slot-booked";

    /// <summary>Kind of the commits that hold a slot: <see cref="ILedger.ReadBoard"/> names agendas with a recent one.</summary>
    public const string SlotHeldKind = "slot-held";

    /// <summary>Kind of the commits that open a request: <see cref="ILedger.ReadRequestStreams"/> looks for them.</summary>
    public const string RequestOpenedKind = "request-opened";

    /// <summary>The stream of an agenda.</summary>
    public static string AgendaStream(string agendaId) => AgendaStreams + agendaId;
}
