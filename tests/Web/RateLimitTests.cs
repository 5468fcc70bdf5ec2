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
    public async Task A_list_of_people_cannot_be_tried_out()
    {
        await using var site = await WebSite.Start("--RateLimits:PatientChecksPerMinute", "5");
        using var curious = await site.SignIn(WebSite.Pharmacist);
        using var other = await site.SignIn("t-pha-2");
        var answers = new List<HttpStatusCode>();
        for (var n = 0; n < 6; n++) answers.Add((await curious.Post("/api/patients/check", SlotContractTests.PatientCheck())).Status);
        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.OK, 5), HttpStatusCode.TooManyRequests], answers);
        Assert.Equal(HttpStatusCode.OK, (await other.Post("/api/patients/check", SlotContractTests.PatientCheck())).Status);
        Assert.Equal(HttpStatusCode.OK, (await curious.Get("/api/session")).Status);
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
