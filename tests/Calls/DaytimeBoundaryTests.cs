using SnpLive.Grains.Calls;
using static SnpLive.Tests.Calls.CallSample;

namespace SnpLive.Tests.Calls;

/// <summary>Daytime ends to the second (design §7.10): on days of a clock change, on Saturdays, on holidays, and in Alsace.</summary>
public sealed class DaytimeBoundaryTests
{
    // Local 20:00 is 19:00 UTC in winter and 18:00 in summer; Saturday ends at noon; Sunday and holidays have no daytime.
    public static TheoryData<string, string> Ends => new()
    {
        { "winter", "2026-01-12T19:00:00Z" }, { "summer", "2026-06-08T18:00:00Z" },
        { "Friday before the clocks go forward", "2026-03-27T19:00:00Z" }, { "Monday after", "2026-03-30T18:00:00Z" },
        { "Friday before the clocks go back", "2026-10-23T18:00:00Z" }, { "Monday after they did", "2026-10-26T19:00:00Z" },
        { "Saturday", "2026-06-06T10:00:00Z" }, { "Saturday in winter", "2026-01-10T11:00:00Z" },
    };

    [Theory, MemberData(nameof(Ends))]
    public void Waiting_calls_pass_to_who_answers_at_night_at_the_very_second(string when, string end)
    {
        var boundary = Utc(end);
        foreach (var (ms, level, regime) in ((int, string, Regime)[])[(-1_000, "osnp", Regime.Daytime), (-1, "osnp", Regime.Daytime), (0, "arm", Regime.OutOfHours), (1_000, "arm", Regime.OutOfHours)])
        {
            var call = new OneCall();
            call.Ring(boundary.AddSeconds(-20));
            Assert.Equal(boundary, call.Last!.Commit.SetDue.Single(d => d.Cause == CallStreams.Time).At); // woken exactly then
            call.Wake(CallStreams.Time, boundary.AddMilliseconds(ms));
            Assert.True((call.Call.Level, call.Call.Regime) == (level, regime), $"{when} {ms} ms: {call.Call.Level} {call.Call.Regime}");
            Assert.Equal(boundary.AddSeconds(-20), call.Call.WaitingSince); // with its wait
        }
    }

    [Theory, MemberData(nameof(Ends))]
    public void Also_without_a_wake_up_nobody_of_the_day_takes_it_after_the_boundary(string when, string end)
    {
        var boundary = Utc(end);
        foreach (var (ms, refusal) in ((int, CallRefusal?)[])[(-1_000, null), (-1, null), (0, CallRefusal.NotAllowed), (1_000, CallRefusal.NotAllowed)])
        {
            var call = new OneCall();
            call.Ring(boundary.AddSeconds(-20));
            Assert.True(refusal == call.Take(Osnp(), boundary.AddMilliseconds(ms)), $"{when} {ms} ms");
            if (refusal is null) continue;
            Assert.Null(call.Take(Arm(), boundary.AddMilliseconds(ms)));
            Assert.Equal(boundary, call.Call.Steps[0].LeftAt);
        }
    }

    [Fact]
    public void A_call_in_hand_stays_with_its_holder_and_passes_on_when_it_is_given_back()
    {
        var boundary = Utc("2026-06-08T18:00:00Z");
        var call = new OneCall();
        call.Ring(boundary.AddSeconds(-20), take: true);
        call.Wake(CallStreams.Time, boundary);
        Assert.Equal((CallStatus.InHand, "osnp"), (call.Call.Status, call.Call.Level));
        call.Release(Osnp(), boundary.AddSeconds(10));
        Assert.Equal((CallStatus.Waiting, "arm", Regime.OutOfHours), (call.Call.Status, call.Call.Level, call.Call.Regime));
    }

    [Theory]
    [InlineData("2026-07-14T10:00:00Z", false, Regime.OutOfHours)] // a holiday on a Tuesday
    [InlineData("2026-07-13T21:59:59Z", false, Regime.OutOfHours)]
    [InlineData("2026-12-28T10:00:00Z", false, Regime.Daytime)]
    [InlineData("2025-12-26T10:00:00Z", false, Regime.Daytime)] // a Friday: a holiday in Alsace and Moselle only
    [InlineData("2025-12-26T10:00:00Z", true, Regime.OutOfHours)]
    [InlineData("2026-06-07T10:00:00Z", false, Regime.OutOfHours)] // a Sunday
    [InlineData("2026-06-08T05:59:59Z", false, Regime.OutOfHours)]
    [InlineData("2026-06-08T06:00:00Z", false, Regime.Daytime)]
    public void Daytime_follows_the_departments_calendar(string at, bool alsace, Regime regime) =>
        Assert.Equal(regime, Regimes.At(Hours with { AlsaceMoselle = alsace }, Zone, Utc(at)));

    [Fact]
    public void The_next_boundary_is_found_over_week_ends_holidays_and_clock_changes()
    {
        foreach (var (from, to) in ((string, string)[])
        [
            ("2026-06-05T18:00:00Z", "2026-06-06T06:00:00Z"), // Friday night → Saturday 8:00
            ("2026-06-06T10:00:00Z", "2026-06-08T06:00:00Z"), // Saturday noon → Monday
            ("2026-04-04T10:00:00Z", "2026-04-07T06:00:00Z"), // Easter: Monday is a holiday
            ("2026-03-28T11:00:00Z", "2026-03-30T06:00:00Z"), // the clocks go forward on Sunday
            ("2026-10-24T10:00:00Z", "2026-10-26T07:00:00Z"), // and back
        ])
            Assert.Equal(Utc(to), Regimes.NextBoundary(Hours, Zone, Utc(from)));
    }

    [Fact]
    public void A_boundary_is_exact_wherever_one_looks_from()
    {
        var start = Utc("2026-03-20T00:00:00Z");
        for (var minutes = 0; minutes < 21 * 24 * 60; minutes += 37)
        {
            var at = start.AddMinutes(minutes);
            var boundary = Regimes.NextBoundary(Hours, Zone, at)!.Value;
            Assert.True(boundary > at);
            Assert.Equal(Regimes.At(Hours, Zone, at), Regimes.At(Hours, Zone, boundary.AddSeconds(-1)));
            Assert.NotEqual(Regimes.At(Hours, Zone, at), Regimes.At(Hours, Zone, boundary));
        }
    }
}
