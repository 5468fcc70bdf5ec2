namespace SnpLive.Web.Traffic;

/// <summary>How a visit ends.</summary>
internal enum VisitEnd
{
    /// <summary>Booked.</summary>
    Book,
    /// <summary>Given up: the slot is released.</summary>
    Abandon,
    /// <summary>Forgotten: the hold ends by its own time.</summary>
    Forget,
}

/// <summary>A patient who does not exist, and says so: the family name begins with Démo, the number is of a range kept for fiction.</summary>
internal sealed record MadeUpPatient(string LastName, string FirstName, DateOnly BirthDate, string Sex, string Phone);

/// <summary>What one person wants to do, decided before anything is known of the board.</summary>
/// <param name="Person">0…1: which of the people of the territory acts.</param>
/// <param name="Choice">0…1: how far from the soonest slot the choice falls.</param>
/// <param name="End">How it ends.</param>
/// <param name="Think">From the hold to the end, at speed 1.</param>
/// <param name="CancelAfter">Called off later, at speed 1; null: kept.</param>
/// <param name="Patient">For whom.</param>
/// <param name="Reason">National code.</param>
/// <param name="Eligibility">Word of the contract.</param>
internal sealed record Visit(
    double Person, double Choice, VisitEnd End, TimeSpan Think, TimeSpan? CancelAfter, MadeUpPatient Patient, string Reason, string Eligibility);

/// <summary>The wishes of one territory's people, one after the other: the same seed gives the same ones, whatever the server answers.</summary>
internal sealed class TrafficPlan(int seed)
{
    private const double Abandoned = 0.1, Forgotten = 0.04, CalledOff = 0.08;
    private static readonly string[] Names = ["Martin", "Guérin", "Le Goff", "Moreau", "Benali", "Da Silva", "Rousseau", "Petit", "N’Diaye", "Fournier", "Mercier", "Nguyen"];
    private static readonly string[] Women = ["Claire", "Inès", "Jeanne", "Lucie", "Aminata", "Odette", "Chloé", "Maëlle"];
    private static readonly string[] Men = ["Paul", "Karim", "Louis", "Hugo", "Yann", "Marcel", "Tiago", "Noé"];
    private static readonly string[] Reasons = ["M03.14", "M02.06", "M03.21", "M03.20", "M03.15", "M03.11"];
    private static readonly string[] Eligibilities = ["NoRegisteredGp", "RegisteredGpUnavailable", "RegisteredGpAbsent", "Visitor"];
    private readonly Random random = new(seed);

    /// <summary>Time until the next need, when they come at a rate per hour (a Poisson process).</summary>
    internal TimeSpan NextArrival(double perHour) => TimeSpan.FromHours(Math.Min(-Math.Log(1 - random.NextDouble()) / Math.Max(perHour, 1e-6), 24));

    /// <summary>The next person's wishes.</summary>
    internal Visit Next(DateOnly today)
    {
        // Each number is drawn for each visit, so that none depends on what another one needed.
        var (person, choice, end, think, cancels, cancelAfter) =
            (random.NextDouble(), Math.Pow(random.NextDouble(), 2), random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble());
        return new(
            person, choice, end < Abandoned ? VisitEnd.Abandon : end < Abandoned + Forgotten ? VisitEnd.Forget : VisitEnd.Book,
            TimeSpan.FromSeconds(20 + 70 * think), cancels < CalledOff ? TimeSpan.FromMinutes(5 + 85 * cancelAfter) : null,
            NextPatient(today), Of(Reasons), Of(Eligibilities));
    }

    /// <summary>0…1, for whatever else has to be chosen.</summary>
    internal double Draw() => random.NextDouble();

    private MadeUpPatient NextPatient(DateOnly today)
    {
        var woman = random.Next(2) == 0;
        var days = random.Next(90, 92 * 365);
        return new($"Démo-{Of(Names)}", Of(woman ? Women : Men), today.AddDays(-days), woman ? "F" : "M", $"063998{random.Next(10_000):D4}");
    }

    private string Of(string[] list) => list[random.Next(list.Length)];
}
