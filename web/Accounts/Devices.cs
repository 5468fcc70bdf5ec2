namespace SnpLive.Web.Accounts;

/// <summary>A browser in two words, so that a person recognises their sessions. No version: it would tell more than it helps.</summary>
internal static class Devices
{
    // The first that fits: others name themselves after these.
    private static readonly (string Sign, string Name)[] Browsers = [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    private static readonly (string Sign, string Name)[] Systems = [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    internal static string Of(HttpRequest request)
    {
        var said = request.Headers.UserAgent.ToString();
        var words = new[] { First(Browsers, said), First(Systems, said) }.OfType<string>();
        return string.Join(" · ", words);
    }

    private static string? First((string Sign, string Name)[] list, string said) => list.FirstOrDefault(one => said.Contains(one.Sign, StringComparison.Ordinal)).Name;
}
