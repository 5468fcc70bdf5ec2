using SnpLive.Grains.People.Keys;
using SnpLive.Web.Accounts.Keys;

namespace SnpLive.Tests.Accounts.Keys;

public sealed class KeyDeciderTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 9, 8, 0, 0, TimeSpan.Zero);
    private static readonly KeyLimits Limits = new() { LongestLife = TimeSpan.FromDays(30), MostPerTerritory = 2, MostShownAfterwards = 1 };

    private static CreateKey Create(string id, int days = 30, Guid? requestId = null, string hash = "h") =>
        new(id, "Standard", [KeyScope.SlotsRead], hash, days) { RequestId = requestId ?? Guid.NewGuid(), By = "coo" };

    private static KeyAnswer Do(MachineKeysState state, KeyCommand command, int day = 0) => KeyDecider.Decide(state, command, Limits, Start.AddDays(day));

    [Fact]
    public void A_key_ends_by_its_time_or_by_a_hand_and_only_once()
    {
        var made = Do(new(), Create("a"));
        Assert.True(made.Key!.Holds(Start.AddDays(30).AddTicks(-1)));
        Assert.False(made.Key.Holds(Start.AddDays(30)));
        var revoked = Do(made.State, new RevokeKey("a") { RequestId = Guid.NewGuid(), By = "coo2" }, day: 1);
        Assert.Equal((false, "coo2", Start.AddDays(1)), (revoked.Key!.Holds(Start.AddDays(1)), revoked.Key.RevokedBy, revoked.Key.RevokedAt));
        var again = Do(revoked.State, new RevokeKey("a") { RequestId = Guid.NewGuid(), By = "coo3" }, day: 2);
        Assert.Same(revoked.State, again.State);
        Assert.Equal(KeyRefusal.Unknown, Do(revoked.State, new RevokeKey("b") { RequestId = Guid.NewGuid(), By = "coo" }).Refusal);
    }

    [Theory]
    [InlineData(0, KeyRefusal.BadLife)]
    [InlineData(1, KeyRefusal.None)]
    [InlineData(30, KeyRefusal.None)]
    [InlineData(31, KeyRefusal.BadLife)]
    public void None_lasts_for_ever(int days, KeyRefusal refusal) => Assert.Equal(refusal, Do(new(), Create("a", days)).Refusal);

    [Fact]
    public void Only_keys_in_force_count_and_of_the_others_the_last_stay_to_be_seen()
    {
        var state = Do(Do(new(), Create("a", 1)).State, Create("b", 2)).State;
        Assert.Equal((KeyRefusal.TooMany, state), (Do(state, Create("c")).Refusal, Do(state, Create("c")).State));
        state = Do(state, Create("c"), day: 1).State; // a is over
        state = Do(state, Create("d"), day: 2).State; // b is over: of the two that are over one is kept
        Assert.Equal(["b", "c", "d"], state.Keys.Select(one => one.Id));
    }

    [Fact]
    public void A_repeat_renews_the_secret_that_nobody_saw_and_never_one_in_use()
    {
        var request = Guid.NewGuid();
        var made = Do(new(), Create("a", requestId: request, hash: "h1"));
        var again = Do(made.State, Create("b", requestId: request, hash: "h2"));
        Assert.Equal(("a", "h2", 1), (again.Key!.Id, again.Key.SecretHash, again.State.Keys.Length));
        var used = KeyDecider.Use(again.State, "a", new(2026, 6, 9));
        Assert.Same(used, KeyDecider.Use(used, "a", new(2026, 6, 9))); // once a day, and never back
        Assert.Same(used, KeyDecider.Use(used, "a", new(2026, 6, 8)));
        Assert.Equal("h2", Do(used, Create("c", requestId: request, hash: "h3")).Key!.SecretHash);
    }

    [Theory]
    [InlineData("snp_t.k-1.secret", true)]
    [InlineData("snp_t.k-1.", false)]
    [InlineData("snp_t.k-1", false)]
    [InlineData("snp_t..secret", false)]
    [InlineData("snp_../x.k.secret", false)]
    [InlineData("snp_t.k-1.sec.ret", false)]
    [InlineData("t.k-1.secret", false)]
    public void A_key_is_read_whole_or_not_at_all(string text, bool read) => Assert.Equal(read ? text : null, KeyToken.Read(text)?.ToString());
}
