namespace SnpLive.Grains.Territories.Grants;

/// <summary>Times of changes of grants. Section <c>Grants</c>.</summary>
public sealed class GrantOptions
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromHours(1);

    /// <summary>
    /// When a wake-up hands a change to the agendas, should the process that made it have died before it did: after the commit, and long enough that it is
    /// normally done by then and the wake-up cleared. Default: 20 s.
    /// </summary>
    public TimeSpan SpreadAfter { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Checks the options.</summary>
    /// <exception cref="InvalidOperationException">Names what is wrong.</exception>
    public void Validate()
    {
        if (SpreadAfter < Shortest || SpreadAfter > Longest) throw new InvalidOperationException($"Grants: {nameof(SpreadAfter)} must lie between {Shortest} and {Longest}.");
    }
}
