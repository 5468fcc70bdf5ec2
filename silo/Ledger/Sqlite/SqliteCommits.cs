using System.Globalization;
using Microsoft.Data.Sqlite;
using SnpLive.Grains.Ledger;
using static SQLitePCL.raw;

namespace SnpLive.Silo.Ledger.Sqlite;

/// <summary>
/// Writes batches on the writer's connection: one transaction per batch, one savepoint per commit, so that a commit which is refused leaves nothing
/// behind and its neighbours never notice. Alone on the file, it can look before it writes; the constraints remain the guarantee.
/// </summary>
internal sealed class SqliteCommits(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatements statements = new(connection);

    /// <summary>The prepared statements, for changes outside the log.</summary>
    public SqliteStatements Statements => statements;

    /// <summary>Whether the connection should be given up.</summary>
    public bool Broken { get; private set; }

    public CommitResult[] Write(IReadOnlyList<Commit> batch)
    {
        var results = new CommitResult[batch.Count];
        Array.Fill(results, Results.Unavailable);
        try
        {
            statements.Begin.Run();
            for (var i = 0; i < batch.Count; i++)
                results[i] = i > 0 && batch[i].Stream == batch[i - 1].Stream && results[i - 1] is not CommitResult.Appended ? Results.Fenced : WriteOne(batch[i]);
        }
        catch (SqliteException)
        {
            // Disk full, I/O error, locked by a foreign tool: nothing was committed, and closing the connection rolls back.
            Broken = true;
            Array.Fill(results, Results.Unavailable);
            return results;
        }
        try
        {
            statements.Commit.Run();
        }
        catch (SqliteException)
        {
            // The log may already hold the commit although its flush failed: a restart could find it there.
            Broken = true;
            for (var i = 0; i < results.Length; i++)
                if (results[i] is CommitResult.Appended) results[i] = Results.Unknown;
        }
        return results;
    }

    /// <summary>Runs a change outside the log in a transaction of its own. When it throws nothing of it stays: the connection is given up, which rolls back.</summary>
    public T InTransaction<T>(Func<SqliteStatements, T> change)
    {
        try
        {
            statements.Begin.Run();
            var result = change(statements);
            statements.Commit.Run();
            return result;
        }
        catch
        {
            Broken = true;
            throw;
        }
    }

    public void Dispose() => statements.Dispose();

    private static bool IsFileTrouble(SqliteException e) =>
        e.SqliteErrorCode is SQLITE_FULL or SQLITE_IOERR or SQLITE_BUSY or SQLITE_LOCKED or SQLITE_READONLY or SQLITE_CORRUPT or SQLITE_CANTOPEN or SQLITE_NOMEM;

    private CommitResult WriteOne(Commit commit)
    {
        if (Refusal(commit) is { } refusal) return refusal;
        statements.Savepoint.Run();
        try
        {
            WriteRows(commit);
        }
        catch (SqliteException e) when (!IsFileTrouble(e))
        {
            statements.RollbackTo.Run();
            statements.Release.Run();
            return e.SqliteErrorCode == SQLITE_CONSTRAINT && TakenPlace(commit) is { } place
                ? new CommitResult.PlaceTaken(place)
                : new CommitResult.Rejected(e.Message);
        }
        statements.Release.Run();
        return Results.Appended;
    }

    /// <summary>In the same order as on PostgreSQL: a repeat finds its answer even when its stream has moved on.</summary>
    private CommitResult? Refusal(Commit commit)
    {
        if (statements.FindAnswer.First(SqliteReads.Answer, commit.RequestId.ToByteArray(bigEndian: true), commit.ActorId) is { } first)
            return Results.Repeated(commit, first);
        if ((statements.LastVersion.Scalar(commit.Stream) as long? ?? 0) != commit.Version - 1) return Results.Fenced;
        if (commit.Person is { TraitHash: { } hash } person && statements.SurrogateOf.Scalar(person.SasId, hash, person.FormerHash, person.Surrogate) is string known)
            return new CommitResult.PersonKnown(known);
        foreach (var claim in commit.TakeClaims)
            if (statements.FindClaim.First(SqliteReads.Claim, claim.Holder, claim.Key) is { } held && !MayTake(commit, claim, held))
                return new CommitResult.ClaimTaken(held);
        return null;
    }

    private static bool MayTake(Commit commit, ClaimRow wanted, ClaimRow held) =>
        held.Owner == wanted.Owner || held.Until <= Instants.Kept(commit.OccurredAt)
        || commit.DropClaims.Any(d => d.Holder == held.Holder && d.Key == held.Key && d.Owner == held.Owner);

    private void WriteRows(Commit c)
    {
        var occurredAt = Instants.ToMicroseconds(c.OccurredAt);
        statements.InsertEvent.Run(c.Stream, c.Version, c.ActorId, c.RequestId.ToByteArray(bigEndian: true), c.Fingerprint, c.Answer, occurredAt,
            c.LocalDate.ToString("O", CultureInfo.InvariantCulture), c.TerritoryId, c.CareStream, c.Kind, c.Channel, c.Schema, c.Payload);
        foreach (var row in c.DropClaims) statements.DropClaim.Run(row.Holder, row.Key, row.Owner);
        foreach (var row in c.TakeClaims)
            statements.TakeClaim.Run(row.Holder, row.Key, row.Owner, Instants.ToMicroseconds(row.Until), c.Stream, occurredAt);
        foreach (var booking in c.VacateBookings) statements.Vacate.Run(booking);
        foreach (var row in c.Occupy) statements.Occupy.Run(row.SlotId, row.Place, row.BookingId, c.Stream);
        foreach (var row in c.Slots) WriteSlot(c, row);
        foreach (var row in c.ClearDue) statements.ClearDue.Run(row.Stream, row.Cause);
        foreach (var row in c.SetDue) statements.SetDue.Run(row.Stream, row.Cause, Instants.ToMicroseconds(row.At));
        if (c.Person is { } person) WritePerson(c, person);
    }

    private void WriteSlot(Commit c, SlotRow row) => Expect("slot", statements.WriteSlot.Run(row.SlotId, row.AgendaId, Instants.ToMicroseconds(row.Start),
        Instants.ToMicroseconds(row.End), row.Withdrawn ? 1 : 0, row.Version, row.Facts, c.Stream));

    private void WritePerson(Commit c, PersonWrite p)
    {
        var usedAt = Instants.ToMicroseconds(p.NeededUntil ?? c.OccurredAt);
        Expect("person", statements.WritePerson.Run(p.Surrogate, p.SasId, p.SealedIdentity, usedAt, p.TraitHash, p.FormerHash));
        if (p.TraitHash is { } hash) statements.WriteTrait.Run(p.SasId, hash, p.Surrogate);
        if (p.FormerHash is { } former) statements.WriteTrait.Run(p.SasId, former, p.Surrogate);
        if (p.SealedNote is not null) Expect("note", statements.WriteNote.Run(p.NoteId, p.Surrogate, p.SealedNote, c.TerritoryId, usedAt));
    }

    private static void Expect(string what, int written)
    {
        if (written != 1) throw new SqliteException($"{what}: the row belongs to another", SQLITE_CONSTRAINT);
    }

    private OccupancyRow? TakenPlace(Commit commit) =>
        commit.Occupy.FirstOrDefault(o => statements.IsOccupied.Scalar(o.SlotId, o.Place, o.BookingId) is not null);
}
