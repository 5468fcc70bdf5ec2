namespace SnpLive.Grains.Rules;

/// <summary>Public holidays in France (Code du travail, art. L3133-1; Alsace-Moselle: art. L3134-13).</summary>
public static class FrenchHolidays
{
    /// <summary>Whether the civil day is a public holiday.</summary>
    /// <param name="day">Civil day.</param>
    /// <param name="alsaceMoselle">Whether Good Friday and 26 December count too.</param>
    public static bool Contains(DateOnly day, bool alsaceMoselle) =>
        (day.Month, day.Day) is (1, 1) or (5, 1) or (5, 8) or (7, 14) or (8, 15) or (11, 1) or (11, 11) or (12, 25)
        || (day.DayNumber - Easter(day.Year).DayNumber) is 1 or 39 or 50 // Easter Monday, Ascension, Whit Monday
        || (alsaceMoselle && ((day.Month, day.Day) is (12, 26) || day == Easter(day.Year).AddDays(-2)));

    /// <summary>Easter Sunday of a Gregorian year, by Butcher's method.</summary>
    public static DateOnly Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var (d, e) = (b / 4, b % 4);
        var g = (8 * b + 13) / 25;
        var h = (19 * a + b - d - g + 15) % 30;
        var (i, k) = (c / 4, c % 4);
        var l = (32 + 2 * e + 2 * i - h - k) % 7;
        var m = (a + 11 * h + 22 * l) / 451;
        var n = h + l - 7 * m + 114;
        return new(year, n / 31, n % 31 + 1);
    }
}
