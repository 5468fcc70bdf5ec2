using System.Collections.Immutable;

namespace SnpLive.Tests.History;

/// <summary>A slot with one place, as the contract describes it: free, held by one person, or booked. Says nothing of how the server does it.</summary>
/// <param name="Holder">Who holds it.</param>
/// <param name="Hold">The hold's id; one that nobody was told is named after its request.</param>
/// <param name="Booking">The booking's id, likewise.</param>
/// <param name="Past">Holds that were given back or used, bookings that were cancelled.</param>
/// <param name="Applied">Request ids with an effect, of those that somebody was told to be without.</param>
public sealed record SlotModel(string? Holder, string? Hold, string? Booking, ImmutableHashSet<string> Past, ImmutableSortedSet<string> Applied)
{
    private const char Untold = '?';

    public static SlotModel Free { get; } = new(null, null, null, [], []);

    /// <summary>What distinguishes two states that the same operations led to: <see cref="Past"/> follows from those.</summary>
    public string Key => $"{Holder}|{Hold}|{Booking}|{string.Join(',', Applied)}";

    /// <summary>The state after the operation; null when this state could not have given this answer.</summary>
    /// <param name="operation">What was asked and answered; an open one is taken to have had its effect.</param>
    /// <param name="doubted">Request ids that somebody was told to be without effect.</param>
    public SlotModel? After(SlotOperation operation, IReadOnlySet<string> doubted)
    {
        if (operation.Accepted == false) return MayRefuse(operation) ? this : null;
        var after = operation.Verb switch
        {
            SlotVerb.Hold => AfterHold(operation),
            SlotVerb.Release => AfterRelease(operation.Actor, operation.Subject!),
            SlotVerb.Book => AfterBooking(operation),
            SlotVerb.Cancel => Is(Booking, operation.Subject) ? this with { Booking = null, Past = Past.Add(operation.Subject!) } : null,
            SlotVerb.ReadSlot => operation.Answer == State ? this : null,
            SlotVerb.ReadBooking => operation.Answer == StateOf(operation.Subject!, operation.Answer!) ? this : null,
            _ => throw new ArgumentException($"{operation.Verb} is never accepted."),
        };
        if (after is null || ReferenceEquals(after, this) || operation.RequestId is not { } id || !doubted.Contains(id)) return after;
        return Applied.Contains(id) ? null : after with { Applied = Applied.Add(id) };
    }

    private string State => Booking is not null ? "booked" : Hold is not null ? "held" : "free";

    // Of a booking that nobody was told of, its id may be any: then what was read is right when it may be.
    private string StateOf(string booking, string read) =>
        booking == Booking ? "booked" : Past.Contains(booking) ? "cancelled" : Is(Booking, booking) || Past.Any(p => p[0] == Untold) ? read : "unknown";

    private static bool Is(string? known, string? named) => known is not null && (known == named || known[0] == Untold);

    private SlotModel? AfterHold(SlotOperation operation)
    {
        if (Booking is not null) return null;
        var id = operation.Answer ?? Untold + operation.RequestId;
        // Whoever holds it already is given the same hold again, without effect.
        if (Hold is not null)
            return Holder != operation.Actor ? null : operation.IsOpen || Hold == id ? this : Hold[0] == Untold ? this with { Hold = id } : null;
        return Past.Contains(id) ? null : this with { Holder = operation.Actor, Hold = id };
    }

    private SlotModel? AfterRelease(string actor, string hold)
    {
        if (Is(Hold, hold)) return Holder == actor ? this with { Holder = null, Hold = null, Past = Past.Add(hold) } : null;
        return Past.Contains(hold) ? this : null;
    }

    private SlotModel? AfterBooking(SlotOperation operation)
    {
        if (Booking is not null || (Hold is not null && Holder != operation.Actor)) return null;
        var id = operation.Answer ?? Untold + operation.RequestId;
        return Past.Contains(id) ? null : new(null, null, id, Hold is null ? Past : Past.Add(Hold), Applied);
    }

    private bool MayRefuse(SlotOperation operation)
    {
        // A repeat of what had its effect gets its answer again, never a refusal.
        if (operation.RequestId is { } id && Applied.Contains(id)) return false;
        return operation.Answer switch
        {
            "slot-taken" => Booking is not null,
            "slot-held" => Hold is not null && Holder != operation.Actor,
            "booking-ended" => Past.Contains(operation.Subject!),
            // Only what nobody gave out is unknown.
            "hold-unknown" => operation.Subject is { } hold && Hold != hold && !Past.Contains(hold),
            "booking-unknown" => operation.Subject is { } booking && Booking != booking && !Past.Contains(booking),
            // Depends on other slots, or says only that there was no effect.
            "too-many-holds" or "command-unknown" => true,
            _ => false,
        };
    }
}
