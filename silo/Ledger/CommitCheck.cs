using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger;

/// <summary>
/// Refuses what no database could keep before it meets its neighbours in a batch. The databases' own constraints stand behind it;
/// this only spares the neighbours the retry, and makes both backends refuse the same.
/// </summary>
internal static class CommitCheck
{
    /// <summary>What is wrong with a commit, or null.</summary>
    public static string? Fault(Commit commit)
    {
        if (commit.Version < 1) return $"version {commit.Version} is below 1";
        if (string.IsNullOrEmpty(commit.Stream)) return "the stream has no name";
        if (HasDefaultArray(commit)) return "a row list is not initialised";
        foreach (var text in Texts(commit))
            if (!IsStorable(text)) return "a text holds NUL or half a surrogate pair, or is null";
        return null;
    }

    private static bool HasDefaultArray(Commit c) =>
        c.TakeClaims.IsDefault || c.DropClaims.IsDefault || c.Occupy.IsDefault || c.VacateBookings.IsDefault
        || c.Slots.IsDefault || c.SetDue.IsDefault || c.ClearDue.IsDefault;

    private static IEnumerable<string?> Texts(Commit c)
    {
        yield return c.Stream;
        yield return c.ActorId;
        yield return c.Fingerprint;
        yield return c.Answer;
        yield return c.TerritoryId;
        yield return c.CareStream;
        yield return c.Kind;
        yield return c.Channel;
        yield return c.Payload;
        foreach (var row in c.TakeClaims) { yield return row.Holder; yield return row.Key; yield return row.Owner; }
        foreach (var row in c.DropClaims) { yield return row.Holder; yield return row.Key; yield return row.Owner; }
        foreach (var row in c.Occupy) { yield return row.SlotId; yield return row.BookingId; }
        foreach (var id in c.VacateBookings) yield return id;
        foreach (var row in c.Slots) { yield return row.SlotId; yield return row.AgendaId; yield return row.Facts; }
        foreach (var row in c.SetDue) { yield return row.Stream; yield return row.Cause; }
        foreach (var row in c.ClearDue) { yield return row.Stream; yield return row.Cause; }
        if (c.Person is not { } p) yield break;
        yield return p.Surrogate;
        yield return p.SasId;
        yield return p.TraitHash;
        yield return p.SealedIdentity;
        yield return p.NoteId;
        yield return p.SealedNote ?? "";
    }

    /// <summary>PostgreSQL's text holds no NUL, and UTF-8 no half of a surrogate pair. Both scans are vectorised; nearly all text ends there.</summary>
    private static bool IsStorable(string? text)
    {
        if (text is null || text.Contains('\0')) return false;
        var i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        for (; i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }
}
