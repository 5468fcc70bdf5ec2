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
        if (!AreStorable(commit)) return "a text holds NUL or half a surrogate pair, or is null";
        return null;
    }

    private static bool HasDefaultArray(Commit c) =>
        c.TakeClaims.IsDefault || c.DropClaims.IsDefault || c.Occupy.IsDefault || c.VacateBookings.IsDefault
        || c.Slots.IsDefault || c.SetDue.IsDefault || c.ClearDue.IsDefault;

    private static bool AreStorable(Commit c) =>
        AreStorable(c.Stream, c.ActorId, c.Fingerprint, c.Answer, c.TerritoryId, c.CareStream, c.Kind, c.Channel, c.Payload) && AreRowsStorable(c)
        && (c.Person is not { } p || AreStorable(p.Surrogate, p.SasId, p.TraitHash ?? "", p.FormerHash ?? "", p.SealedIdentity, p.NoteId, p.SealedNote ?? ""));

    private static bool AreRowsStorable(Commit c)
    {
        foreach (var row in c.TakeClaims) if (!AreStorable(row.Holder, row.Key, row.Owner)) return false;
        foreach (var row in c.DropClaims) if (!AreStorable(row.Holder, row.Key, row.Owner)) return false;
        foreach (var row in c.Occupy) if (!AreStorable(row.SlotId, row.BookingId)) return false;
        foreach (var id in c.VacateBookings) if (!IsStorable(id)) return false;
        foreach (var row in c.Slots) if (!AreStorable(row.SlotId, row.AgendaId, row.Facts)) return false;
        foreach (var row in c.SetDue) if (!AreStorable(row.Stream, row.Cause)) return false;
        foreach (var row in c.ClearDue) if (!AreStorable(row.Stream, row.Cause)) return false;
        return true;
    }

    private static bool AreStorable(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
            if (!IsStorable(text)) return false;
        return true;
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
