namespace SnpLive.Grains.People.Keys;

/// <summary>What becomes of a territory's keys: pure functions over their state.</summary>
public static class KeyDecider
{
    /// <summary>Decides.</summary>
    /// <param name="state">As it is.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="now">UTC.</param>
    public static KeyAnswer Decide(MachineKeysState state, KeyCommand command, KeyLimits limits, DateTimeOffset now) => command switch
    {
        CreateKey create => Create(state, create, limits, now),
        RevokeKey revoke => Revoke(state, revoke, now),
        _ => throw new NotSupportedException(command.GetType().Name),
    };

    /// <summary>Notes the day of a use; the same state when that is known or there is no such key.</summary>
    public static MachineKeysState Use(MachineKeysState state, string keyId, DateOnly day) =>
        state.Find(keyId) is { } key && (key.LastUsed is not { } last || last < day) ? With(state, key, key with { LastUsed = day }) : state;

    private static KeyAnswer Create(MachineKeysState state, CreateKey create, KeyLimits limits, DateTimeOffset now)
    {
        if (state.Keys.FirstOrDefault(one => one.RequestId == create.RequestId && one.CreatedBy == create.By) is { } made) return MadeAgain(state, made, create);
        if (create.DaysItLasts < 1 || TimeSpan.FromDays(create.DaysItLasts) > limits.LongestLife || create.Scopes.IsEmpty) return new(KeyRefusal.BadLife, null, state);
        if (state.Keys.Count(one => one.Holds(now)) >= limits.MostPerTerritory) return new(KeyRefusal.TooMany, null, state);
        var key = new MachineKey(create.KeyId, create.Name, create.Scopes, create.SecretHash, now, create.By, create.RequestId, now.AddDays(create.DaysItLasts));
        var over = state.Keys.Where(one => !one.Holds(now)).Reverse().Skip(limits.MostShownAfterwards).ToHashSet();
        return new(KeyRefusal.None, key, state with { Keys = [.. state.Keys.Where(one => !over.Contains(one)), key] });
    }

    /// <summary>Repeated because its answer was lost: nobody saw the secret, so that it is replaced; a key that was used or revoked stays as it is.</summary>
    private static KeyAnswer MadeAgain(MachineKeysState state, MachineKey made, CreateKey again)
    {
        if (made.LastUsed is not null || made.RevokedAt is not null) return new(KeyRefusal.None, made, state);
        var key = made with { SecretHash = again.SecretHash };
        return new(KeyRefusal.None, key, With(state, made, key));
    }

    private static KeyAnswer Revoke(MachineKeysState state, RevokeKey revoke, DateTimeOffset now)
    {
        if (state.Find(revoke.KeyId) is not { } key) return new(KeyRefusal.Unknown, null, state);
        if (key.RevokedAt is not null) return new(KeyRefusal.None, key, state);
        var revoked = key with { RevokedAt = now, RevokedBy = revoke.By };
        return new(KeyRefusal.None, revoked, With(state, key, revoked));
    }

    private static MachineKeysState With(MachineKeysState state, MachineKey before, MachineKey after) => state with { Keys = state.Keys.Replace(before, after) };
}
