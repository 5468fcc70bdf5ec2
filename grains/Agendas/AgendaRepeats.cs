namespace SnpLive.Grains.Agendas;

/// <summary>Repeats of commands that were accepted so long ago that the state has forgotten the answer.</summary>
public static class AgendaRepeats
{
    /// <summary>
    /// Whether a command that is refused now may have been accepted before: then the ledger must be asked. A booking is not forgotten while its
    /// slot is remembered, so somebody who merely lost a race costs no read.
    /// </summary>
    public static bool MayBeForgotten(AgendaState state, AgendaCommand command)
    {
        if (!state.AnswersForgotten) return false;
        return command is not BookSlot book || state.FindSlot(book.SlotId) is not { } slot || slot.Bookings.Any(b => b.Booking.BookedBy == command.Actor.Id);
    }
}
