using SnpLive.Grains.Ledger;

namespace SnpLive.Silo.Ledger.Postgres;

internal sealed class CommitInput : InputTable
{
    private readonly Column<string> stream, actor, fingerprint, answer, territory, careStream, kind, channel, payload;
    private readonly Column<long> version;
    private readonly Column<Guid> request;
    private readonly Column<DateTime> occurredAt;
    private readonly Column<DateOnly> localDate;
    private readonly Column<int> schema;

    public CommitInput()
    {
        stream = Text("stream");
        version = Long("version");
        actor = Text("actor_id");
        request = Uuid("request_id");
        fingerprint = Text("fingerprint");
        answer = Text("answer");
        occurredAt = Instant("occurred_at");
        localDate = Date("local_date");
        territory = Text("territory_id");
        careStream = Text("care_stream");
        kind = Text("kind");
        channel = Text("channel");
        schema = Int("schema");
        payload = Text("payload");
    }

    public void Add(int n, Commit commit)
    {
        Begin(n);
        stream.Add(commit.Stream);
        version.Add(commit.Version);
        actor.Add(commit.ActorId);
        request.Add(commit.RequestId);
        fingerprint.Add(commit.Fingerprint);
        answer.Add(commit.Answer);
        occurredAt.Add(Instants.Utc(commit.OccurredAt));
        localDate.Add(commit.LocalDate);
        territory.Add(commit.TerritoryId);
        careStream.Add(commit.CareStream);
        kind.Add(commit.Kind);
        channel.Add(commit.Channel);
        schema.Add(commit.Schema);
        payload.Add(commit.Payload);
    }
}

internal sealed class TakeInput : InputTable
{
    private readonly Column<string> holder, key, owner, stream;
    private readonly Column<string?> droppedOwner;
    private readonly Column<DateTime> until, takenAt;

    public TakeInput()
    {
        holder = Text("holder");
        key = Text("key");
        owner = Text("owner");
        until = Instant("until");
        stream = Text("stream");
        takenAt = Instant("taken_at");
        droppedOwner = Text("dropped_owner")!;
    }

    public void Add(int n, Commit commit, ClaimRow row)
    {
        Begin(n);
        holder.Add(row.Holder);
        key.Add(row.Key);
        owner.Add(row.Owner);
        until.Add(Instants.Utc(row.Until));
        stream.Add(commit.Stream);
        takenAt.Add(Instants.Utc(commit.OccurredAt));
        // One command may hand a claim over: drop it from one owner and take it for another.
        droppedOwner.Add(OwnerOfDropped(commit, row));
    }

    private static string? OwnerOfDropped(Commit commit, ClaimRow taken)
    {
        foreach (var dropped in commit.DropClaims)
            if (dropped.Holder == taken.Holder && dropped.Key == taken.Key) return dropped.Owner;
        return null;
    }
}

internal sealed class DropInput : InputTable
{
    private readonly Column<string> holder, key, owner;

    public DropInput() => (holder, key, owner) = (Text("holder"), Text("key"), Text("owner"));

    public void Add(int n, ClaimKey row)
    {
        Begin(n);
        holder.Add(row.Holder);
        key.Add(row.Key);
        owner.Add(row.Owner);
    }
}

internal sealed class PlaceInput : InputTable
{
    private readonly Column<string> slot, booking, stream;
    private readonly Column<int> place;

    public PlaceInput() => (slot, place, booking, stream) = (Text("slot_id"), Int("place"), Text("booking_id"), Text("stream"));

    public void Add(int n, Commit commit, OccupancyRow row)
    {
        Begin(n);
        slot.Add(row.SlotId);
        place.Add(row.Place);
        booking.Add(row.BookingId);
        stream.Add(commit.Stream);
    }
}

internal sealed class VacateInput : InputTable
{
    private readonly Column<string> booking;

    public VacateInput() => booking = Text("booking_id");

    public void Add(int n, string bookingId)
    {
        Begin(n);
        booking.Add(bookingId);
    }
}

internal sealed class SlotInput : InputTable
{
    private readonly Column<string> slot, agenda, facts, stream;
    private readonly Column<DateTime> start, end;
    private readonly Column<bool> withdrawn;
    private readonly Column<long> version;

    public SlotInput()
    {
        (slot, agenda) = (Text("slot_id"), Text("agenda_id"));
        (start, end) = (Instant("starts_at"), Instant("ends_at"));
        (withdrawn, version) = (Bool("withdrawn"), Long("version"));
        (facts, stream) = (Text("facts"), Text("stream"));
    }

    public void Add(int n, Commit commit, SlotRow row)
    {
        Begin(n);
        slot.Add(row.SlotId);
        agenda.Add(row.AgendaId);
        start.Add(Instants.Utc(row.Start));
        end.Add(Instants.Utc(row.End));
        withdrawn.Add(row.Withdrawn);
        version.Add(row.Version);
        facts.Add(row.Facts);
        stream.Add(commit.Stream);
    }
}

internal sealed class DueInput : InputTable
{
    private readonly Column<string> stream, cause;
    private readonly Column<DateTime> at;

    public DueInput() => (stream, cause, at) = (Text("stream"), Text("cause"), Instant("due_at"));

    public void Add(int n, string dueStream, string dueCause, DateTimeOffset dueAt)
    {
        Begin(n);
        stream.Add(dueStream);
        cause.Add(dueCause);
        at.Add(Instants.Utc(dueAt));
    }
}

internal sealed class PersonInput : InputTable
{
    private readonly Column<string> surrogate, sas, identity, noteId, territory;
    private readonly Column<string?> hash, former, note;
    private readonly Column<DateTime> usedAt;
    private readonly Column<bool> known;

    /// <summary>Whether one is said to be new.</summary>
    public bool HasNew { get; private set; }
    /// <summary>Whether one is said to be known.</summary>
    public bool HasKnown { get; private set; }
    /// <summary>Whether one is kept under the hash of a key that is being replaced, too.</summary>
    public bool HasFormerHash { get; private set; }

    public PersonInput()
    {
        (surrogate, sas, hash, former) = (Text("surrogate"), Text("sas_id"), Text("trait_hash")!, Text("former_hash")!);
        (identity, noteId, note) = (Text("sealed"), Text("note_id"), Text("note")!);
        (territory, usedAt, known) = (Text("territory_id"), Instant("used_at"), Bool("known"));
    }

    public override void Clear()
    {
        base.Clear();
        (HasNew, HasKnown, HasFormerHash) = (false, false, false);
    }

    public void Add(int n, Commit commit, PersonWrite person)
    {
        Begin(n);
        HasNew |= !person.IsKnown;
        HasKnown |= person.IsKnown;
        HasFormerHash |= person.FormerHash is not null;
        surrogate.Add(person.Surrogate);
        sas.Add(person.SasId);
        hash.Add(person.TraitHash);
        former.Add(person.FormerHash);
        identity.Add(person.SealedIdentity);
        noteId.Add(person.NoteId);
        note.Add(person.SealedNote);
        territory.Add(commit.TerritoryId);
        usedAt.Add(Instants.Utc(person.NeededUntil ?? commit.OccurredAt));
        known.Add(person.IsKnown);
    }
}
