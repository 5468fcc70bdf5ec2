using Orleans.Concurrency;

namespace SnpLive.Grains.Agendas;

/// <summary>The slots of one practitioner (or room, or machine) at one place; the only writer of its slots.</summary>
[Alias("snp.IAgendaGrain")]
public interface IAgendaGrain : IGrainWithStringKey
{
    /// <summary>Decides and makes durable one command.</summary>
    [Alias("Execute")] Task<AgendaAnswer> Execute(AgendaCommand command);

    /// <summary>Slots that end after <paramref name="from"/> and start before <paramref name="to"/> (UTC).</summary>
    [Alias("Look"), ReadOnly] Task<AgendaPicture> Look(DateTimeOffset from, DateTimeOffset to);

    /// <summary>The definition; null when the agenda does not exist.</summary>
    [Alias("Definition"), ReadOnly] Task<AgendaDefinition?> Definition();

    /// <summary>What the practitioner decided about it.</summary>
    [Alias("Settings"), ReadOnly] Task<AgendaSettings> Settings();

    /// <summary>A booking that is still in the state; null when unknown.</summary>
    [Alias("Booking"), ReadOnly] Task<Booking?> Booking(string bookingId);

    /// <summary>All there is to tell about a booking that is still in the state; null when unknown.</summary>
    [Alias("BookedSlot"), ReadOnly] Task<BookedSlot?> BookedSlot(string bookingId);

    /// <summary>Bookings of slots that end after <paramref name="from"/> and start before <paramref name="to"/> (UTC).</summary>
    [Alias("Bookings"), ReadOnly] Task<System.Collections.Immutable.ImmutableArray<Booking>> Bookings(DateTimeOffset from, DateTimeOffset to);

    /// <summary>A wake-up of the sweeper.</summary>
    [Alias("Wake")] Task Wake(string cause);
}
