namespace SnpLive.Tests.History;

/// <summary>What a caller wanted of a slot.</summary>
public enum SlotVerb { Hold, Release, Book, Cancel, ReadSlot, ReadBooking, LookUp }

/// <summary>
/// One operation on one slot as its caller saw it: an interval of time and what was answered. A command that was repeated under the same request id is one
/// operation for its effect (from its first send to its first acceptance), and one more for each refusal, which must find it without effect.
/// </summary>
/// <param name="Slot">The slot.</param>
/// <param name="Verb">What was wanted.</param>
/// <param name="Actor">Who.</param>
/// <param name="RequestId">The command's id; null for reads.</param>
/// <param name="Subject">The hold or booking that it is about; null when it names none.</param>
/// <param name="Invoked">When it was sent: ticks of one clock.</param>
/// <param name="Returned">When it was answered; <see cref="long.MaxValue"/>: never, and it may take effect at any later time or not at all.</param>
/// <param name="Answer">Accepted: the id of the hold or booking, or what was read. Refused: the code.</param>
/// <param name="Accepted">Whether it was; null when nobody knows.</param>
public sealed record SlotOperation(
    string Slot, SlotVerb Verb, string Actor, string? RequestId, string? Subject, long Invoked, long Returned, string? Answer, bool? Accepted)
{
    /// <summary>It may have happened: nobody was told.</summary>
    public bool IsOpen => Accepted is null;

    public override string ToString() =>
        $"[{Invoked}–{(Returned == long.MaxValue ? "∞" : Returned)}] {Actor} {Verb} {Slot} {Subject} {RequestId?[..Math.Min(8, RequestId.Length)]} → "
        + (Accepted switch { true => $"{Answer ?? "done"}", false => $"refused {Answer}", null => "unknown" });
}
