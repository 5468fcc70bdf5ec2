using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger;

/// <summary>One thing that only one commit of a batch may touch.</summary>
internal readonly record struct CommitKey(char Kind, string A, string B, Guid Request);

/// <summary>
/// The keys of a commit. Commits of one batch are written by one statement, whose filters cannot see each other's rows; so no two of them
/// may share a request, a claim, a place, a booking, a wake-up or a person, and only those a stream of which each follows the one before.
/// (Slots belong to their agenda's stream; of a chain the last facts count.)
/// </summary>
internal static class CommitKeys
{
    /// <summary>Kind of the one key that a chain shares.</summary>
    public const char Stream = 's';

    public static void Collect(Commit commit, List<CommitKey> keys)
    {
        keys.Add(new(Stream, commit.Stream, "", default));
        keys.Add(new('r', commit.ActorId, "", commit.RequestId));
        foreach (var row in commit.TakeClaims) Add(keys, 'c', row.Holder, row.Key);
        foreach (var row in commit.DropClaims) Add(keys, 'c', row.Holder, row.Key);
        foreach (var row in commit.Occupy)
        {
            keys.Add(new('p', row.SlotId, "", new(row.Place, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)));
            Add(keys, 'b', row.BookingId, "");
        }
        // A booking and its end are apart: places are given back before they are taken.
        foreach (var booking in commit.VacateBookings) Add(keys, 'b', booking, "");
        foreach (var row in commit.SetDue) Add(keys, 'd', row.Stream, row.Cause);
        foreach (var row in commit.ClearDue) Add(keys, 'd', row.Stream, row.Cause);
        if (commit.Person is not { } person) return;
        if (person.TraitHash is { } hash) Add(keys, 'h', person.SasId, hash);
        if (person.FormerHash is { } former) Add(keys, 'h', person.SasId, former);
        Add(keys, 'u', person.Surrogate, "");
    }

    private static void Add(List<CommitKey> keys, char kind, string a, string b) => keys.Add(new(kind, a, b, default));
}
