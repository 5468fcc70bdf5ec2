using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Npgsql;
using SnpLive.Tests.EndToEnd;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Live;
using SnpLive.Tests.Notifications;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Access;

/// <summary>
/// After traffic through every door with known patients, none of their names, phones, birth dates, addresses or words is found in any column of any table, in any
/// frame that a screen got, in any log line, address, notice, message that went out, measurement or trace, nor in any byte of any file of the server. The vault's
/// tables are searched as well: they hold sealed text only.
/// </summary>
[Trait("Category", "Slow")]
public sealed class PrivacyScanTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const string T = AccessSite.T;

    // Words that nothing else contains, with what a careless writer would make of them.
    private static readonly string[] Words =
    [
        "Zwingelstein", "Fortunata", "Kerzaouen", "Hildegonde", "Wolfenbarg", "1931-02-28", "28/02/1931", "28-02-1931", "1938-09-17", "17/09/1938",
        "0639987651", "639987651", "06 39 98 76 51", "0639987652", "639987652", "Quatre-Vents-Secrets", "vertigeux", "insistance-familiale", "Docteurissime",
    ];

    private static JsonObject Patient(string last, string first, string birth, string phone) => new()
    {
        ["lastName"] = last, ["firstName"] = first, ["usedName"] = "Wolfenbarg", ["birthDate"] = birth, ["sex"] = "F", ["phone"] = phone, ["contactName"] = "Wolfenbarg",
        ["address"] = "3 chemin des Quatre-Vents-Secrets", ["registeredGp"] = "Docteurissime",
    };

    private static JsonObject First => Patient("Zwingelstein", "Fortunata", "1931-02-28", "06 39 98 76 51");

    private static JsonObject Second => Patient("Kerzaouen", "Hildegonde", "1938-09-17", "06 39 98 76 52");

    [Theory, MemberData(nameof(Backends.All), MemberType = typeof(Backends))]
    public async Task Nothing_personal_is_outside_the_vault(string backend)
    {
        await using var gateway = new SmsGateway();
        await gateway.Up();
        await using var site = await AccessSite.Start(backend, postgres, [.. gateway.Options, "--Notifications:BackOff=00:00:01"]);
        using var measured = new Measured();
        using var traced = new Traced();
        var (frames, addresses) = await Traffic(site);
        await Eventually.True(() => Task.FromResult(!gateway.Arrived.IsEmpty), "a message went out", TimeSpan.FromSeconds(40));
        var places = new List<(string Place, string Text)>
        {
            ("frames", frames), ("logs", site.Logs.Text), ("addresses", addresses), ("metrics", measured.Text), ("traces", traced.Text),
            ("urls", string.Join('\n', site.Asked)), ("messages", string.Join('\n', gateway.Arrived.Select(one => one.Text))),
        };
        places.AddRange(Files(site.Data));
        Assert.Contains("/api/persons/", places.Single(one => one.Place == "urls").Text, StringComparison.Ordinal);
        Assert.Contains(places, one => one.Place == "traces" && one.Text.Length > 0);
        places.AddRange(await Tables(site, backend));
        foreach (var table in (string[])["person", "person_trait", "note"]) Assert.Contains(places, one => one.Place == table && one.Text.Length > 0);
        Assert.Contains(places, one => one.Place == "access_log" && one.Text.Contains("patientCheck", StringComparison.Ordinal));
        Assert.NotEqual("", frames);
        foreach (var (place, text) in places)
        {
            output.WriteLine($"{place}: {text.Length:N0} characters");
            var folded = Fold(text);
            foreach (var word in Words)
                if (folded.IndexOf(Fold(word), StringComparison.Ordinal) is >= 0 and var at) Assert.Fail($"{place} holds '{word}': …{folded[Math.Max(0, at - 80)..Math.Min(folded.Length, at + 80)]}…");
        }
    }

    private static async Task<(string Frames, string Addresses)> Traffic(AccessSite site)
    {
        using var pharmacist = await site.SignIn($"{T}-pha-1");
        using var regulator = await site.SignIn($"{T}-reg-1");
        using var doctor = await site.SignIn($"{T}-gp-1");
        using var desk = await site.SignIn($"{T}-tel-1");
        using var officer = await site.SignIn($"{T}-coo-1");
        var frames = new StringBuilder();
        var screens = new List<LiveClient>();
        foreach (var one in (ApiClient[])[pharmacist, regulator, doctor])
        {
            var screen = await LiveClient.ConnectAsync(one.Address, [new("Cookie", one.Cookies.GetCookieHeader(one.Address))]);
            screen.Applied = picture => { lock (frames) frames.AppendJoin('\n', picture.Slots.Values.Select(slot => slot.GetRawText())); };
            await screen.WatchAsync(T);
            screens.Add(screen);
        }
        Assert.Equal(HttpStatusCode.OK, (await doctor.Put("/api/notifications/settings", new JsonObject { ["requestId"] = Guid.NewGuid(), ["phone"] = "06 39 98 00 01" })).Status);
        var slots = (await pharmacist.Slots(T, "free")).Select(one => (string)one["id"]!).ToArray();
        var addresses = new StringBuilder();
        async Task<ApiAnswer> Did(Task<ApiAnswer> doing, HttpStatusCode expected = HttpStatusCode.OK)
        {
            var answer = await doing;
            Assert.True(answer.Status == expected, answer.ToString());
            addresses.AppendLine(answer.Body is JsonObject body ? string.Join(' ', body.Where(m => m.Key.EndsWith("Id", StringComparison.Ordinal) || m.Key == "id").Select(m => m.Value?.ToString())) : "");
            return answer;
        }
        Task<ApiAnswer> Post(ApiClient who, string path, JsonObject body)
        {
            addresses.AppendLine(path);
            body["requestId"] ??= Guid.NewGuid();
            return who.Post(path, body);
        }
        JsonObject Booking(JsonObject patient, string? more = null)
        {
            var body = new JsonObject { ["patient"] = patient, ["eligibility"] = "NoRegisteredGp", ["reason"] = "M03.14", ["vitalSignsExcluded"] = true, ["note"] = "vertigeux depuis hier" };
            if (more is not null) body["override"] = more;
            return body;
        }

        await Did(pharmacist.Post("/api/patients/check", new JsonObject { ["slotId"] = slots[2], ["lastName"] = "Zwingelstein", ["firstName"] = "Fortunata", ["birthDate"] = "1931-02-28" }));
        var booked = (string)(await Did(Post(pharmacist, $"/api/slots/{slots[2]}/bookings", Booking(First)), HttpStatusCode.Created)).Body!["bookingId"]!;
        await Did(Post(pharmacist, $"/api/slots/{slots[3]}/bookings", Booking(First)), HttpStatusCode.Conflict); // already booked: neutral
        await Did(Post(pharmacist, $"/api/slots/{slots[4]}/bookings", Booking(First, "insistance-familiale")), HttpStatusCode.Created);
        await Did(Post(pharmacist, $"/api/slots/{slots[5]}/bookings", Booking(Patient("Zwingelstein\u0000", "", "1931-02-28", "x"))), HttpStatusCode.BadRequest); // faults are told, not repeated
        var request = Booking(Second);
        (request["territoryId"], request["stream"], request["registeredGp"], request["eligibility"]) = (T, "gp", "absent", "RegisteredGpAbsent");
        var asked = (string)(await Did(Post(pharmacist, "/api/requests", request), HttpStatusCode.Created)).Body!["id"]!;
        await Did(Post(desk, $"/api/requests/{asked}/take", []));
        foreach (var (who, path) in ((ApiClient, string)[])
            [(doctor, $"/api/bookings/{booked}"), (pharmacist, $"/api/bookings/{booked}"), (desk, $"/api/requests/{asked}"), (doctor, $"/api/bookings/{booked}/access"),
                (doctor, $"/api/bookings/{booked}/history"), (officer, $"/api/access-log?territory={T}"), (doctor, "/api/notifications"), (pharmacist, "/api/bookings")])
        {
            addresses.AppendLine(path);
            await Did(who.Get(path));
        }
        // The data officer finds one person, looks, corrects, notes an objection, takes a copy out.
        static JsonObject Because(params ReadOnlySpan<(string Name, JsonNode Value)> more)
        {
            var body = new JsonObject { ["territory"] = T, ["reason"] = "control" };
            foreach (var (name, value) in more) body[name] = value;
            return body;
        }
        var person = (string)(await Did(officer.Post("/api/persons/search", Because(("lastName", "Zwingelstein"), ("firstName", "Fortunata"), ("birthDate", "1931-02-28"))))).Body!["personId"]!;
        foreach (var (act, body) in ((string, JsonObject)[])
            [("open", Because()), ("correct", Because(("lastName", "Zwingelstein"), ("firstName", "Hildegonde"), ("birthDate", "1931-02-28"), ("sex", "F"), ("registeredGp", "Docteurissime"))),
                ("objection", Because(("objects", true))), ("export", Because())])
            await Did(officer.Post($"/api/persons/{person}/{act}", body));
        await Did(Post(regulator, $"/api/bookings/{booked}/break-glass", new() { ["reason"] = "Zwingelstein rappelle, vertigeux" }));
        var call = await Did(Post(regulator, "/api/calls", new() { ["centre"] = "sas-acc", ["line"] = "15", ["callerPhone"] = "06 39 98 76 52", ["callerName"] = "Kerzaouen", ["take"] = true }), HttpStatusCode.NotFound); // no centre here: still nothing may remain
        Assert.NotNull(call.Code);
        await Did(Post(pharmacist, $"/api/bookings/{booked}/cancel", new() { ["reason"] = "patientRequest" }));
        // As kept: how many of them a screen is told live depends on how fast one supersedes the other.
        JsonNode told = new JsonObject();
        await Eventually.True(async () => (told = (await doctor.Get("/api/notifications")).Body!)["notices"]!.AsArray().Count >= 2, "the practice was told of booking and cancellation", TimeSpan.FromSeconds(40));
        lock (frames) frames.Append(told.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })).Append('\n');
        foreach (var screen in screens)
        {
            lock (frames) foreach (var notice in screen.Notices) frames.Append(notice.GetRawText()).Append('\n');
            await screen.DisposeAsync();
        }
        lock (frames) return (frames.ToString(), addresses.ToString());
    }

    private static async Task<List<(string, string)>> Tables(AccessSite site, string backend)
    {
        await using DbConnection connection = backend == Backends.Sqlite
            ? new SqliteConnection($"Data Source={Path.Combine(site.Data, "ledger.db")};Mode=ReadOnly;Pooling=False")
            : new NpgsqlConnection(site.Storage[^1] + ";Pooling=false");
        await connection.OpenAsync();
        var tables = new List<string>();
        await Rows(connection, backend == Backends.Sqlite ? "SELECT name FROM sqlite_master WHERE type = 'table'" : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
            row => tables.Add(row.GetString(0)));
        Assert.Contains("event", tables);
        var found = new List<(string, string)>();
        foreach (var table in tables)
        {
            var text = new StringBuilder();
            await Rows(connection, $"SELECT * FROM \"{table}\"", row =>
            {
                for (var i = 0; i < row.FieldCount; i++) text.Append(row.GetValue(i) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(row.GetValue(i), System.Globalization.CultureInfo.InvariantCulture)).Append('|');
                text.Append('\n');
            });
            found.Add((table, text.ToString()));
        }
        return found;
    }

    private static async Task Rows(DbConnection connection, string sql, Action<DbDataReader> each)
    {
        await using var command = connection.CreateCommand();
        // Names of our own tables.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) each(reader);
    }

    /// <summary>Every byte of what the server wrote to its disk: what was deleted, too, until it is overwritten.</summary>
    private static IEnumerable<(string, string)> Files(string data)
    {
        foreach (var file in Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Where(one => !one.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            yield return (Path.GetFileName(file), reader.ReadToEnd());
        }
    }

    /// <summary>Neither case nor accents hide a name.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
            if (System.Globalization.CharUnicodeInfo.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark) folded.Append(char.ToLowerInvariant(c));
        return folded.ToString();
    }

    /// <summary>All traces of this process, with whatever they carry.</summary>
    private sealed class Traced : IDisposable
    {
        private readonly ActivityListener listener;
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> seen = new();

        public Traced()
        {
            listener = new()
            {
                ShouldListenTo = _ => true,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = one => seen.Enqueue(
                    $"{one.Source.Name} {one.OperationName} {one.DisplayName} {one.StatusDescription} {string.Join(' ', one.TagObjects)} {string.Join(' ', one.Baggage)} "
                        + string.Join(' ', one.Events.Select(e => $"{e.Name} {string.Join(' ', e.Tags)}"))),
            };
            ActivitySource.AddActivityListener(listener);
        }

        public string Text => string.Join('\n', seen);

        public void Dispose() => listener.Dispose();
    }

    /// <summary>All measurements of the product, with their tags.</summary>
    private sealed class Measured : IDisposable
    {
        private readonly MeterListener listener = new();
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> seen = new();

        public Measured()
        {
            listener.InstrumentPublished = (instrument, me) => { me.EnableMeasurementEvents(instrument); seen.Enqueue(instrument.Name); };
            listener.SetMeasurementEventCallback<long>((i, v, tags, _) => Keep(i, v, tags));
            listener.SetMeasurementEventCallback<int>((i, v, tags, _) => Keep(i, v, tags));
            listener.SetMeasurementEventCallback<double>((i, v, tags, _) => Keep(i, v, tags));
            listener.Start();
        }

        public string Text => string.Join('\n', seen);

        public void Dispose() => listener.Dispose();

        private void Keep<TValue>(Instrument instrument, TValue value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags) seen.Enqueue($"{instrument.Name} {tag.Key}={tag.Value} {value}");
        }
    }
}
