using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Tests.Domain;

public sealed class RightsTests
{
    private static readonly DateOnly Today = new(2026, 6, 8);
    private static readonly RightsScope Scope = new("gp-1", Sample.Sas, Sample.Grants);

    private static readonly Dictionary<string, Actor> People = new()
    {
        ["pharmacist"] = Sample.PharmacistA,
        ["pharmacist elsewhere"] = Sample.PharmacistA with { Memberships = ["cpts-other"] },
        ["regulator"] = Sample.Regulator,
        ["regulator elsewhere"] = Sample.Stranger,
        ["regulator without sas"] = Sample.Regulator with { SasId = null, Memberships = [Sample.Cpts] },
        ["osnp"] = Sample.Regulator with { Role = Role.Osnp },
        ["gp"] = Sample.Gp with { Agendas = [] },
        ["gp outside trial"] = Sample.Gp with { Agendas = [], Groups = [] },
        ["gp outside cpts"] = Sample.Gp with { Agendas = [], Memberships = [] },
        ["telesecretary"] = Sample.Secretary,
        ["coordinator"] = Sample.Coordinator,
        ["system"] = Actor.System,
        ["nurse"] = Sample.Gp with { Role = Role.Nurse, Agendas = [] },
        ["emergency desk"] = Sample.PharmacistA with { Role = Role.EmergencyDesk },
    };

    // Who × stream × audience → may see, hold, book (o: only on behalf of somebody).
    [Theory]
    [InlineData("pharmacist", "gp", Audience.Snp | Audience.Cpts, "shb")]
    [InlineData("pharmacist", "gp", Audience.Cpts, "shb")]
    [InlineData("pharmacist", "gp", Audience.Snp, "---")]
    [InlineData("pharmacist", "gp", Audience.Pro, "---")]
    [InlineData("pharmacist", "gp", Audience.Public, "---")]
    [InlineData("pharmacist", "imaging.xray", Audience.Cpts, "---")]
    [InlineData("pharmacist elsewhere", "gp", Audience.Snp | Audience.Cpts, "---")]
    [InlineData("regulator", "gp", Audience.Snp | Audience.Cpts, "shb")]
    [InlineData("regulator", "gp", Audience.Snp, "shb")]
    [InlineData("regulator", "gp", Audience.Cpts, "---")]
    [InlineData("regulator", "gp", Audience.Pro, "---")]
    [InlineData("regulator", "physio", Audience.Snp, "---")]
    [InlineData("regulator elsewhere", "gp", Audience.Snp, "---")]
    [InlineData("regulator without sas", "gp", Audience.Snp | Audience.Cpts, "---")]
    [InlineData("osnp", "gp", Audience.Snp, "---")] // no grant for that role
    [InlineData("gp", "gp", Audience.Snp | Audience.Cpts, "shb")]
    [InlineData("gp", "gp", Audience.Pro, "shb")]
    [InlineData("gp", "gp", Audience.Snp, "---")]
    [InlineData("gp", "imaging.xray", Audience.Cpts, "shb")]
    [InlineData("gp", "imaging.mri", Audience.Pro, "shb")]
    [InlineData("gp", "physio", Audience.Cpts, "---")]
    [InlineData("gp outside trial", "imaging.xray", Audience.Cpts, "---")]
    [InlineData("gp outside trial", "gp", Audience.Cpts, "shb")]
    [InlineData("gp outside cpts", "gp", Audience.Cpts, "---")]
    [InlineData("gp outside cpts", "gp", Audience.Pro, "shb")]
    [InlineData("gp outside cpts", "gp", Audience.Public, "---")]
    [InlineData("telesecretary", "gp", Audience.Cpts, "sho")]
    [InlineData("telesecretary", "imaging.ct", Audience.Cpts, "sho")]
    [InlineData("telesecretary", "gp", Audience.Snp, "---")]
    [InlineData("coordinator", "gp", Audience.Snp | Audience.Cpts | Audience.Pro | Audience.Public, "---")]
    [InlineData("system", "gp", Audience.Snp | Audience.Cpts | Audience.Pro | Audience.Public, "---")]
    [InlineData("nurse", "gp", Audience.Cpts | Audience.Pro, "---")]
    [InlineData("emergency desk", "gp", Audience.Cpts, "---")]
    public void Matrix(string who, string stream, Audience audience, string expected)
    {
        var actor = People[who];
        var actual = new string(
        [
            Rights.MaySee(actor, Scope, stream, audience, Today) ? 's' : '-',
            Rights.MayHold(actor, Scope, stream, audience, Today) ? 'h' : '-',
            Rights.MayBook(actor, Scope, stream, audience, Today, null) switch { Verdict.Allowed => 'b', Verdict.OnBehalfOfRequired => 'o', _ => '-' },
        ]);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Nothing_is_allowed_without_a_grant()
    {
        foreach (var actor in People.Values)
            foreach (var stream in CareStreams.All)
            {
                Assert.False(Rights.MaySee(actor, Scope with { Grants = [] }, stream, (Audience)15, Today));
                Assert.Equal(Verdict.Denied, Rights.MayBook(actor, Scope with { Grants = [] }, stream, (Audience)15, Today, null));
            }
    }

    [Theory]
    [InlineData("2026-06-09", null, false)]
    [InlineData("2026-06-08", null, true)]
    [InlineData(null, "2026-06-08", true)]
    [InlineData(null, "2026-06-07", false)]
    public void A_grant_holds_on_its_first_and_its_last_day(string? from, string? to, bool expected)
    {
        static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var scope = Scope with { Grants = [.. Sample.Grants.Select(g => g with { ValidFrom = Day(from), ValidTo = Day(to) })] };
        Assert.Equal(expected, Rights.MayHold(Sample.PharmacistA, scope, "gp", Audience.Cpts, Today));
    }

    [Fact]
    public void A_grants_day_ends_at_midnight_of_the_territory()
    {
        var until = Sample.Grants.Select(g => g.Role == Role.Pharmacist ? g with { ValidTo = new(2026, 6, 8) } : g);
        var midnight = Sample.Utc("2026-06-08T22:00:00Z");
        var agenda = new Agenda(midnight.AddSeconds(-1), Sample.Definition(rules: Sample.Rules with { Daytime = Sample.Always }) with { Grants = [.. until] });
        var slot = agenda.Open(midnight.AddHours(2), capacity: 2);
        Assert.IsType<HoldGranted>(agenda.Hold(slot));
        agenda.Now = midnight;
        Agenda.Refused(Refusal.NotAllowed, agenda.Hold(slot, Sample.PharmacistB));
    }

    [Theory]
    [InlineData(Role.GeneralPractitioner, Sample.Cpts, "imaging-trial", "imaging.ct", Verdict.Allowed)]
    [InlineData(Role.GeneralPractitioner, Sample.Cpts, "none", "imaging.ct", Verdict.Denied)]
    [InlineData(Role.GeneralPractitioner, Sample.Cpts, "none", "gp", Verdict.Allowed)]
    [InlineData(Role.GeneralPractitioner, "cpts-other", "imaging-trial", "gp", Verdict.Denied)]
    [InlineData(Role.Pharmacist, Sample.Cpts, "none", "gp", Verdict.Allowed)]
    [InlineData(Role.TeleSecretary, Sample.Cpts, "none", "gp", Verdict.Denied)]
    [InlineData(Role.Coordinator, Sample.Cpts, "none", "gp", Verdict.Denied)]
    public void A_telesecretary_books_for_whom_could_book_alone(Role role, string membership, string group, string stream, Verdict expected)
    {
        var named = new OnBehalfOf("somebody", role, [membership], [group]);
        Assert.Equal(expected, Rights.MayBook(Sample.Secretary, Scope, stream, Audience.Cpts, Today, named));
        // Naming somebody gives no right to a person who has none.
        Assert.Equal(Verdict.Denied, Rights.MayBook(Sample.Coordinator, Scope, stream, Audience.Cpts, Today, named));
    }

    [Fact]
    public void Own_agenda_means_own_and_granted()
    {
        bool May(Actor actor, string agenda = "gp-1") => Rights.MayOnOwnAgenda(actor, GrantAction.OpenSlot, Scope with { AgendaId = agenda }, "gp", Today);
        Assert.True(May(Sample.Gp));
        Assert.False(May(Sample.Gp, "gp-9"));
        Assert.False(May(Sample.Gp with { Memberships = [] }));
        Assert.False(May(Sample.PharmacistA with { Agendas = ["gp-1"] }));
        // Owners see their own slots, whoever else may.
        Assert.True(Rights.MaySee(Sample.Gp, Scope, "gp", Audience.Snp, Today));
    }

    [Fact]
    public void A_booking_is_cancelled_by_the_people_concerned_only()
    {
        var booking = Booking(Sample.PharmacistA);
        bool May(Actor actor, Booking b) => Rights.MayCancel(actor, Scope, "gp", b, Today);
        Assert.True(May(Sample.PharmacistA, booking));
        Assert.True(May(Sample.PharmacistA with { Id = "colleague" }, booking));
        Assert.False(May(Sample.PharmacistB, booking));
        Assert.True(May(Sample.Gp, booking));
        Assert.False(May(Sample.Gp with { Agendas = [] }, booking));
        Assert.True(May(Sample.Secretary, booking));
        Assert.False(May(Sample.Secretary with { Memberships = [] }, booking));
        Assert.False(May(Sample.Regulator, booking));
        Assert.True(May(Sample.Regulator, Booking(Sample.Regulator with { Id = "osnp", Role = Role.Osnp, OrganizationId = "sas-44-branch" })));
        Assert.False(May(Sample.Stranger, Booking(Sample.Regulator)));
        Assert.False(May(Sample.Coordinator, booking));
    }

    [Fact]
    public void Equal_view_keys_mean_equal_pictures()
    {
        RightsScope[] scopes = [Scope, new("gp-2", Sample.Sas, Sample.Grants), new("xr-1", Sample.Sas, Sample.Grants)];
        var actors = People.Values.SelectMany(a => new[]
        {
            a, a with { Id = "x", OrganizationId = "y" }, a with { Groups = ["imaging-trial", "chess"] }, a with { Groups = ["chess"] }, a with { Memberships = [] },
            a with { Memberships = ["cpts-other", Sample.Cpts] }, a with { Agendas = ["gp-1"] }, a with { Agendas = ["gp-2", "far-away"] }, a with { SasId = "sas-29" },
        }).ToList();
        string Seen(Actor a) => string.Concat(
            from scope in scopes from stream in CareStreams.All from audience in Enumerable.Range(0, 16)
            select Rights.MaySee(a, scope, stream, (Audience)audience, Today) ? '1' : '0');
        foreach (var view in actors.GroupBy(a => ViewKey.Of(a, "t", scopes)))
            Assert.Single(view.Select(Seen).Distinct());
        // And what no grant asks about makes no view of its own.
        Assert.Equal(ViewKey.Of(Sample.PharmacistA, "t", scopes), ViewKey.Of(Sample.PharmacistB with { Groups = ["chess"], Memberships = [Sample.Cpts, "z"] }, "t", scopes));
    }

    private static Booking Booking(Actor by) => new("gp-1.b1", "gp-1.s1", 1, "s1", by.Id, by.Role, by.OrganizationId, null, "gp-1.r1", Eligibility.Visitor, "M03.14",
        default, default, default, false, AppointmentStatus.Booked, null);
}
