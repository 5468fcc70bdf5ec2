using System.Net;
using SnpLive.Web.Accounts;

namespace SnpLive.Tests.Accounts;

public sealed class SignInGateTests
{
    [Fact]
    public void A_login_may_be_tried_so_often_from_anywhere()
    {
        using var gate = new SignInGate(new() { TriesPerLogin = 3 });
        Assert.Equal(3, Enumerable.Range(1, 10).Count(n => gate.Admits(IPAddress.Parse($"192.0.2.{n}"), "a")));
        Assert.True(gate.Admits(IPAddress.Parse("192.0.2.1"), "b"));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", "192.0.2.2")]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", "2001:db8:0:2::1")]
    public void An_address_may_try_so_often_whatever_the_login(string one, string same, string other)
    {
        using var gate = new SignInGate(new() { TriesPerAddress = 4 });
        Assert.Equal(4, Enumerable.Range(1, 10).Count(n => gate.Admits(IPAddress.Parse(n % 2 == 0 ? one : same), $"login {n}")));
        Assert.True(gate.Admits(IPAddress.Parse(other), "login"));
    }
}
