namespace SnpLive.Web.Sessions;

/// <summary>How long a session lasts. Section <c>Sessions</c>.</summary>
internal sealed record SignInLimits
{
    /// <summary>Ends a session that is not used.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromHours(2);
    /// <summary>Ends every session.</summary>
    public TimeSpan Absolute { get; init; } = TimeSpan.FromHours(12);
    /// <summary>A session used after this time lasts for <see cref="Idle"/> again; sooner, its cookie is not written anew.</summary>
    public TimeSpan RenewAfter { get; init; } = TimeSpan.FromSeconds(5);
    /// <summary>How long a person's roles may be remembered by this node.</summary>
    public TimeSpan ActorCache { get; init; } = TimeSpan.FromSeconds(3);
}
