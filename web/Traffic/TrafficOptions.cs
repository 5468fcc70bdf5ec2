namespace SnpLive.Web.Traffic;

/// <summary>Simulated traffic, in the demonstration only. Section <c>Traffic</c>; <c>--traffic</c> turns it on.</summary>
internal sealed record TrafficOptions
{
    /// <summary>Whether demonstration people act by themselves.</summary>
    public bool Enabled { get; init; }
    /// <summary>The same seed brings the same people with the same wishes in the same order.</summary>
    public int Seed { get; init; } = 1;
    /// <summary>1 is the pace of a real territory; 10 is ten times as fast.</summary>
    public double Speed { get; init; } = 1;
    /// <summary>Needs from all doors, per 1,000 inhabitants and day: the design envelope (domain reference §12).</summary>
    public double RequestsPerThousandPerDay { get; init; } = 1.5;
    /// <summary>Regulated calls per 1,000 inhabitants and day (domain reference §12: 80,000 a day in France).</summary>
    public double CallsPerThousandPerDay { get; init; } = 1.2;
    /// <summary>Waiting calls that are left to the people who look at the demonstration.</summary>
    public int CallsKept { get; init; } = 3;
    /// <summary>People at work at once, in all territories together.</summary>
    public int MaxVisits { get; init; } = 8;
    /// <summary>Share of a board's bookable slots that stays free for the people who look at the demonstration.</summary>
    public double KeepFree { get; init; } = 0.3;
    /// <summary>Below this share of free slots a practitioner may open another.</summary>
    public double OpenBelow { get; init; } = 0.5;
    /// <summary>Patients who do not come (domain reference §7.1: 1 in 10).</summary>
    public double NoShow { get; init; } = 0.1;
    /// <summary>How often a practitioner looks at the agenda, at speed 1.</summary>
    public TimeSpan PractitionerEvery { get; init; } = TimeSpan.FromMinutes(20);
}
