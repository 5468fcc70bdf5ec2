using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;

namespace SnpLive.Grains.People;

/// <inheritdoc cref="IAccountGrain"/>
public sealed class AccountGrain(
    [PersistentState("account", Documents.Storage)] IPersistentState<AccountState> document,
    AccountLimits limits,
    [FromKeyedServices(Clocks.Domain)] TimeProvider time) : DocumentGrain<AccountState>(document), IAccountGrain
{
    /// <inheritdoc/>
    public Task<AccountState> Get() => Task.FromResult(State);

    /// <inheritdoc/>
    public async Task<AccountAnswer> Execute(AccountCommand command)
    {
        var answer = AccountDecider.Decide(State, command, limits, time.GetUtcNow());
        await Keep(answer.State);
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
public sealed class LoginGrain([PersistentState("login", Documents.Storage)] IPersistentState<LoginState> document) : DocumentGrain<LoginState>(document), ILoginGrain
{
    /// <inheritdoc/>
    public Task<string?> Get() => Task.FromResult(State.AccountId);

    /// <inheritdoc/>
    public async Task<string> Claim(string accountId)
    {
        if (State.AccountId is { } owner) return owner;
        await Keep(new() { AccountId = accountId });
        return accountId;
    }

    /// <inheritdoc/>
    public Task Release(string accountId) => State.AccountId == accountId ? Keep(new()) : Task.CompletedTask;
}

/// <summary>What a territory's document of invited people holds.</summary>
[GenerateSerializer, Immutable, Alias("snp.MembersState")]
public sealed record MembersState
{
    /// <summary>In the order they were invited.</summary>
    [Id(0)] public ImmutableArray<Professional> People { get; init; } = [];
}

/// <inheritdoc cref="IMembersGrain"/>
public sealed class MembersGrain([PersistentState("members", Documents.Storage)] IPersistentState<MembersState> document) : DocumentGrain<MembersState>(document), IMembersGrain
{
    /// <inheritdoc/>
    public Task<ImmutableArray<Professional>> List() => Task.FromResult(State.People);

    /// <inheritdoc/>
    public Task Keep(ImmutableArray<Professional> people)
    {
        var next = State.People;
        foreach (var one in people)
        {
            var known = next.FirstOrDefault(other => other.Id == one.Id);
            next = known is null ? next.Add(one) : next.Replace(known, one);
        }
        return Documents.Same(State.People, next) ? Task.CompletedTask : Keep(new MembersState { People = next });
    }

    /// <inheritdoc/>
    public Task Erase() => State.People.IsEmpty ? Task.CompletedTask : Forget();
}
