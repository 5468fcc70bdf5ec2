using SnpLive.Grains.Agendas;

namespace SnpLive.Bench.Opponents;

/// <summary>An opponent with or without a web in front.</summary>
internal interface IOpponent : IBookingSystem
{
    /// <summary>Books; the answer is null unless it was booked now.</summary>
    Task<(Outcome Outcome, BookingConfirmed? Confirmed)> Book(BookSlot command);

    async Task<Outcome> IBookingSystem.Book(int caller, string slotId) => (await Book(Territory.Booking(slotId, caller))).Outcome;
}
