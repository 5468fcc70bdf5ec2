using System.Collections.Immutable;
using SnpLive.Grains.Agendas;

namespace SnpLive.Grains.Boards;

/// <summary>An agenda's turn in the fair share. Carries no count: a colleague's bookings are nobody's business.</summary>
/// <param name="AgendaId">The agenda.</param>
/// <param name="Turn">0 is proposed before 1, 1 before 2, among slots that are equally soon and equally near.</param>
[GenerateSerializer, Immutable, Alias("snp.AgendaTurn")]
public sealed record AgendaTurn([property: Id(0)] string AgendaId, [property: Id(1)] int Turn);

/// <summary>
/// Whose slots are proposed first among equals. Of the places an agenda offered within the last seven days (withdrawn ones aside), the part
/// that was booked: less than a third comes first, two thirds and more last. Who offered nothing yet comes first. Three steps, not a
/// ranking, so that it neither changes at each booking nor tells how many a colleague had.
/// </summary>
public static class FairShare
{
    /// <summary>How far back it looks: a week has every practitioner's usual days in it.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(7);

    /// <summary>How many steps there are.</summary>
    public const int Steps = 3;

    /// <summary>The turn of each of these agendas, in their order.</summary>
    /// <param name="agendaIds">The agendas.</param>
    /// <param name="slots">Their slots of the last <see cref="Memory"/>; others are ignored.</param>
    public static ImmutableArray<AgendaTurn> Turns(ImmutableArray<string> agendaIds, IEnumerable<SlotPicture> slots)
    {
        var offers = slots.Where(s => !s.Withdrawn || s.Taken > 0).ToLookup(s => s.Facts.AgendaId, StringComparer.Ordinal);
        return [.. agendaIds.Select(id => new AgendaTurn(id, Turn(offers[id].Sum(s => (long)s.Facts.Capacity), offers[id].Sum(s => (long)s.Taken))))];
    }

    private static int Turn(long offered, long booked) => offered == 0 ? 0 : (int)Math.Min(Steps - 1, booked * Steps / offered);
}
