using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Ledger;
using SnpLive.Grains.People;
using SnpLive.Silo.Hosting;
using SnpLive.Silo.Ledger;
using SnpLive.Tests.Ledger;
using SnpLive.Tests.Support;

namespace SnpLive.Bench.Proof;

/// <summary>What grows with the number of agendas and with the years, and what must not.</summary>
internal static class GrowthBench
{
    private const int SlotsPerAgenda = 15;
    private const int AgendasPerBoard = 20;
    private const int Samples = 200;
    private const int AtOnce = 64;

    public static async Task Run(ProofOptions options, PostgresServer postgres, Report report)
    {
        var sizes = options.Text("--agendas", "100,1000,10000").Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        var events = options.Whole("--events", 200_000, 1000, 20_000_000);
        string database = "";
        foreach (var size in sizes) await Size(size, database = await postgres.NewDatabase(), report);
        await Journal(database, events, report);
    }

    private static async Task Size(int agendas, string database, Report report)
    {
        using var keys = new TemporaryFolder();
        var land = new Territory(agendas, SlotsPerAgenda);
        await using (var silo = await Silo.Start(database, keys.Path))
            await Parallel.ForEachAsync(Enumerable.Range(0, agendas), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) => await silo.Open(Territory.AgendaId(n), land));

        var clock = Stopwatch.StartNew();
        await using var again = await Silo.Start(database, keys.Path);
        var start = clock.Elapsed.TotalMilliseconds;
        var (from, to) = (DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(2));
        var some = Enumerable.Range(0, Samples).Select(n => (int)((long)n * agendas / Samples)).Distinct().ToArray();
        var board = await Times(some, n => again.Ledger.ReadBoard([.. Enumerable.Range(n / AgendasPerBoard * AgendasPerBoard, AgendasPerBoard).Where(a => a < agendas).Select(Territory.AgendaId)], from, to, from.AddMinutes(-10)));
        var activation = await Times(some, n => again.Agenda(n).Look(from, to));
        var booking = await Times(some, async n => await again.Agenda(n).Execute(Territory.Booking(land.SlotId(n * SlotsPerAgenda), n)) is BookingConfirmed ? 0 : throw new BrokenRoundException($"agenda {n} refused"));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await Parallel.ForEachAsync(Enumerable.Range(0, agendas), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) => await again.Agenda(n).Look(from, to));
        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Math.Max(1, agendas - some.Length);
        report.Add($"{agendas:N0} agendas, {land.Slots:N0} slots: start {start:F0} ms; a board of {AgendasPerBoard} from cold p50 {P(board, 50):F1} p99 {P(board, 99):F1} ms; activation p50 {P(activation, 50):F1} p99 {P(activation, 99):F1} ms; "
            + $"booking p50 {P(booking, 50):F1} p99 {P(booking, 99):F1} ms; {each / 1024:F0} KiB an agenda in memory; load {Surroundings.LoadAverage()}",
            new { agendas, slots = land.Slots, start, boardP50 = P(board, 50), boardP99 = P(board, 99), activationP50 = P(activation, 50), activationP99 = P(activation, 99), bookingP50 = P(booking, 50), bookingP99 = P(booking, 99), bytesPerAgenda = each });
    }

    /// <summary>A long journal, made by the database itself, and what a coordinator asks of it.</summary>
    private static async Task Journal(string database, int events, Report report)
    {
        await using var source = NpgsqlDataSource.Create(database);
        var clock = Stopwatch.StartNew();
        // Three years of bookings in 800 territories, with payloads as long as real ones.
        await Execute(source, $"""
            INSERT INTO event (stream, version, actor_id, request_id, fingerprint, answer, occurred_at, local_date, territory_id, care_stream, kind, channel, schema, payload)
            SELECT 'journal/' || n % 10000, 1 + n / 10000, 'pharmacist-' || n % 5000, gen_random_uuid(), repeat('f', 64), b.answer, at, at::date, 'cpts-' || n % 800,
              CASE WHEN n % 9 = 0 THEN 'imaging' ELSE 'gp' END, CASE WHEN n % 12 = 0 THEN 'booking-cancelled' ELSE 'slot-booked' END, (ARRAY['pharmacist','regulator','practice','emergencyDesk'])[1 + n % 4], 1, b.payload
            FROM generate_series(0, {events - 1}) n, LATERAL (SELECT now() - n * (interval '1095 days' / {events}) AS at) t,
              (SELECT answer, payload FROM event WHERE kind = 'slot-booked' LIMIT 1) b
            """);
        // As autovacuum leaves a journal that grew over years.
        await Execute(source, "VACUUM (ANALYZE) event");
        report.Say($"journal of {events:N0} events made in {clock.Elapsed.TotalSeconds:F0} s");
        foreach (var (what, sql) in new[]
        {
            ("a territory's month by day, door and kind", "SELECT local_date, channel, kind, count(*) FROM event WHERE territory_id = 'cpts-17' AND local_date >= current_date - 30 GROUP BY 1, 2, 3"),
            ("all territories' month", "SELECT territory_id, kind, count(*) FROM event WHERE local_date >= current_date - 30 GROUP BY 1, 2"),
            ("a territory's year by month", "SELECT date_trunc('month', local_date), kind, count(*) FROM event WHERE territory_id = 'cpts-17' AND local_date >= current_date - 365 GROUP BY 1, 2"),
        })
        {
            var times = new List<double>();
            for (var n = 0; n < 3; n++)
            {
                var one = Stopwatch.StartNew();
                await Execute(source, $"SELECT count(*) FROM ({sql}) q");
                times.Add(one.Elapsed.TotalMilliseconds);
            }
            var plan = (string)(await Scalar(source, $"EXPLAIN {sql}"))!;
            report.Add($"  {what}: {Spread.Of(times).Median:F0} ms ({plan.Trim()})", new { what, events, milliseconds = Spread.Of(times).Median, plan });
        }
    }

    private static async Task<double[]> Times<T>(IEnumerable<int> over, Func<int, Task<T>> act)
    {
        var times = new List<double>();
        foreach (var n in over)
        {
            var clock = Stopwatch.StartNew();
            await act(n);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }
        return [.. times.Order()];
    }

    private static double P(double[] sorted, double percent) => Statistics.Percentile(sorted, percent);

    private static async Task Execute(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> Scalar(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Engine and ledger without the web.</summary>
    private sealed class Silo(IHost host) : IAsyncDisposable
    {
        private readonly IGrainFactory grains = host.Services.GetRequiredService<IClusterClient>();

        public ILedger Ledger => host.Services.GetRequiredService<ILedger>();

        public static async Task<Silo> Start(string database, string keys)
        {
            var options = new SiloOptions { KeyDirectory = keys };
            options.Ledger.Storage = LedgerStorage.Postgres;
            options.Ledger.ConnectionString = database;
            var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
            builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error);
            builder.AddSnpSilo(options);
            var host = builder.Build();
            await host.StartAsync();
            return new(host);
        }

        public IAgendaGrain Agenda(int n) => grains.GetGrain<IAgendaGrain>(Territory.AgendaId(n));

        public async Task Open(string id, Territory land)
        {
            var agenda = grains.GetGrain<IAgendaGrain>(id);
            var notAfter = DateTimeOffset.UtcNow.AddMinutes(1);
            AgendaAnswer[] answers =
            [
                await agenda.Execute(new ConfigureAgenda(Territory.Definition(id)) { RequestId = Guid.NewGuid(), Actor = Actor.System, NotAfter = notAfter }),
                await agenda.Execute(new OpenSlots(land.SlotsToOpen()) { RequestId = Guid.NewGuid(), Actor = Territory.Practitioner(id), NotAfter = notAfter }),
            ];
            if (answers.OfType<Refused>().FirstOrDefault() is { } refused) throw new InvalidOperationException($"{id}: {refused}");
        }

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            host.Dispose();
        }
    }
}
