using SnpLive.Web.Validation;

namespace SnpLive.Tests.Web;

public sealed class ValidationTests
{
    [Theory]
    [InlineData("06 12 34 56 78", "+33612345678")]
    [InlineData("0612345678", "+33612345678")]
    [InlineData("02.40.12.34.56", "+33240123456")]
    [InlineData("+33 6 12 34 56 78", "+33612345678")]
    [InlineData("+33 (0)6 12 34 56 78", "+33612345678")]
    [InlineData("0033612345678", "+33612345678")]
    [InlineData("06\u00A012\u202F34 56 78", "+33612345678")]
    [InlineData("06 39 98 01 02", "+33639980102")]
    [InlineData("0262 12 34 56", "+262262123456")]
    [InlineData("+44 20 7946 0958", "+442079460958")]
    [InlineData("06 12 34 56", null)]
    [InlineData("0812345678", null)]
    [InlineData("06 12 34 56 7a", null)]
    [InlineData("+33 12", null)]
    [InlineData("+0123456789", null)]
    [InlineData("06+12345678", null)]
    [InlineData("", null)]
    public void Phone_numbers_become_international(string typed, string? expected) => Assert.Equal(expected, PhoneNumbers.Normalise(typed));

    [Theory]
    [InlineData("Dupont", true)]
    [InlineData("Le Goff", true)]
    [InlineData("d’Artagnan-Müller", true)]
    [InlineData("N'Guyen", true)]
    [InlineData("Étienne", true)]
    [InlineData("É", true)]
    [InlineData("Jean-Paul Jr.", true)]
    [InlineData("José María", true)]
    [InlineData("R2D2", false)]
    [InlineData("<script>", false)]
    [InlineData("Dupont;", false)]
    [InlineData("--", false)]
    [InlineData("'", false)]
    [InlineData("Dup\u200Bont", false)]
    [InlineData("Dup\u202Eont", false)]
    [InlineData("Dup\u0000ont", false)]
    [InlineData("Dup\nont", false)]
    [InlineData("Dup\uD800ont", false)]
    [InlineData("Z\u0335\u0335\u0335\u0335\u0335algo", false)]
    [InlineData("😀", false)]
    public void Names_are_letters(string typed, bool good)
    {
        var fields = new Fields();
        fields.RequiredName("name", typed);
        Assert.Equal(good, fields.Valid);
    }

    [Fact]
    public void Names_are_kept_in_one_unicode_form_with_plain_spaces()
    {
        Assert.Equal("É", new Fields().RequiredName("name", "E\u0301"));
        Assert.Equal("Le Goff", new Fields().RequiredName("name", "  Le\u00A0Goff "));
    }

    [Theory]
    [InlineData("1899-12-31", false)]
    [InlineData("1900-01-01", true)]
    [InlineData("2026-03-02", true)]
    [InlineData("2026-03-03", false)]
    [InlineData("2026-02-30", false)]
    [InlineData("02/03/2026", false)]
    [InlineData("2026-3-2", false)]
    [InlineData(null, false)]
    public void Birth_dates_lie_between_1900_and_today(string? typed, bool good)
    {
        var fields = new Fields();
        fields.BirthDate("birthDate", typed, new DateOnly(2026, 3, 2));
        Assert.Equal(good, fields.Valid);
    }

    [Theory]
    [InlineData("2026-03-02T11:40:00Z", "2026-03-02T11:40:00Z")]
    [InlineData("2026-03-02T11:40+01:00", "2026-03-02T10:40:00Z")]
    [InlineData("2026-03-02T11:40:00.123Z", "2026-03-02T11:40:00.123Z")]
    [InlineData("2026-03-02T11:40:00", null)]
    [InlineData("2026-03-02", null)]
    [InlineData("0001-01-01T00:00:00+14:00", null)]
    [InlineData("9999-12-31T23:59:59-14:00", null)]
    [InlineData("2026-13-02T11:40:00Z", null)]
    [InlineData("now", null)]
    public void Instants_carry_an_offset(string typed, string? expected) =>
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Instants.Read(typed));

    [Theory]
    [InlineData("44043", true)]
    [InlineData("2A004", true)]
    [InlineData("20004", true)]
    [InlineData("2C004", false)]
    [InlineData("4404", false)]
    [InlineData("４４０４３", false)]
    public void Commune_codes_have_the_form_of_INSEE(string typed, bool good)
    {
        var fields = new Fields();
        fields.Commune("communeCode", typed);
        Assert.Equal(good, fields.Valid);
    }

    [Fact]
    public void Text_has_bounds()
    {
        var fields = new Fields();
        Assert.Equal(new string('a', 500), fields.Text("ok", new string('a', 500), 500));
        fields.Text("long", new string('a', 501), 500);
        fields.Text("short", "abc", 500, 5);
        Assert.Null(fields.Text("blank", "   ", 500));
        Assert.Equal(["long", "short"], fields.Errors.Keys.Order());
    }
}
