using System.Net;

namespace SnpLive.Tests.Web;

public sealed class RateLimitTests
{
    [Fact]
    public async Task A_loop_is_slowed_and_others_are_not()
    {
        await using var site = await WebSite.Start("--RateLimits:Burst", "30", "--RateLimits:PerSecond", "10");
        using var loop = await site.SignIn(WebSite.Pharmacist);
        using var other = await site.SignIn(WebSite.Doctor);
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => loop.Get("/api/session")));
        Assert.Contains(answers, one => one is { Status: HttpStatusCode.TooManyRequests, Code: "too-many-requests" });
        Assert.DoesNotContain(answers, one => (int)one.Status >= 500);
        Assert.Equal(HttpStatusCode.OK, (await other.Get("/api/session")).Status);
    }

    [Fact]
    public async Task A_race_of_200_is_not_hindered()
    {
        await using var site = await WebSite.Start();
        using var one = await site.SignIn(WebSite.Pharmacist);
        using var two = await site.SignIn(WebSite.Doctor);
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => (n % 2 == 0 ? one : two).Hold(WebSite.Slot)));
        Assert.DoesNotContain(answers, answer => answer.Status == HttpStatusCode.TooManyRequests);
    }
}
