using System.Net;
using System.Text.Json.Nodes;
using SnpLive.Tests.Fuzz;
using SnpLive.Tests.Support;

namespace SnpLive.Tests.Access;

/// <summary>
/// Two tenants never see each other: every operation of the contract is tried by every role with every id that the other tenant has, in the address, in the query
/// and in the body. It is refused, in words that do not say whether the id exists, and nothing of the other tenant is in any answer.
/// </summary>
public sealed class TwoTenantsTests(FuzzSite site, ITestOutputHelper output) : IClassFixture<FuzzSite>
{
    private static readonly string[] Roles = ["pha-1", "reg-1", "gp-1", "tel-1", "coo-1"];

    [Fact]
    public async Task Nothing_of_the_other_tenant_is_reached_by_its_ids()
    {
        var contract = await site.Contract();
        var operations = contract.Operations.Where(o => o.Path.StartsWith("/api/", StringComparison.Ordinal) && o.Path is not ("/api/session" or "/api/import" or "/api/identities" or "/api/access-requests/form")).ToArray();
        Assert.Contains(operations, o => o.Path == "/api/access-log");
        var (before, _) = await site.Audit();
        var tried = 0;
        foreach (var role in Roles)
        {
            using var me = await ApiClient.SignIn(site.Address, $"{FuzzSite.Own}-{role}");
            using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = me.Cookies }) { BaseAddress = site.Address };
            await Parallel.ForEachAsync(operations.SelectMany(o => site.ForeignIds.Select(id => (Operation: o, Id: id))), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (one, stop) =>
            {
                foreach (var (address, named) in Addresses(one.Operation, one.Id))
                {
                    using var request = new HttpRequestMessage(new(one.Operation.Method), new Uri(address, UriKind.Relative));
                    if (one.Operation.Body is { } schema) request.Content = Hostile.Json(contract.Fitting(schema, _ => one.Id)!.ToJsonString());
                    using var response = await http.SendAsync(request, stop);
                    var said = await response.Content.ReadAsStringAsync(stop);
                    var what = $"{role}: {one.Operation} with {one.Id} of others as {address}";
                    Interlocked.Increment(ref tried);
                    Assert.True((int)response.StatusCode < 500, $"{what}: {response.StatusCode} {said}");
                    site.Discreet(what, said);
                    if (!response.IsSuccessStatusCode) AssertNeutral(what, said, one.Id);
                    // Where an id names what is asked for, it is refused; elsewhere (a filter, a period) it may simply find nothing.
                    // A machine's address is shut to every person: with keys, KeysOverHttpTests tries the other tenant's.
                    var machines = one.Operation.Path.StartsWith("/api/machines/", StringComparison.Ordinal);
                    if (named) Assert.True((int)response.StatusCode is 400 or 403 or 404 or 422 || (machines && response.StatusCode == HttpStatusCode.Unauthorized), $"{what}: {response.StatusCode} {said}");
                    else AssertNothingOfOthers(what, said);
                }
            });
        }
        output.WriteLine($"{tried:N0} requests");
        var (after, findings) = await site.Audit();
        Assert.Equal((before, ""), (after, findings)); // not one row
    }

    [Fact]
    public async Task An_unknown_id_and_one_of_others_get_the_same_words()
    {
        using var me = await ApiClient.SignIn(site.Address, $"{FuzzSite.Own}-reg-1");
        var booking = site.ForeignIds.First(id => id.Contains(".b", StringComparison.Ordinal));
        foreach (var part in (string[])["", "/access", "/history"])
        {
            var (theirs, nobodys) = (await me.Get($"/api/bookings/{booking}{part}"), await me.Get($"/api/bookings/{booking}999{part}"));
            Assert.Equal((HttpStatusCode.NotFound, theirs.ToString()), (nobodys.Status, nobodys.ToString()));
        }
    }

    private IEnumerable<(string Address, bool Named)> Addresses(Operation operation, string id)
    {
        string Filled(string with) => operation.PathParameters.Aggregate(operation.Path, (path, name) => path.Replace($"{{{name}}}", Uri.EscapeDataString(with), StringComparison.Ordinal));
        if (operation.PathParameters.Count > 0) yield return (Filled(id), true);
        foreach (var name in operation.QueryParameters) yield return ($"{Filled(site.OwnIds[0])}?{name}={Uri.EscapeDataString(id)}", name == "territory" && id == FuzzSite.Foreign);
        if (operation.PathParameters.Count == 0 && operation.QueryParameters.Count == 0) yield return (operation.Path, false);
    }

    private static void AssertNeutral(string what, string said, string id)
    {
        if (said.Length > 0 && said[0] == '{') Assert.False(JsonNode.Parse(said)!["detail"]?.ToString().Contains(id, StringComparison.Ordinal) == true, $"{what}: {said}");
    }

    private static void AssertNothingOfOthers(string what, string said) =>
        Assert.False(said.Contains($"Territoire {FuzzSite.Foreign}", StringComparison.Ordinal) || said.Contains($"\"{FuzzSite.Foreign}-", StringComparison.Ordinal), $"{what}: {said[..Math.Min(said.Length, 400)]}");
}
