using System.Collections.Immutable;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Tests.Access;

/// <summary>
/// Every cell of role × stream × action × audience × condition × validity edge against a statement of domain reference §2.2 and §2.3 that shares no code with
/// <see cref="Rights"/>: a list of sentences, each of which must be true.
/// </summary>
public sealed class RightsMatrixTests(ITestOutputHelper output)
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly Role[] Roles = [.. Enum.GetValues<Role>()];
    private static readonly string[] Streams = ["gp", "imaging.mri", "physio", "nursing", "biology"];
    private static readonly string[] Granted = ["gp", "imaging", "imaging.mri", "*", "physio"];
    private static readonly Audience[] Audiences = [Audience.None, Audience.Public, Audience.Pro, Audience.Snp, Audience.Cpts, Audience.Snp | Audience.Cpts];
    private static readonly GrantCondition[] Conditions = [.. Enum.GetValues<GrantCondition>()];

    // First and last day of a grant around today, and whether it is in force: it holds on both.
    private static readonly (int? From, int? To, bool InForce)[] Validity = [(null, null, true), (0, null, true), (1, null, false), (null, 0, true), (null, -1, false), (0, 0, true), (-1, 1, true)];

    // What each role is to a slot, in the words of §2.2 and §2.3.
    private static readonly Role[] Desk = [Role.Regulator, Role.Osnp, Role.DispatchAssistant];
    private static readonly Role[] Professionals = [Role.GeneralPractitioner, Role.Radiologist, Role.Physiotherapist, Role.Nurse, Role.Midwife, Role.MedicalBiologist];
    private static readonly Role[] Structures = [Role.Pharmacist, Role.TeleSecretary, Role.EmergencyDesk, Role.Secretary];

    private sealed record Person(bool Member, bool OfSas, bool InGroup, bool Owns);

    private static readonly Person[] People =
        [new(true, true, true, true), new(true, false, false, false), new(false, true, false, false), new(false, false, true, true), new(true, false, true, false), new(true, true, false, true)];

    [Fact]
    public void Every_cell_says_what_the_domain_says()
    {
        var cells = 0;
        foreach (var role in Roles)
        foreach (var stream in Streams)
        foreach (var granted in Granted)
        foreach (var audience in Audiences)
        foreach (var condition in Conditions)
        foreach (var validity in Validity)
        foreach (var person in People)
        {
            var actor = ActorOf(role, person);
            var inForce = validity.InForce && (granted == "*" || granted == stream || (granted == "imaging" && stream == "imaging.mri"));
            foreach (var action in (GrantAction[])[GrantAction.SeeFreeSlots, GrantAction.Hold, GrantAction.Book])
            {
                var scope = Scope(new Grant("t", role, granted, action, condition, condition == GrantCondition.InGroup ? "g" : null, Day(validity.From), Day(validity.To), "essai", condition != GrantCondition.NamedPerson ? null : person.Owns ? "moi" : "autre"));
                var met = inForce && Enters(role, audience, person);
                var expected = condition switch
                {
                    GrantCondition.None => met,
                    GrantCondition.InGroup => met && person.InGroup,
                    GrantCondition.OwnAgenda => met && person.Owns,
                    GrantCondition.NamedPerson => met && person.Owns, // named below where they own, somebody else where they do not
                    _ => met && action != GrantAction.Book, // on behalf of: named at the booking, not before
                };
                // One's own agenda is seen whatever its audience, by any grant on it.
                var own = action == GrantAction.SeeFreeSlots && condition == GrantCondition.OwnAgenda && inForce && person is { Owns: true, Member: true };
                var actual = action switch
                {
                    GrantAction.SeeFreeSlots => Rights.MaySee(actor, scope, stream, audience, Today),
                    GrantAction.Hold => Rights.MayHold(actor, scope, stream, audience, Today),
                    _ => Rights.MayBook(actor, scope, stream, audience, Today, null) == Verdict.Allowed,
                };
                if (actual != (expected || own)) Assert.Fail($"{role} {stream} under {granted} {action} {audience} {condition} {validity} {person}: {actual}");
                // A grant of another role, or none, allows nothing.
                var other = Scope(new Grant("t", role == Role.Nurse ? Role.Midwife : Role.Nurse, granted, action, GrantCondition.None, null, null, null, "essai"));
                if (Rights.MaySee(actor, other, stream, audience, Today) || Rights.MayHold(actor, other, stream, audience, Today)) Assert.Fail($"{role} by another's grant");
                cells++;
            }
        }
        output.WriteLine($"{cells:N0} cells");
        Assert.InRange(cells, 100_000, int.MaxValue);
    }

    [Fact]
    public void The_data_officer_is_who_a_grant_names_and_nobody_else()
    {
        foreach (var role in Roles)
        foreach (var granted in Roles)
        foreach (var condition in Conditions)
        foreach (var validity in Validity)
        foreach (var person in People)
        {
            ImmutableArray<Grant> grants = [new("t", granted, "*", GrantAction.ReadAudit, condition, condition == GrantCondition.InGroup ? "g" : null, Day(validity.From), Day(validity.To), "essai")];
            var expected = role == granted && validity.InForce && (person.Member || person.OfSas)
                && (condition == GrantCondition.None || (condition == GrantCondition.InGroup && person.InGroup));
            Assert.Equal(expected, Rights.MayReadAudit(ActorOf(role, person), "t", "sas", grants, Today));
            Assert.Equal(expected, Rights.MayManageGrants(ActorOf(role, person), "t", "sas", [.. grants.Select(g => g with { Action = GrantAction.ManageGrants })], Today));
            Assert.Equal(condition == GrantCondition.NamedPerson ? role == granted && validity.InForce && (person.Member || person.OfSas) : expected,
                Rights.MayReviewBreakGlass(ActorOf(role, person), "t", "sas", [.. grants.Select(g => g with { Action = GrantAction.ReviewBreakGlass, Person = "moi" })], Today));
            Assert.False(Rights.MayReadAudit(ActorOf(role, person), "t", "sas", [.. grants.Select(g => g with { Action = GrantAction.SeeIndicators })], Today));
            Assert.False(Rights.MayReadAudit(ActorOf(role, person), "u", "sas", grants, Today));
        }
    }

    [Fact]
    public void Who_sees_a_patient_and_who_may_break_the_glass()
    {
        var cells = 0;
        foreach (var role in Roles)
        foreach (var bookedBy in Roles)
        foreach (var person in People)
        foreach (var ownOrganization in (bool[])[true, false])
        foreach (var onBehalf in (bool[])[true, false])
        foreach (var validity in Validity)
        foreach (var withGrant in (bool[])[true, false])
        foreach (var named in (string?[])[null, "moi", "autre"])
        {
            var actor = ActorOf(role, person) with { OrganizationId = ownOrganization ? "o" : "elsewhere" };
            var glass = new Grant("t", role, "*", GrantAction.BreakGlass, named is null ? GrantCondition.None : GrantCondition.NamedPerson, null, Day(validity.From), Day(validity.To), "essai", named);
            var scope = withGrant
                ? Scope(new Grant("t", role, "gp", GrantAction.SeeOwnBookings, GrantCondition.None, null, Day(validity.From), Day(validity.To), "essai"), glass)
                : Scope(glass with { Role = role == Role.Nurse ? Role.Midwife : Role.Nurse });
            var booking = BookingOf(bookedBy, onBehalf ? actor.Id : null);
            var granted = withGrant && validity.InForce;
            var expected = onBehalf
                || (granted && ownOrganization)
                || (granted && role == Role.TeleSecretary && person.Member)
                || (granted && role == Role.Regulator && person.OfSas && Desk.Contains(bookedBy));
            Assert.Equal(expected, Rights.MaySeeBooking(actor, scope, "gp", booking, Today));
            Assert.Equal(granted && (person.OfSas || person.Member) && named != "autre" && !expected, Rights.MayBreakGlass(actor, scope, "gp", booking, Today));
            cells++;
        }
        output.WriteLine($"{cells:N0} cells");
    }

    /// <summary>§2.3: SNP is for regulators and OSNP of the SAS, CPTS for members, PRO for health professionals; PUBLIC opens to nobody here.</summary>
    private static bool Enters(Role role, Audience audience, Person person)
    {
        if (Desk.Contains(role)) return audience.HasFlag(Audience.Snp) && person.OfSas;
        if (Structures.Contains(role)) return audience.HasFlag(Audience.Cpts) && person.Member;
        if (Professionals.Contains(role)) return audience.HasFlag(Audience.Pro) || (audience.HasFlag(Audience.Cpts) && person.Member);
        return false; // the system books nothing, coordinators see counts only
    }

    private static Actor ActorOf(Role role, Person person) => new(
        "moi", role, "o", person.OfSas ? "sas" : null, person.Member ? ["t"] : ["u"], person.InGroup ? ["g"] : [], person.Owns ? ["t-agenda-1"] : []);

    private static RightsScope Scope(params Grant[] grants) => new("t-agenda-1", "sas", [.. grants]);

    private static DateOnly? Day(int? offset) => offset is { } days ? Today.AddDays(days) : null;

    private static Booking BookingOf(Role by, string? onBehalf) => new(
        "t-agenda-1.b1", "t-agenda-1.s1", 1, "p", "other", by, "o", onBehalf, "r", Eligibility.NoRegisteredGp, "M03.14", default, default, default, false,
        AppointmentStatus.Booked, null);
}
