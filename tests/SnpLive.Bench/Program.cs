using System.Globalization;
using System.Text.Json;
using SnpLive.Bench;
using SnpLive.Tests.Ledger;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
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
    var surroundings = await Surroundings.Look(await postgres.NewDatabase());
    Console.WriteLine($"bench {options.Command}: {surroundings}");
    var contestants = Contestant.All(options.Pool);
    foreach (var contestant in contestants) Console.WriteLine($"{contestant.Letter} = {contestant.Name}");
    await Race.Check(postgres, contestants);
    object rounds;
    if (options.Command == "bookings")
    {
        var measured = await new BookingsBench(postgres, options).Run(contestants);
        BookingsBench.Summarise(measured, contestants);
        rounds = measured;
    }
    else
    {
        var measured = await new HotSlotBench(postgres, options).Run(contestants);
        HotSlotBench.Summarise(measured, contestants);
        rounds = measured;
    }
    var loadAfter = Surroundings.LoadAverage();
    Console.WriteLine($"every round was verified from the database; load average at the end {loadAfter}");
    if (options.Json is { } file)
    {
        var contestantNames = contestants.ToDictionary(c => c.Letter, c => c.Name);
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { options, surroundings, loadAfter, contestants = contestantNames, rounds },
            new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true }));
    }
    return 0;
}
catch (BrokenRoundException e)
{
    Console.Error.WriteLine($"bench: {e.Message}");
    return 1;
}
