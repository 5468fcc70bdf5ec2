using SnpLive.Tests.Support;
using SnpLive.Web.Traffic;

namespace SnpLive.Tests.Traffic;

public sealed class TrafficPlanTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    [Fact]
    public void The_same_seed_brings_the_same_wishes()
    {
        static List<Visit> Wishes(int seed)
        {
            var plan = new TrafficPlan(seed);
            return [.. Enumerable.Range(0, 200).Select(_ => plan.Next(Today))];
        }
        Assert.Equal(Wishes(7), Wishes(7));
        Assert.NotEqual(Wishes(7), Wishes(8));
    }

    [Fact]
    public void Patients_are_made_up_and_say_so()
    {
        var seed = Seeds.Next();
        var plan = new TrafficPlan(seed);
        var visits = Enumerable.Range(0, 2_000).Select(_ => plan.Next(Today)).ToList();
        Assert.All(visits, visit =>
        {
            Assert.StartsWith("Démo-", visit.Patient.LastName, StringComparison.Ordinal);
            Assert.Matches("^063998[0-9]{4}$", visit.Patient.Phone); // kept for fiction by ARCEP
            Assert.True(visit.Patient.BirthDate < Today);
        });
        Assert.True(visits.Count(visit => visit.End == VisitEnd.Book) is > 1_600 and < 1_850, $"SNP_SEED={seed}");
        Assert.True(visits.Count(visit => visit.CancelAfter is not null) is > 90 and < 240, $"SNP_SEED={seed}");
    }

    [Fact]
    public void A_day_has_the_needs_of_its_population_and_its_peaks()
    {
        double Day(DayOfWeek weekday) => Enumerable.Range(0, 24).Sum(hour => TrafficProfile.PerHour(60_000, 1.5, weekday, hour));
        Assert.Equal(90, Day(DayOfWeek.Tuesday), 6);
        Assert.Equal(90 * 1.15, Day(DayOfWeek.Monday), 6);
        Assert.True(Day(DayOfWeek.Sunday) < 45);
        double At(int hour) => TrafficProfile.PerHour(60_000, 1.5, DayOfWeek.Tuesday, hour);
        Assert.Equal(9, Enumerable.Range(0, 24).MaxBy(At));
        Assert.True(At(18) > At(15) && At(3) < At(9) / 10);

        var seed = Seeds.Next();
        var plan = new TrafficPlan(seed);
        var mean = Enumerable.Range(0, 20_000).Average(_ => plan.NextArrival(12).TotalMinutes);
        Assert.True(Math.Abs(mean - 5) < 0.25, $"SNP_SEED={seed}: {mean} min between needs that come 12 times an hour");
    }
}
