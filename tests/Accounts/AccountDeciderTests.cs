using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using SnpLive.Grains.People;

namespace SnpLive.Tests.Accounts;

/// <summary>One step of a script.</summary>
public sealed record AccountOp(int What, int Wait, int Pick);

public sealed class AccountDeciderTests(ITestOutputHelper output)
{
    private const int Scripts = 2_000;
    private static readonly AccountLimits Limits = new();
    private static readonly DateTimeOffset Start = new(2026, 6, 9, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan[] Waits = [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(20), TimeSpan.FromDays(8)];

    private static AccountState Active(long step = 10) => new()
    {
        Status = AccountStatus.Active, Login = "a@b.fr", TerritoryId = "t", PasswordHash = "hash", SealedSecret = "secret", LastStep = step, Stamp = "s1", RecoveryHashes = ["r1", "r2"],
    };

    private static SignInToAccount SignIn(AccountState state, bool password = true, long? step = 11, string? recovery = null, string session = "x") =>
        new(new(state.Stamp, password, step, recovery), new(session, Start, Start.AddHours(12), "")) { RequestId = Guid.NewGuid(), By = "p" };

    private static AccountAnswer Do(AccountState state, AccountCommand command, DateTimeOffset? now = null) => AccountDecider.Decide(state, command, Limits, now ?? Start);

    [Fact]
    public void A_code_is_good_once_and_so_is_a_recovery_code()
    {
        var first = Do(Active(), SignIn(Active()));
        Assert.Equal(AccountRefusal.None, first.Refusal);
        Assert.Equal(AccountRefusal.ProofWrong, Do(first.State, SignIn(first.State)).Refusal);
        Assert.Equal(AccountRefusal.ProofWrong, Do(first.State, SignIn(first.State, step: 10)).Refusal); // an older one neither
        var recovered = Do(first.State, SignIn(first.State, step: null, recovery: "r2"));
        Assert.Equal((AccountRefusal.None, 1), (recovered.Refusal, recovered.State.RecoveryHashes.Length));
        Assert.Equal(AccountRefusal.ProofWrong, Do(recovered.State, SignIn(recovered.State, step: null, recovery: "r2")).Refusal);
    }

    [Fact]
    public void Wrong_proofs_lock_for_longer_and_longer_and_trying_on_does_not_prolong_it()
    {
        var (state, now) = (Active(), Start);
        for (var i = 0; i < Limits.FailuresBeforeLock; i++) state = Do(state, SignIn(state, password: false), now).State;
        Assert.Equal(now + Limits.FirstLock, state.LockedUntil);
        Assert.Equal(AccountRefusal.ProofWrong, Do(state, SignIn(state), now.AddSeconds(29)).Refusal); // right, and locked
        Assert.Same(state, Do(state, SignIn(state, password: false), now.AddSeconds(29)).State);
        now += Limits.FirstLock;
        state = Do(state, SignIn(state, password: false), now).State;
        Assert.Equal(now + (2 * Limits.FirstLock), state.LockedUntil);
        for (var i = 0; i < 40; i++)
        {
            now = state.LockedUntil!.Value;
            state = Do(state, SignIn(state, password: false), now).State;
        }
        Assert.Equal(now + Limits.LongestLock, state.LockedUntil);
        var opened = Do(state, SignIn(state), state.LockedUntil!.Value);
        Assert.Equal((AccountRefusal.None, 0, (DateTimeOffset?)null), (opened.Refusal, opened.State.Failures, opened.State.LockedUntil));
    }

    [Fact]
    public void A_proof_against_an_older_password_counts_for_nothing()
    {
        var changed = Do(Active(), new ChangePassword(new("s1", true, 11, null), "hash2", "s2", "x") { RequestId = Guid.NewGuid(), By = "p" });
        Assert.Equal(AccountRefusal.None, changed.Refusal);
        var late = Do(changed.State, SignIn(Active(), step: 12));
        Assert.Equal((AccountRefusal.ProofWrong, changed.State), (late.Refusal, late.State));
    }

    [Fact]
    public void A_password_changed_or_a_person_revoked_ends_the_other_sessions()
    {
        var state = Do(Active(), SignIn(Active(), session: "x")).State;
        state = Do(state, SignIn(state, step: 12, session: "y")).State;
        Assert.True(state.Honours("x", "s1") && state.Honours("y", "s1"));
        var changed = Do(state, new ChangePassword(new("s1", true, 13, null), "hash2", "s2", "y") { RequestId = Guid.NewGuid(), By = "p" }).State;
        Assert.False(changed.Honours("x", "s1") || changed.Honours("x", "s2") || changed.Honours("y", "s1"));
        Assert.True(changed.Honours("y", "s2"));
        var revoked = Do(changed, new RevokeAccount("t", "s3") { RequestId = Guid.NewGuid(), By = "c" }).State;
        Assert.False(revoked.Honours("y", "s2") || revoked.Honours("y", "s3"));
        Assert.Equal((AccountStatus.Revoked, null, null), (revoked.Status, revoked.PasswordHash, revoked.SealedSecret));
    }

    [Fact]
    public void An_invitation_ends_what_was_before_and_its_repeat_only_renews_the_link()
    {
        var invite = new InviteAccount("a@b.fr", "t", "h1", Start.AddDays(7), "s2") { RequestId = Guid.NewGuid(), By = "c" };
        var state = Do(Do(Active(), SignIn(Active())).State, invite).State;
        Assert.False(state.Honours("x", "s1"));
        Assert.True(AccountDecider.IsInvitation(state, "h1", Start));
        var again = Do(state, invite with { TokenHash = "h2", Stamp = "s3" });
        Assert.Equal((AccountRefusal.None, "s2"), (again.Refusal, again.State.Stamp));
        Assert.True(AccountDecider.IsInvitation(again.State, "h2", Start));
        Assert.False(AccountDecider.IsInvitation(again.State, "h1", Start));
        Assert.False(AccountDecider.IsInvitation(again.State, "h2", Start.AddDays(7)));
    }

    [Fact]
    public void Whatever_happens_in_whatever_order_nobody_comes_in_who_must_not()
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("SNP_SEED"), CultureInfo.InvariantCulture, out var given) ? given : (ulong)Random.Shared.NextInt64();
        var op = Gen.Choose(0, 999_999).Select(n => new AccountOp(n % 13, n / 13 % Waits.Length, n / 100));
        var config = Config.QuickThrowOnFailure.WithMaxTest(Scripts).WithReplay(new Replay(new Rnd(seed), null)).WithQuietOnSuccess(true);
        var signedIn = 0;
        try { Prop.ForAll(op.ArrayOf().Resize(60).ToArbitrary(), ops => signedIn += Run(ops)).Check(config); }
        catch (Exception failure) { throw new Xunit.Sdk.XunitException($"SNP_SEED={seed} replays this.\n{failure.Message}"); }
        output.WriteLine($"SNP_SEED={seed}: {signedIn} sign-ins.");
        Assert.True(signedIn > Scripts / 2, $"Only {signedIn} sign-ins: the scripts have become senseless.");
    }

    /// <summary>Plays a script on an account and checks each step against what was accepted before.</summary>
    private static int Run(AccountOp[] ops)
    {
        var (state, now, signedIn) = (new AccountState(), Start, 0);
        var (usedSteps, usedRecovery, stamps) = (new HashSet<(string Secret, long Step)>(), new HashSet<string>(), new HashSet<string>());
        var (serial, link, revoked) = (0, "", false);
        string Fresh(string what) => $"{what}{serial++}";
        long Step(int pick) => (now.ToUnixTimeSeconds() / 30) + (pick % 3) - 1;
        AccountOp[] joining = [new(0, 0, 5), new(1, 0, 1), new(3, 0, 1)];
        foreach (var (what, wait, pick) in joining.Concat(ops))
        {
            now += Waits[wait];
            var before = state;
            var proof = new AccountProof(pick % 11 == 0 ? "stale" : state.Stamp, pick % 4 != 0, pick % 5 == 0 ? null : Step(pick), null);
            if (what == 12 && !state.RecoveryHashes.IsEmpty) proof = proof with { Step = null, RecoveryHash = state.RecoveryHashes[0] };
            AccountCommand command = what switch
            {
                0 when pick % 5 == 0 => new InviteAccount("a@b.fr", "t", link = Fresh("link"), now.AddDays(7), Fresh("stamp")) { RequestId = Guid.NewGuid(), By = "c" },
                1 or 2 => new AcceptInvitation(pick % 7 == 0 ? "guess" : link, Fresh("hash"), Fresh("secret")) { RequestId = Guid.NewGuid(), By = "p" },
                3 or 4 or 5 => new ActivateAccount(pick % 7 == 0 ? "guess" : link, pick % 6 == 0 ? null : Step(pick), [Fresh("r"), Fresh("r")], new(Fresh("session"), now, now.AddHours(12), "")) { RequestId = Guid.NewGuid(), By = "p" },
                0 or 6 or 7 or 8 or 12 => new SignInToAccount(proof, new(Fresh("session"), now, now.AddHours(12), "")) { RequestId = Guid.NewGuid(), By = "p" },
                9 => new ChangePassword(proof, Fresh("hash"), Fresh("stamp"), state.Sessions.IsEmpty ? "" : state.Sessions[^1].Id) { RequestId = Guid.NewGuid(), By = "p" },
                10 => new ProposeFactor(proof, Fresh("secret")) { RequestId = Guid.NewGuid(), By = "p" },
                _ => pick % 3 == 0
                    ? new RevokeAccount("t", Fresh("stamp")) { RequestId = Guid.NewGuid(), By = "c" }
                    : new ConfirmFactor(pick % 4 == 0 ? null : Step(pick), [Fresh("r")], Fresh("stamp"), "") { RequestId = Guid.NewGuid(), By = "p" },
            };
            var answer = AccountDecider.Decide(state, command, Limits, now);
            state = answer.State;
            var accepted = answer.Refusal == AccountRefusal.None;
            if (command is RevokeAccount) revoked = true;
            if (command is InviteAccount) revoked = false;
            if (accepted && command is SignInToAccount or ChangePassword or ProposeFactor)
            {
                Assert.True(proof.PasswordRight && proof.Stamp == before.Stamp && before.Status == AccountStatus.Active, "accepted without a right proof");
                Assert.False(before.LockedUntil > now, "accepted while locked");
                if (proof.RecoveryHash is { } recovery) Assert.True(usedRecovery.Add(recovery), "a recovery code twice");
                else Assert.True(usedSteps.Add((before.SealedSecret!, proof.Step!.Value)), "a code twice");
                if (command is SignInToAccount) signedIn++;
            }
            if (accepted && command is ActivateAccount activate)
            {
                Assert.True(activate.TokenHash == link && before.Status == AccountStatus.Invited && now < before.Invitation!.Expires, "activated without a valid link");
                Assert.True(usedSteps.Add((before.ProposedSecret!, activate.Step!.Value)));
            }
            if (accepted && command is ConfirmFactor confirm) usedSteps.Add((before.ProposedSecret!, confirm.Step!.Value));
            if (before.Stamp != state.Stamp) Assert.True(stamps.Add(state.Stamp), "a stamp twice");
            Assert.False(revoked && state.Status != AccountStatus.Revoked, "back after revocation without an invitation");
            Assert.True(state.Status == AccountStatus.Active || state.Sessions.IsEmpty, "a session without an active account");
            Assert.True(state.Sessions.Length <= Limits.MostSessions && state.Done.Length <= Limits.CommandsRemembered);
            var twice = AccountDecider.Decide(state, command, Limits, now);
            if (accepted) Assert.Same(command is InviteAccount ? null : state, command is InviteAccount ? null : twice.State);
        }
        return signedIn;
    }
}
