using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using SnpLive.Grains;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Rules;

namespace SnpLive.Bench.Opponents;

/// <summary>
/// A booking as an opponent writes it: same payload and answer as ours, made by the same serializer. Rights, windows and daytime are not checked, and the
/// fingerprint is a plain digest: both in the opponents' favour.
/// </summary>
internal static class BookingRow
{
    /// <summary>The insert of one row, for capacity 1 (place 1).</summary>
    public const string Insert = """
        INSERT INTO booking (slot_id, place, booking_id, stream, actor_id, request_id, fingerprint, answer, occurred_at, local_date, territory_id,
          care_stream, kind, channel, schema, payload, surrogate, sas_id, trait_hash, sealed, note_sealed, claim_until, active)
        VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14, $15, $16, $17, $18, $19, $20, true)
        """;

    /// <summary>Finds the first answer to a repeated request.</summary>
    public const string Repeat = "SELECT fingerprint FROM booking WHERE request_id = $1 AND actor_id = $2";

    /// <summary>Gives the parameters of <see cref="Insert"/>; returns the answer that becomes true with it.</summary>
    public static BookingConfirmed Fill(NpgsqlParameterCollection parameters, BookSlot command, SlotFacts slot)
    {
        var now = DateTimeOffset.UtcNow;
        var bookingId = Guid.CreateVersion7().ToString("N");
        var (surrogate, deadline) = (Guid.NewGuid().ToString("N"), now.AddHours(48));
        var booking = new Booking(bookingId, slot.SlotId, 1, surrogate, command.Actor.Id, command.Actor.Role, command.Actor.OrganizationId, null,
            "request-" + bookingId, command.Eligibility, command.Reason, now, deadline, now, false, AppointmentStatus.Booked, null);
        ImmutableArray<AgendaEvent> events = [new SlotBooked(booking, null, deadline, true)];
        var answer = new BookingConfirmed(bookingId, booking.CareRequestId, slot, deadline);

        Text(slot.SlotId);
        Text(bookingId);
        Text(AgendaIds.Stream(slot.AgendaId));
        Text(command.Actor.Id);
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = command.RequestId });
        Text(FingerprintOf(command));
        Text(JsonSerializer.Serialize<AgendaAnswer>(answer, SnpJson.Options));
        parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = DateOnly.FromDateTime(now.UtcDateTime) });
        Text(Territory.Cpts(slot.AgendaId));
        Text(slot.CareStream);
        Text("slot-booked");
        Text(Names.Kebab(command.Actor.Role));
        Text(JsonSerializer.Serialize(events, SnpJson.Options));
        Text(surrogate);
        Text(Territory.Sas);
        Text(command.Patient.TraitHash);
        Text(command.Patient.SealedIdentity);
        Text(command.Patient.SealedNote!);
        parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = deadline });
        return answer;

        void Text(string value) => parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
    }

    public static void FillRepeat(NpgsqlParameterCollection parameters, BookSlot command)
    {
        parameters.Add(new NpgsqlParameter<Guid> { TypedValue = command.RequestId });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = command.Actor.Id });
    }

    /// <summary>What the callers of a refused insert are told: a repeat gets its first answer, another content under the same id is a mistake.</summary>
    public static Outcome OfRepeat(object? fingerprint, BookSlot command) => fingerprint switch
    {
        string first when first == FingerprintOf(command) => Outcome.Booked,
        string => Outcome.Unexpected,
        _ => Outcome.Taken,
    };

    private static string FingerprintOf(BookSlot command) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{command.SlotId} {command.Patient.ContentHash} {command.Reason} {command.Eligibility}")));
}
