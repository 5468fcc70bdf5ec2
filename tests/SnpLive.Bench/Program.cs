using System.Globalization;
using System.Text.Json;
using Npgsql;
using SnpLive.Bench;
using SnpLive.Bench.Http;
using SnpLive.Tests.Ledger;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (await SnpLive.Bench.Proof.ProofBenches.TryRun(args) is { } code) return code;
if (args.Contains("--help"))
{
    Console.WriteLine(BenchOptions.Usage);
    return 0;
}
if (args is ["serve", ..]) return await Serve.Run(args);
BenchOptions options;
try
{
    options = BenchOptions.Parse(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine($"{e.Message}\n\n{BenchOptions.Usage}");
    return 2;
}
if (PostgresServer.Missing is { } missing)
{
    Console.Error.WriteLine($"bench: {missing}.");
    return 2;
}

await using var postgres = new PostgresServer();
try
{
    if (options.CommitDelay) await Delay(await postgres.NewDatabase());
    var surroundings = await Surroundings.Look(await postgres.NewDatabase());
    Console.WriteLine($"bench {options.Command}: {surroundings}");
    var (bookings, races) = (new List<BookingsRound>(), new List<HotSlotRound>());
    foreach (var level in options.Levels)
    {
        var contestants = Contestant.At(level, options);
        foreach (var contestant in contestants) Console.WriteLine($"{level}: {contestant.Letter} = {contestant.Name}");
        await Race.Check(postgres, contestants);
        if (options.Command == "bookings") bookings.AddRange(await new BookingsBench(postgres, options).Run(level));
        else races.AddRange(await new HotSlotBench(postgres, options).Run(level));
    }
    if (bookings.Count > 0) BookingsBench.Summarise(bookings);
    if (races.Count > 0) HotSlotBench.Summarise(races);
    var loadAfter = Surroundings.LoadAverage();
    Console.WriteLine($"every round was verified from the database; load average at the end {loadAfter}");
    if (options.Json is { } file)
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { options, surroundings, loadAfter, bookings, races },
            new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }));
    return 0;
}
catch (BrokenRoundException e)
{
    Console.Error.WriteLine($"bench: {e.Message}");
    return 1;
}

static async Task Delay(string database)
{
    await using var source = NpgsqlDataSource.Create(database);
    foreach (var sql in (string[])["ALTER SYSTEM SET commit_delay = 1000", "ALTER SYSTEM SET commit_siblings = 0", "SELECT pg_reload_conf()"])
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
    // The server's processes read it again when they next look; connections made from here on have it.
    await Task.Delay(TimeSpan.FromSeconds(1));
}
