using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using SnpLive.Grains;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Tests.Ledger;

namespace SnpLive.Bench;

/// <summary>
/// What this machine can do at most: the rows of our bookings into our tables by plain multi-row inserts, a transaction per batch, from two connections. Nothing is
/// decided, compared or answered, and nobody waits for anything.
/// </summary>
internal static class MachineLimit
{
    private const int Batch = 512;
    private const int Writers = 2;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    public static async Task<BookingsRound> Measure(PostgresServer postgres, string spread, int callers, int round, TimeSpan duration)
    {
        var database = await postgres.NewDatabase();
        await using (var own = new OwnSystem()) await own.Open(database, new Territory(0, 0, 0)); // makes the tables
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { Options = "-c jit=off", Pooling = false });
        await using var meter = await PostgresMeter.Open(database);
        await Write(source, WarmUp);
        var (use, began, cpu) = (await meter.Read(), Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var written = await Write(source, duration);
        var seconds = began.Elapsed.TotalSeconds;
        cpu = Environment.CpuUsage.TotalTime - cpu;
        use = await meter.Read() - use;
        return new("grain", Contestant.Limit, spread, callers, round, written / seconds, 0, 0, cpu.TotalMicroseconds / written, 0, use.Cpu.TotalMicroseconds / written, 0, (double)use.Wal / written, null,
            written, seconds, Surroundings.LoadAverage());
    }

    private static async Task<long> Write(NpgsqlDataSource source, TimeSpan duration)
    {
        var began = Stopwatch.GetTimestamp();
        return (await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            var written = 0L;
            for (; Stopwatch.GetElapsedTime(began) < duration; written += Batch)
            {
                await using var batch = Rows(connection);
                await batch.PrepareAsync();
                await batch.ExecuteNonQueryAsync();
            }
            return written;
        })))).Sum();
    }

    private static NpgsqlBatch Rows(NpgsqlConnection connection)
    {
        var (now, facts) = (DateTimeOffset.UtcNow, new Territory(1, 1, 1).Facts("gp-0000.s1"));
        var booking = new Booking("gp-0000.b17", "gp-0000.s17", 1, Guid.NewGuid().ToString("N"), "pharmacist-17", Role.Pharmacist, "pharmacy", null, "gp-0000.r17", Eligibility.Visitor, "M03.14",
            now, now.AddHours(48), now, false, AppointmentStatus.Booked, null);
        var payload = JsonSerializer.Serialize<AgendaEvent[]>([new SlotBooked(booking, null, now.AddHours(48), true)], SnpJson.Options);
        var answer = JsonSerializer.Serialize<AgendaAnswer>(new BookingConfirmed("gp-0000.b17", "gp-0000.r17", facts, now.AddHours(48)), SnpJson.Options);
        var digest = new string('f', 64);
        // Keys that follow each other within an agenda, as ours do.
        var agenda = Guid.NewGuid().ToString("N")[..7];
        string[] Each(Func<int, string> text) => [.. Enumerable.Range(0, Batch).Select(text)];
        string[] Same(string text) => Each(_ => text);
        DateTime[] Instants(DateTime at) => [.. Enumerable.Repeat(at, Batch)];
        var (streams, bookings, surrogates) = (Each(n => $"agenda/{agenda}-{n:D3}"), Each(n => $"gp-{agenda}.b{n}"), Each(_ => Guid.NewGuid().ToString("N")));

        var batch = new NpgsqlBatch(connection);
        Insert("event", "stream, version, actor_id, request_id, fingerprint, answer, occurred_at, local_date, territory_id, care_stream, kind, channel, schema, payload",
            "text, int8, text, uuid, text, text, timestamptz, date, text, text, text, text, int4, text",
            streams, Enumerable.Repeat(1L, Batch).ToArray(), Same("pharmacist-17"), Enumerable.Range(0, Batch).Select(_ => Guid.NewGuid()).ToArray(), Same(digest), Same(answer), Instants(now.UtcDateTime),
            Enumerable.Repeat(DateOnly.FromDateTime(now.UtcDateTime), Batch).ToArray(), Same("cpts-1"), Same("gp"), Same("slot-booked"), Same("pharmacist"), Enumerable.Repeat(1, Batch).ToArray(), Same(payload));
        Insert("claim", "holder, key, owner, until, stream, taken_at", "text, text, text, timestamptz, text, timestamptz",
            surrogates, Same("gp"), bookings, Instants(now.UtcDateTime.AddHours(48)), streams, Instants(now.UtcDateTime));
        Insert("occupancy", "slot_id, place, booking_id, stream", "text, int4, text, text", Each(n => $"gp-{agenda}.s{n}"), Enumerable.Repeat(1, Batch).ToArray(), bookings, streams);
        var patient = Territory.Booking("gp-0000.s1", 1).Patient;
        Insert("person", "surrogate, sas_id, sealed, used_at", "text, text, text, timestamptz", surrogates, Same(Territory.Sas), Same(patient.SealedIdentity), Instants(now.UtcDateTime.AddHours(48)));
        Insert("person_trait", "sas_id, trait_hash, surrogate", "text, text, text", Same(Territory.Sas), Each(_ => Guid.NewGuid().ToString("N") + "trait-hash-"), surrogates);
        Insert("note", "note_id, surrogate, sealed, territory_id, used_at", "text, text, text, text, timestamptz", bookings, surrogates, Same(patient.SealedNote!), Same("cpts-1"), Instants(now.UtcDateTime.AddHours(48)));
        return batch;

        void Insert(string table, string columns, string types, params ReadOnlySpan<Array> arrays)
        {
            var casts = string.Join(", ", types.Split(", ").Select((type, i) => $"${i + 1}::{type}[]"));
            var command = new NpgsqlBatchCommand($"INSERT INTO {table} ({columns}) SELECT * FROM unnest({casts})");
            foreach (var array in arrays) command.Parameters.Add(new() { Value = array });
            batch.BatchCommands.Add(command);
        }
    }
}
