namespace SnpLive.Web.Live;

/// <summary>A slot as a viewer sees it, over HTTP and live. No patient in it.</summary>
/// <param name="Id">Slot id.</param>
/// <param name="AgendaId">Agenda id.</param>
/// <param name="Start">UTC.</param>
/// <param name="End">UTC.</param>
/// <param name="Stream">Care stream code.</param>
/// <param name="Mode"><c>surgery</c>, <c>home</c> or <c>video</c>.</param>
/// <param name="State"><c>free</c>, <c>held</c>, <c>booked</c>, <c>withdrawn</c>, <c>too-late</c> or <c>past-empty</c>.</param>
/// <param name="Capacity">Places.</param>
/// <param name="Taken">Booked places.</param>
/// <param name="MinNotice">Minutes before the start after which nobody can book.</param>
/// <param name="Audience">National codes.</param>
/// <param name="HeldBy">Organisation that holds, when held.</param>
/// <param name="HeldUntil">UTC, when held: the earliest end of the holds in force.</param>
/// <param name="Conditions">Conditions in plain French codes, when any.</param>
/// <param name="Practitioner">Who sees the patient.</param>
/// <param name="Place">Where.</param>
public sealed record SlotView(
    string Id, string AgendaId, DateTimeOffset Start, DateTimeOffset End, string Stream, string Mode, string State, int Capacity, int Taken, int MinNotice,
    IReadOnlyList<string> Audience, string? HeldBy, DateTimeOffset? HeldUntil, IReadOnlyList<string>? Conditions, PractitionerView? Practitioner, PlaceView Place)
{
    /// <summary>Still free this many minutes before the start, it is <c>withdrawn</c> from then on; null: never.</summary>
    public int? TakeBackBefore { get; init; }

    /// <summary>Who sees the patients in the practitioner's absence; null: the practitioner.</summary>
    public PractitionerView? Locum { get; init; }

    /// <summary>Who may book it, in plain French; on one's own agenda only.</summary>
    public IReadOnlyList<string>? BookableBy { get; init; }
}

/// <summary>A practitioner as shown.</summary>
public sealed record PractitionerView(string Name, string? Speciality);

/// <summary>A place as shown; coordinates are approximate, degrees WGS 84.</summary>
public sealed record PlaceView(string Name, string Address, string Commune, string PostalCode, string Phone, double Lat, double Lon);

/// <summary>One viewer's board at (view, epoch, seq).</summary>
/// <param name="View">Names the view: territory and audience class.</param>
/// <param name="Epoch">View epoch.</param>
/// <param name="Seq">Number of the last frame in it.</param>
/// <param name="AsOf">UTC.</param>
/// <param name="Slots">Slots by start.</param>
public sealed record BoardView(string View, string Epoch, long Seq, DateTimeOffset AsOf, IReadOnlyList<SlotView> Slots);

/// <summary>An agenda's turn in the fair share among equally soon and near slots: 0 first. Never a count.</summary>
public sealed record TurnView(string AgendaId, int Turn);

/// <summary>The boards of this web node, from its memory.</summary>
public interface IBoards
{
    /// <summary>What the actor sees of a territory now; null when the territory does not exist.</summary>
    Task<BoardView?> Board(Grains.People.Actor actor, string territoryId, CancellationToken cancellationToken);

    /// <summary>Whose turn it is, for the agendas of which the actor sees slots; null when the territory does not exist.</summary>
    Task<IReadOnlyList<TurnView>?> Turns(Grains.People.Actor actor, string territoryId, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="count"/> free slots of the same stream that the actor sees, soonest then nearest to the slot's place, without it.</summary>
    Task<IReadOnlyList<SlotView>> Alternatives(Grains.People.Actor actor, string slotId, int count, CancellationToken cancellationToken);
}
