using System.Collections.Immutable;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;
using SnpLive.Grains.Territories.Grants;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Access;

/// <summary>What becomes of a territory's grants: each refusal once, then random scripts that must keep what must hold.</summary>
public sealed class GrantDeciderTests(ITestOutputHelper output)
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly Actor Coordinator = new("coo", Role.Coordinator, "cpts", null, ["t"], [], []);
    private static readonly Actor Doctor = new("dr", Role.GeneralPractitioner, "msp", null, ["t"], ["essai"], []);
    private static readonly GrantScope Scope = new("t", "sas", Today, [Coordinator, Doctor], ["essai"]);
    private static readonly Grant Manage = new("t", Role.Coordinator, "*", GrantAction.ManageGrants, GrantCondition.None, null, null, null, "fichier");
    private static readonly Grant See = new("t", Role.Pharmacist, "gp", GrantAction.SeeFreeSlots, GrantCondition.None, null, null, null, "fichier");

    private static GrantTerms Terms(
        Role role = Role.Pharmacist, string stream = "physio", GrantCondition condition = GrantCondition.None, string? group = null, string? person = null, int? from = null, int? to = null) =>
        new(role, stream, condition, group, person, Day(from), Day(to), "réunion");

    private static DateOnly? Day(int? offset) => offset is { } days ? Today.AddDays(days) : null;

    private static GrantBook Imported(params Grant[] file) => GrantBook.Empty.After(GrantDecider.Import(GrantBook.Empty, [.. file]), 1, Now);

    private static T Asked<T>(T command, Actor? by = null) where T : GrantCommand => (T)(command with { Actor = by ?? Coordinator });

    private static AddGrants Add(GrantTerms terms, params GrantAction[] actions) => new(terms, [.. actions]) { RequestId = Guid.NewGuid(), Actor = Coordinator, NotAfter = Now.AddSeconds(10) };
    private static CorrectGrant Correct(string id, GrantTerms terms, GrantAction action) => new(id, terms, action) { RequestId = Guid.NewGuid(), Actor = Coordinator, NotAfter = Now.AddSeconds(10) };
    private static EndGrant End(string id, int? last = null) => new(id, Day(last)) { RequestId = Guid.NewGuid(), Actor = Coordinator, NotAfter = Now.AddSeconds(10) };

    private static GrantRefusal? Refused(GrantBook book, GrantCommand command) => (GrantDecider.Decide(book, command, Scope, Now).Answer as GrantsRefused)?.Code;

    [Theory]
    [InlineData(0), InlineData(-20), InlineData(3_601)]
    public void A_wake_up_that_could_not_help_is_no_setting(int seconds) =>
        Assert.Contains("Grants: SpreadAfter", Assert.Throws<InvalidOperationException>(new GrantOptions { SpreadAfter = TimeSpan.FromSeconds(seconds) }.Validate).Message, StringComparison.Ordinal);

    [Fact]
    public void Each_refusal_says_why()
    {
        var book = Imported(Manage, See, See with { CareStream = "biology", ValidFrom = Day(5), ValidTo = Day(9) });
        Assert.Equal(GrantRefusal.NotAllowed, Refused(book, Asked(End("g2"), Doctor)));
        Assert.Equal(GrantRefusal.NotAllowed, Refused(book, Asked(End("g2"), Coordinator with { Memberships = ["u"] })));
        Assert.Equal(GrantRefusal.CommandExpired, Refused(book, End("g2") with { NotAfter = Now.AddSeconds(-1) }));
        Assert.Equal(GrantRefusal.Unknown, Refused(book, End("g9")));
        Assert.Equal(GrantRefusal.EndInPast, Refused(book, End("g2", -1)));
        Assert.Equal(GrantRefusal.EndBeforeBegin, Refused(book, End("g3", 4)));
        Assert.Equal(GrantRefusal.Ended, Refused(book, End("g3", 9)));
        Assert.Equal(GrantRefusal.LocksOut, Refused(book, End("g1")));
        Assert.Equal(GrantRefusal.LocksOut, Refused(book, End("g1", 400)));
        Assert.Equal(GrantRefusal.LocksOut, Refused(book, Correct("g1", Terms(Role.Coordinator, "*", from: 1), GrantAction.ManageGrants)));
        Assert.Equal(GrantRefusal.LocksOut, Refused(book, Correct("g1", Terms(Role.Nurse, "*"), GrantAction.ManageGrants))); // nobody here is one
        Assert.Equal(GrantRefusal.Overlap, Refused(book, Add(Terms(stream: "gp", from: 3), GrantAction.SeeFreeSlots)));
        Assert.Equal(GrantRefusal.Overlap, Refused(book, Add(Terms(stream: "biology", from: 9), GrantAction.SeeFreeSlots)));
        Assert.Null(Refused(book, Add(Terms(stream: "biology", from: 10), GrantAction.SeeFreeSlots)));
        Assert.Equal(GrantRefusal.EndBeforeBegin, Refused(book, Add(Terms(from: 3, to: 2), GrantAction.Hold)));
        Assert.Equal(GrantRefusal.UnknownRole, Refused(book, Add(Terms(Role.System), GrantAction.Hold)));
        Assert.Equal(GrantRefusal.UnknownRole, Refused(book, Add(Terms((Role)99), GrantAction.Hold)));
        Assert.Equal(GrantRefusal.UnknownStream, Refused(book, Add(Terms(stream: "dentist"), GrantAction.Hold)));
        Assert.Equal(GrantRefusal.UnknownAction, Refused(book, Add(Terms(), (GrantAction)99)));
        Assert.Equal(GrantRefusal.UnknownAction, Refused(book, Add(Terms())));
        Assert.Equal(GrantRefusal.UnknownGroup, Refused(book, Add(Terms(condition: GrantCondition.InGroup, group: "nulle-part"), GrantAction.Hold)));
        Assert.Equal(GrantRefusal.UnknownGroup, Refused(book, Add(Terms(group: "essai"), GrantAction.Hold)));
        Assert.Equal(GrantRefusal.UnknownPerson, Refused(book, Add(Terms(condition: GrantCondition.NamedPerson, person: "dr"), GrantAction.Hold))); // no pharmacist
        Assert.Null(Refused(book, Add(Terms(Role.GeneralPractitioner, condition: GrantCondition.NamedPerson, person: "dr"), GrantAction.ReviewBreakGlass)));
        Assert.Equal(GrantRefusal.OwnAgendaNeeded, Refused(book, Add(Terms(), GrantAction.Hold, GrantAction.OpenSlot)));
    }

    [Fact]
    public void A_grant_is_given_corrected_and_ended()
    {
        var book = Imported(Manage, See);
        GrantBook Step(GrantCommand command)
        {
            var decision = GrantDecider.Decide(book, command, Scope, Now);
            Assert.True(decision.Answer is GrantsChanged, decision.Answer.ToString());
            return book = book.After(decision.Events, book.Version + 1, Now);
        }
        Assert.Equal(["g3", "g4"], Step(Add(Terms(from: 1), GrantAction.Hold, GrantAction.Book)).Entries[2..].Select(e => e.GrantId));
        Assert.Equal(Day(2), Step(Correct("g3", Terms(from: 2), GrantAction.Hold)).Find("g3")!.Grant.ValidFrom);
        Assert.Equal(("coo", Now), (book.Find("g3")!.DecidedBy, book.Find("g3")!.DecidedAt));
        Assert.Equal(Day(7), Step(End("g3", 7)).Find("g3")!.Grant.ValidTo);
        Assert.DoesNotContain(Step(End("g2")).Grants, g => g.Role == Role.Pharmacist && g.CareStream == "gp");
        Assert.Equal(GrantRefusal.Ended, Refused(book, End("g2")));
        // The next import of the same file undoes nothing; what leaves the file ends, unless somebody decided otherwise since.
        Assert.Empty(GrantDecider.Import(book, [Manage, See]));
        var other = See with { CareStream = "nursing" };
        Assert.Equal([new GrantLeftFile("g2", true), new GrantAdded("g5", other, "system", true)], GrantDecider.Import(book, [Manage, other]));
        // A second manager may go: the first stays.
        Step(Add(Terms(Role.GeneralPractitioner, "*", GrantCondition.InGroup, "essai"), GrantAction.ManageGrants));
        Assert.Null(Refused(book, End("g1")));
    }

    [Fact]
    public void Random_scripts_keep_what_must_hold()
    {
        var seed = Seeds.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (accepted, refused) = (0, 0);
        for (var script = 0; script < 60; script++)
        {
            var book = Imported(Manage, See);
            List<(ImmutableArray<GrantEvent> Events, DateTimeOffset At)> log = [(GrantDecider.Import(GrantBook.Empty, [Manage, See]), Now)];
            for (var step = 0; step < 40; step++)
            {
                var scope = Scope with { Today = Today.AddDays(step / 4) };
                var at = Now.AddDays(step / 4);
                var before = GrantDecider.ManagedUntil(book, scope);
                var decision = GrantDecider.Decide(book, Draw(random, book) with { NotAfter = at.AddSeconds(1) }, scope, at);
                if (decision.Answer is GrantsRefused)
                {
                    refused++;
                    Assert.Empty(decision.Events);
                    continue;
                }
                if (decision.Events.IsEmpty) continue;
                accepted++;
                log.Add((decision.Events, at));
                book = book.After(decision.Events, book.Version + 1, at);
                Assert.True(GrantDecider.ManagedUntil(book, scope) >= before, $"somebody was locked out at step {step}");
                foreach (var (one, other) in from a in book.Grants.Select((g, i) => (g, i)) from b in book.Grants.Select((g, i) => (g, i)) where a.i < b.i select (a.g, b.g))
                    Assert.False(Says(one) == Says(other) && Days(one).Intersect(Days(other)).Any(), $"{one} and {other} overlap");
                Assert.All(book.Grants, g => Assert.False(g.ValidTo < g.ValidFrom));
            }
            var again = log.Aggregate(GrantBook.Empty, (state, one) => state.After(one.Events, state.Version + 1, one.At));
            Assert.Equal(book.Entries.AsEnumerable(), again.Entries);
        }
        output.WriteLine($"{accepted} accepted, {refused} refused");
        Assert.InRange(accepted, 100, int.MaxValue);
        Assert.InRange(refused, 100, int.MaxValue);
    }

    // Stated apart from the decider: what a grant says, and a window of days on which it does.
    private static string Says(Grant g) => $"{g.Role} {g.CareStream} {g.Action} {g.Condition} {g.Group} {g.Person}";

    private static IEnumerable<int> Days(Grant g) => Enumerable.Range(-30, 90).Where(d => !(g.ValidFrom > Today.AddDays(d)) && !(g.ValidTo < Today.AddDays(d)));

    private static GrantCommand Draw(Random random, GrantBook book)
    {
        int? Offset() => random.Next(3) == 0 ? null : random.Next(-3, 20);
        GrantTerms Any() => random.Next(3) switch
        {
            0 => Terms(Role.Coordinator, "*", from: Offset(), to: Offset()),
            1 => Terms(Role.GeneralPractitioner, "*", GrantCondition.NamedPerson, person: "dr", from: Offset(), to: Offset()),
            _ => Terms(from: Offset(), to: Offset()),
        };
        var action = random.Next(2) == 0 ? GrantAction.ManageGrants : GrantAction.Hold;
        var id = $"g{random.Next(1, book.Count + 2)}";
        return random.Next(3) switch { 0 => Add(Any(), action), 1 => Correct(id, Any(), action), _ => End(id, Offset()) };
    }
}
