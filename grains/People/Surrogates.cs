namespace SnpLive.Grains.People;

/// <summary>Names that stand in the log for a patient, whose identity is in the vault alone.</summary>
public static class Surrogates
{
    /// <summary>
    /// A name that nobody has had. It begins with the time (RFC 9562, version 7): four indexes hold it, and grow at their ends instead of all over.
    /// The rest is random, and the time is no more than what the booking's own event tells.
    /// </summary>
    /// <param name="now">UTC.</param>
    public static string New(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");
}
