using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;
using SnpLive.Web.Hosting;

namespace SnpLive.Tests.Faults;

/// <summary>
/// <c>snp verify</c> on the product's own database, corrupted by hand: each is found, and told with exit code 1. (<see cref="VerifierContract"/> does the same on
/// invented streams, on both backends.)
/// </summary>
[Trait("Category", "Slow")]
public sealed class CorruptionTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const string Territory = "faille";
    private const string Agenda = "agenda/faille-agenda-1";
    private const string FirstBooking = "(SELECT booking_id FROM occupancy ORDER BY booking_id LIMIT 1)";

    // What somebody with a database tool, a bad disk, a restored backup or a bug might do.
    private static readonly (string What, string Sql)[] Corruptions =
    [
        ("a command is missing in the middle", $"DELETE FROM event WHERE stream = '{Agenda}' AND version = 2"),
        ("the last command is missing", $"DELETE FROM event WHERE stream = '{Agenda}' AND kind = 'slot-booked' AND version = (SELECT max(version) FROM event WHERE stream = '{Agenda}' AND kind = 'slot-booked')"),
        ("the first command is missing", $"DELETE FROM event WHERE stream = '{Agenda}' AND version = 1"),
        ("a payload was cut", $"UPDATE event SET payload = substr(payload, 1, length(payload) / 2) WHERE stream = '{Agenda}' AND version = 3"),
        ("a payload names another kind", $"UPDATE event SET payload = replace(payload, 'slot-booked', 'slot-bokked') WHERE stream = '{Agenda}' AND kind = 'slot-booked'"),
        ("a booking names another slot", $"UPDATE event SET payload = replace(payload, '\"slotId\":\"faille-agenda-1.s', '\"slotId\":\"faille-agenda-1.s9') WHERE stream = '{Agenda}' AND kind = 'slot-booked'"),
        ("a patient's claim is gone", "DELETE FROM claim WHERE owner = (SELECT owner FROM claim WHERE owner LIKE '%.b%' ORDER BY owner LIMIT 1)"),
        ("a claim belongs to another booking", "UPDATE claim SET owner = 'faille-agenda-1.b999' WHERE owner LIKE '%.b%'"),
        ("a claim that nobody made", "INSERT INTO claim SELECT 'ghost', key, owner, until, stream, taken_at FROM claim WHERE owner LIKE '%.b%' LIMIT 1"),
        ("a place is free that is booked", $"DELETE FROM occupancy WHERE booking_id = {FirstBooking}"),
        ("a slot is sold twice", "INSERT INTO occupancy SELECT slot_id, place + 1, 'faille-agenda-1.b999', stream FROM occupancy LIMIT 1"),
        ("a place has another booking", $"UPDATE occupancy SET booking_id = 'faille-agenda-1.b998' WHERE booking_id = {FirstBooking}"),
        ("a published slot is gone", "DELETE FROM slot WHERE rowid = (SELECT min(rowid) FROM slot)"),
        ("a published slot says something else", "UPDATE slot SET facts = replace(facts, '\"capacity\":1', '\"capacity\":2')"),
        ("a command was moved to another agenda", $"UPDATE event SET stream = 'agenda/faille-agenda-2', version = 1 + (SELECT max(version) FROM event WHERE stream = 'agenda/faille-agenda-2') WHERE stream = '{Agenda}' AND kind = 'slot-booked' AND version = (SELECT min(version) FROM event WHERE stream = '{Agenda}' AND kind = 'slot-booked')"),
    ];

    [Fact]
    public async Task Each_corruption_made_by_hand_is_found()
    {
        using var folder = new TemporaryFolder();
        await Filled(folder.File("data"));
        Assert.Equal((0, ""), await Audit(folder.File("data")));
        foreach (var (what, sql) in Corruptions)
        {
            var copy = folder.File(Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(copy);
            foreach (var file in Directory.GetFiles(folder.File("data"))) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            Assert.True(await Execute(Path.Combine(copy, "ledger.db"), sql) > 0, $"nothing was corrupted: {what}");
            var (code, findings) = await Audit(copy);
            output.WriteLine($"{what}: {findings.Split('\n')[0]}");
            Assert.True(code == 1, $"not found: {what}");
            Directory.Delete(copy, recursive: true);
        }
    }

    private async Task Filled(string data)
    {
        await using var site = await TestSite.StartOn(await Backends.Options(Backends.Sqlite, postgres), data, TestTerritory.Of(Territory, "sas-c", doctors: 2));
        using var person = await site.SignIn($"{Territory}-reg-1");
        var slots = (await person.Slots(Territory, "free")).Where(s => (string?)s["agendaId"] == $"{Territory}-agenda-1").Select(s => (string)s["id"]!).Skip(8).Take(5).ToArray();
        var bookings = new List<string>();
        foreach (var slot in slots)
        {
            var booked = await person.Book(slot, Patient.New());
            Assert.Equal(HttpStatusCode.Created, booked.Status);
            bookings.Add((string)booked.Body!["bookingId"]!);
        }
        await person.Post($"/api/bookings/{bookings[0]}/cancel", new JsonObject { ["requestId"] = Guid.NewGuid(), ["reason"] = "patientRequest" });
        Assert.Equal(0, await site.Server.Terminate());
    }

    private static async Task<(int Code, string Findings)> Audit(string data)
    {
        await using var errors = new StringWriter();
        var code = await Verify.Run(["--data", data], TextWriter.Null, errors);
        return (code, errors.ToString());
    }

    private static async Task<int> Execute(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }
}
