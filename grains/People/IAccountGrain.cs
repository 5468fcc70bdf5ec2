using System.Collections.Immutable;
using Orleans.Concurrency;

namespace SnpLive.Grains.People;

/// <summary>One person's local account; key: the person's technical id. Also where it stands that a person was revoked, however they sign in.</summary>
[Alias("snp.IAccountGrain")]
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>The account; nobody invited yet: one with nothing in it.</summary>
    [Alias("Get"), ReadOnly] Task<AccountState> Get();

    /// <summary>Decides and keeps what was decided before it answers.</summary>
    [Alias("Execute")] Task<AccountAnswer> Execute(AccountCommand command);
}

/// <summary>Whose login a name is; key: its hash, so that no address stands in a key.</summary>
[Alias("snp.ILoginGrain")]
public interface ILoginGrain : IGrainWithStringKey
{
    /// <summary>The account's id; null when nobody has the name.</summary>
    [Alias("Get"), ReadOnly] Task<string?> Get();

    /// <summary>Takes the name when it is free; answers with whose it is now.</summary>
    [Alias("Claim")] Task<string> Claim(string accountId);

    /// <summary>Gives the name back, when it is this account's.</summary>
    [Alias("Release")] Task Release(string accountId);
}

/// <summary>The people whom a territory invited, beside those of its file; key: the territory's id.</summary>
[Alias("snp.IMembersGrain")]
public interface IMembersGrain : IGrainWithStringKey
{
    /// <summary>In the order they were invited.</summary>
    [Alias("List"), ReadOnly] Task<ImmutableArray<Professional>> List();

    /// <summary>Keeps people; one known by id is replaced.</summary>
    [Alias("Keep")] Task Keep(ImmutableArray<Professional> people);

    /// <summary>Forgets them all: the territory is erased.</summary>
    [Alias("Erase")] Task Erase();
}
