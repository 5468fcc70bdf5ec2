using SnpLive.Grains.People.Devices;
using SnpLive.Web.Accounts;
using SnpLive.Web.Hosting;

namespace SnpLive.Web.Sessions.Lock;

/// <summary>Shared computers on this web node. Section <c>SharedPc</c>, as <see cref="DeviceLimits"/>.</summary>
internal sealed record SharedPcOptions
{
    /// <summary>A shared computer that nobody touches locks after this time.</summary>
    public TimeSpan LockAfter { get; init; } = TimeSpan.FromMinutes(5);
    /// <summary>Digits of a PIN; all have as many, so that the last one opens without another key.</summary>
    public int PinDigits { get; init; } = 4;
    /// <summary>How long a browser keeps that it is a shared computer.</summary>
    public TimeSpan CookieLasts { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Itself, when it makes sense.</summary>
    /// <exception cref="InvalidOperationException">A PIN would be too short or too long, or a computer locked at once.</exception>
    internal SharedPcOptions Checked() => PinDigits is >= 4 and <= LockApi.MostDigits && LockAfter > TimeSpan.Zero
        ? this
        : throw new InvalidOperationException($"SharedPc: PinDigits must be 4 to {LockApi.MostDigits}, LockAfter positive.");
}

/// <summary>Marks an endpoint that a locked computer may still use: the emergency key.</summary>
internal sealed class OpenWhileLocked;

/// <summary>
/// Shared computers as their grains know them. The browser's cookie holds a random id and opens nothing by itself: it only says in front of which computer somebody is.
/// </summary>
internal sealed class SharedPcs(IGrainFactory grains, TimeProvider time, Clock clock, SignInLimits limits, SharedPcOptions options, HoldRelease holds)
{
    private const string CookieName = "snp-pc";
    private const int IdLength = 43; // 32 bytes, base64url
    private readonly ShortMemory<SharedDeviceState> memory = new(time, limits.ActorCache, key => grains.GetGrain<ISharedDeviceGrain>(key).Get());

    /// <summary>The key of the computer that a request comes from; null: it says none.</summary>
    internal static string? KeyOf(HttpContext context) =>
        context.Request.Cookies.TryGetValue(CookieName, out var id) && id.Length == IdLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? AccountSecrets.HashToken(id)
            : null;

    /// <summary>The computer, some seconds old at most.</summary>
    internal ValueTask<SharedDeviceState> Find(string key) => memory.Find(key);

    /// <summary>Whether a session may do anything: always, unless it was opened on a shared computer that is locked or has somebody else in front of it.</summary>
    internal async ValueTask<bool> Opens(SessionProof proof)
    {
        if (proof.Device is not { } key) return true;
        if ((await memory.Find(key)).IsOpen(proof.SessionId, clock.Now)) return true;
        memory.Forget(key); // unlocked through another node, perhaps
        return (await memory.Find(key)).IsOpen(proof.SessionId, clock.Now);
    }

    /// <summary>Locks when a computer was left: its cookie was not renewed by any use for too long.</summary>
    internal async ValueTask LockIfLeft(SessionProof proof, DateTimeOffset? lastUse)
    {
        if (proof.Device is { } key && lastUse is { } used && time.GetUtcNow() - used > options.LockAfter) await Send(key, new LockDevice(proof.SessionId));
    }

    /// <summary>Puts somebody who signed in fully on the list, when the computer is shared; answers with its key, null when it is not.</summary>
    internal async Task<string?> Join(HttpContext context, SessionProof proof, DateTimeOffset since, string? key = null)
    {
        key ??= KeyOf(context);
        if (key is null) return null;
        var before = await grains.GetGrain<ISharedDeviceGrain>(key).Get();
        if (before.SharedSince is null) return null;
        await Send(key, new JoinShift(proof.ProfessionalId, proof.SessionId, SessionProof.Write(proof.Method), proof.Stamp, since));
        await GiveWay(before, proof.SessionId);
        return key;
    }

    /// <summary>Gives back what the one who stood there before had in hand.</summary>
    internal Task GiveWay(SharedDeviceState before, string nextSession) => before.Last is { } last && last != nextSession ? holds.GiveBack(last) : Task.CompletedTask;

    /// <summary>Gives this browser a random id, when it has none; answers with the key.</summary>
    internal string Mark(HttpContext context)
    {
        if (KeyOf(context) is { } known) return known;
        var id = AccountSecrets.NewToken();
        context.Response.Cookies.Append(CookieName, id, new()
        {
            HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = options.CookieLasts, Path = "/", // lax: it is needed where a provider leads back
        });
        return AccountSecrets.HashToken(id);
    }

    internal void Unmark(HttpContext context) => context.Response.Cookies.Delete(CookieName, new() { Path = "/" });

    /// <summary>Sends a command; this node knows its effect at once.</summary>
    internal async Task<DeviceAnswer> Send(string key, DeviceCommand command)
    {
        try { return await grains.GetGrain<ISharedDeviceGrain>(key).Execute(command); }
        finally { memory.Forget(key); }
    }
}
