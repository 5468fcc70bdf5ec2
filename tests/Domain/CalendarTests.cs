using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Tests.Domain;

public sealed class CalendarTests
{
    [Theory]
    [InlineData(2024, "2024-03-31")]
    [InlineData(2025, "2025-04-20")]
    [InlineData(2026, "2026-04-05")]
    [InlineData(2027, "2027-03-28")]
    [InlineData(2028, "2028-04-16")]
    [InlineData(2038, "2038-04-25")] // the latest possible day
    [InlineData(2285, "2285-03-22")] // the earliest
    public void Easter(int year, string day) => Assert.Equal(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), FrenchHolidays.Easter(year));

    [Theory]
    [InlineData(2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25", "04-03 12-26")]
    [InlineData(2027, "01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25", "03-26 12-26")]
    public void Public_holidays(int year, string national, string alsaceMoselle)
    {
        string[] Days(bool local) => [.. Enumerable.Range(0, 365).Select(new DateOnly(year, 1, 1).AddDays).Where(d => FrenchHolidays.Contains(d, local))
            .Select(d => d.ToString("MM-dd", System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(national.Split(' '), Days(false));
        Assert.Equal(national.Split(' ').Concat(alsaceMoselle.Split(' ')).Order(StringComparer.Ordinal), Days(true));
    }

    [Fact]
    public void Hours_that_touch_are_one_and_a_gap_is_a_gap()
    {
        DaytimeHours Hours(params (int From, int To)[] ranges) => new([.. ranges.Select(r => new DaytimeRange(DayOfWeek.Monday, new(r.From, 0), new(r.To, 0)))], false, []);
        bool Contains(DaytimeHours hours, string from, string to) =>
            Daytime.Contains(hours, Sample.Utc($"2026-06-08T{from}:00+02:00"), Sample.Utc($"2026-06-08T{to}:00+02:00"), Sample.Zone);
        Assert.True(Contains(Hours((8, 12), (12, 20)), "11:50", "12:10"));
        Assert.True(Contains(Hours((12, 20), (8, 13)), "08:00", "20:00"));
        Assert.False(Contains(Hours((8, 12), (13, 20)), "11:50", "13:10"));
        Assert.False(Contains(Hours((8, 12)), "12:00", "12:10"));
        Assert.False(Daytime.Contains(Sample.Always, Sample.Utc("2026-06-08T23:50:00+02:00"), Sample.Utc("2026-06-09T00:10:00+02:00"), Sample.Zone));
    }

    [Theory]
    [InlineData("2026-06-08T18:00:00Z")] // 20:00 on a Monday
    [InlineData("2026-03-29T18:00:00Z")] // on the Sunday on which clocks went forward
    [InlineData("2026-10-25T19:00:00Z")] // and back
    public void At_the_end_of_daytime_care_what_ends_later_that_day_is_frozen_to_the_second(string boundary)
    {
        var end = Sample.Utc(boundary);
        var hours = new DaytimeHours([.. Enum.GetValues<DayOfWeek>().SelectMany(day => (DaytimeRange[])[new(day, new(8, 0), new(12, 0)), new(day, new(14, 0), new(20, 0))])], false, []);
        bool Frozen(int now, TimeSpan slotEnd) => Daytime.Freezes(hours, end.AddSeconds(now), end + slotEnd, Sample.Zone);
        foreach (var late in (TimeSpan[])[TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), TimeSpan.FromHours(4)]) // midnight ends this day
            Assert.Equal((false, true, true), (Frozen(-1, late), Frozen(0, late), Frozen(1, late)));
        foreach (var open in (TimeSpan[])[TimeSpan.FromSeconds(-1), TimeSpan.Zero, TimeSpan.FromHours(14)]) // tomorrow's stay
            Assert.Equal((false, false, false), (Frozen(-1, open), Frozen(0, open), Frozen(1, open)));
        Assert.False(Daytime.Freezes(Sample.Weekdays, Sample.Utc("2026-06-07T20:00:00Z"), Sample.Utc("2026-06-07T21:00:00Z"), Sample.Zone)); // no daytime care on Sunday
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, Refusal.OutsideDaytime)]
    [InlineData(1, Refusal.OutsideDaytime)]
    public void A_slot_opened_before_the_hours_were_shortened_is_neither_held_nor_booked_from_the_boundary_on(int seconds, Refusal? refusal)
    {
        var longer = new DaytimeHours([new(DayOfWeek.Monday, new(8, 0), new(22, 0))], false, []);
        var agenda = new Agenda(Sample.Utc("2026-06-08T08:00:00Z"), Sample.Definition(rules: Sample.Rules with { Daytime = longer }));
        var slot = agenda.Open(Sample.Utc("2026-06-08T19:00:00Z"), capacity: 3);
        agenda.Do(new ConfigureAgenda(Sample.Definition(rules: Sample.Rules with { Daytime = Sample.Weekdays })) { RequestId = Guid.NewGuid(), Actor = Actor.System, NotAfter = agenda.Now });
        agenda.Now = Sample.Utc("2026-06-08T18:00:00Z").AddSeconds(seconds);
        Assert.Equal(refusal, (agenda.Hold(slot, Sample.PharmacistB) as Refused)?.Code);
        Assert.Equal(refusal, (agenda.Book(slot, "ann") as Refused)?.Code);
    }

    [Fact]
    public void Rules_follow_the_territorys_own_clocks()
    {
        // 09:00 in La Réunion is 05:00 UTC; in Paris it would be 07:00, before the day begins.
        var (start, end) = (Sample.Utc("2026-06-08T05:00:00Z"), Sample.Utc("2026-06-08T05:20:00Z"));
        Assert.True(Daytime.Contains(Sample.Weekdays, start, end, "Indian/Reunion"));
        Assert.False(Daytime.Contains(Sample.Weekdays, start, end, Sample.Zone));
        Assert.Equal(new DateOnly(2026, 6, 9), CivilTime.Day(Sample.Utc("2026-06-08T22:00:00Z"), Sample.Zone));
        Assert.Equal(new DateOnly(2026, 6, 8), CivilTime.Day(Sample.Utc("2026-06-08T22:00:00Z").AddTicks(-1), Sample.Zone));
    }
}
