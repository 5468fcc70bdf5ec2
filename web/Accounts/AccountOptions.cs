namespace SnpLive.Web.Accounts;

/// <summary>Local accounts on this web node. Section <c>Accounts</c>, as <see cref="Grains.People.AccountLimits"/>.</summary>
internal sealed record AccountOptions
{
    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512 for a password's hash (OWASP's figure of 2023).</summary>
    public int PasswordIterations { get; init; } = 210_000;
    /// <summary>
    /// Rounds for a PIN's hash, by the same hasher: a PIN has ten thousand values, so that its computer's bound on tries protects it and rounds do not; they would only make the counter wait.
    /// </summary>
    public int PinIterations { get; init; } = 20_000;
    /// <summary>How long an invitation's link works.</summary>
    public TimeSpan InvitationLasts { get; init; } = TimeSpan.FromDays(7);
    /// <summary>A refused sign-in is answered no sooner: its time must not tell whether the login exists.</summary>
    public TimeSpan RefusalTakes { get; init; } = TimeSpan.FromMilliseconds(600);
    /// <summary>Tries per login and minute, whether it exists or not.</summary>
    public int TriesPerLogin { get; init; } = 10;
    /// <summary>Tries per address (IPv6: per /64) and minute: a practice behind one address changes shift at once.</summary>
    public int TriesPerAddress { get; init; } = 60;
    /// <summary>How long after a full sign-in one may choose a PIN for shared computers.</summary>
    public TimeSpan PinAfterSignIn { get; init; } = TimeSpan.FromMinutes(10);
    /// <summary>How long a local account may be an exception where RPPS holders sign in at the provider.</summary>
    public TimeSpan LongestException { get; init; } = TimeSpan.FromDays(92);
    /// <summary>How often holds are looked at whose session may have ended elsewhere.</summary>
    public TimeSpan HoldCheck { get; init; } = TimeSpan.FromSeconds(2);
    /// <summary>What the authenticator shows beside the login.</summary>
    public string Issuer { get; init; } = "SnpLive";
}
