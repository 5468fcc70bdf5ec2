using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;

namespace SnpLive.Grains.People;

/// <inheritdoc cref="IAccountGrain"/>
public sealed class AccountGrain(
    [PersistentState("account", Documents.Storage)] IPersistentState<AccountState> document,
    AccountLimits limits,
    [FromKeyedServices(Clocks.Domain)] TimeProvider time) : Grain, IAccountGrain
{
    /// <inheritdoc/>
    public Task<AccountState> Get() => Task.FromResult(document.State);

    /// <inheritdoc/>
    public async Task<AccountAnswer> Execute(AccountCommand command)
    {
        var before = document.State;
        var answer = AccountDecider.Decide(before, command, limits, time.GetUtcNow());
        if (ReferenceEquals(answer.State, before)) return answer;
        document.State = answer.State;
        try { await document.WriteStateAsync(); }
        catch
        {
            // Whether it was written is not known: the next question reads the truth.
            DeactivateOnIdle();
            throw;
        }
        return answer;
    }
}

/// <summary>What a login's document holds.</summary>
[GenerateSerializer, Immutable, Alias("snp.LoginState")]
public sealed record LoginState
{
    /// <summary>Whose it is; null: nobody's.</summary>
    [Id(0)] public string? AccountId { get; init; }
}

/// <inheritdoc cref="ILoginGrain"/>
public sealed class LoginGrain([PersistentState("login", Documents.Storage)] IPersistentState<LoginState> document) : Grain, ILoginGrain
{
    /// <inheritdoc/>
    public Task<string?> Get() => Task.FromResult(document.State.AccountId);

    /// <inheritdoc/>
    public async Task<string> Claim(string accountId)
    {
        if (document.State.AccountId is { } owner) return owner;
        await Write(accountId);
        return accountId;
    }

    /// <inheritdoc/>
    public Task Release(string accountId) => document.State.AccountId == accountId ? Write(null) : Task.CompletedTask;

    private Task Write(string? accountId)
    {
        document.State = new() { AccountId = accountId };
        return document.WriteStateAsync();
    }
}

/// <summary>What a territory's document of invited people holds.</summary>
[GenerateSerializer, Immutable, Alias("snp.MembersState")]
public sealed record MembersState
{
    /// <summary>In the order they were invited.</summary>
    [Id(0)] public ImmutableArray<Professional> People { get; init; } = [];
}

/// <inheritdoc cref="IMembersGrain"/>
public sealed class MembersGrain([PersistentState("members", Documents.Storage)] IPersistentState<MembersState> document) : Grain, IMembersGrain
{
    /// <inheritdoc/>
    public Task<ImmutableArray<Professional>> List() => Task.FromResult(document.State.People);

    /// <inheritdoc/>
    public async Task Keep(ImmutableArray<Professional> people)
    {
        var next = document.State.People;
        foreach (var one in people)
        {
            var known = next.FirstOrDefault(other => other.Id == one.Id);
            next = known is null ? next.Add(one) : next.Replace(known, one);
        }
        if (Documents.Same(document.State.People, next)) return;
        document.State = new() { People = next };
        await document.WriteStateAsync();
    }

    /// <inheritdoc/>
    public Task Erase() => document.State.People.IsEmpty ? Task.CompletedTask : document.ClearStateAsync();
}
