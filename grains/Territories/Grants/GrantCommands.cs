using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Territories.Grants;

/// <summary>What is asked about a territory's grants.</summary>
[GenerateSerializer, Immutable, Alias("snp.GrantCommand")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AddGrants), "add")]
[JsonDerivedType(typeof(CorrectGrant), "correct")]
[JsonDerivedType(typeof(EndGrant), "end")]
public abstract record GrantCommand
{
    /// <summary>Made by the caller; a repeat gets the first answer.</summary>
    [Id(0)] public required Guid RequestId { get; init; }
    /// <summary>Who asks, proven.</summary>
    [Id(1)] public required Actor Actor { get; init; }
    /// <summary>Not to be done after this instant, UTC.</summary>
    [Id(2)] public required DateTimeOffset NotAfter { get; init; }
}

/// <summary>What a grant says, but for its action.</summary>
/// <param name="Role">To whom.</param>
/// <param name="CareStream">A stream, <c>imaging</c>, or <c>*</c>.</param>
/// <param name="Condition">A condition.</param>
/// <param name="Group">For <see cref="GrantCondition.InGroup"/>; otherwise null.</param>
/// <param name="Person">For <see cref="GrantCondition.NamedPerson"/>; otherwise null.</param>
/// <param name="ValidFrom">First civil day; null: always.</param>
/// <param name="ValidTo">Last civil day, included; null: for ever.</param>
/// <param name="Source">Where the rule comes from.</param>
[GenerateSerializer, Immutable, Alias("snp.GrantTerms")]
public sealed record GrantTerms(
    [property: Id(0)] Role Role, [property: Id(1)] string CareStream, [property: Id(2)] GrantCondition Condition, [property: Id(3)] string? Group,
    [property: Id(4)] string? Person, [property: Id(5)] DateOnly? ValidFrom, [property: Id(6)] DateOnly? ValidTo, [property: Id(7)] string Source)
{
    /// <summary>The grant of one action.</summary>
    public Grant For(string tenant, GrantAction action) => new(tenant, Role, CareStream, action, Condition, Group, ValidFrom, ValidTo, Source, Person);
}

/// <summary>Gives grants of the same terms, all or none.</summary>
/// <param name="Terms">The terms.</param>
/// <param name="Actions">At least one, each once.</param>
[GenerateSerializer, Immutable, Alias("snp.AddGrants")]
public sealed record AddGrants([property: Id(0)] GrantTerms Terms, [property: Id(1)] ImmutableArray<GrantAction> Actions) : GrantCommand;

/// <summary>Corrects a grant.</summary>
/// <param name="GrantId">Which.</param>
/// <param name="Terms">As it is meant.</param>
/// <param name="Action">As it is meant.</param>
[GenerateSerializer, Immutable, Alias("snp.CorrectGrant")]
public sealed record CorrectGrant([property: Id(0)] string GrantId, [property: Id(1)] GrantTerms Terms, [property: Id(2)] GrantAction Action) : GrantCommand;

/// <summary>Ends a grant.</summary>
/// <param name="GrantId">Which.</param>
/// <param name="LastDay">Its last civil day; null: at once.</param>
[GenerateSerializer, Immutable, Alias("snp.EndGrant")]
public sealed record EndGrant([property: Id(0)] string GrantId, [property: Id(1)] DateOnly? LastDay) : GrantCommand;

/// <summary>What a command came to.</summary>
[GenerateSerializer, Immutable, Alias("snp.GrantAnswer")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(GrantsChanged), "grants-changed")]
[JsonDerivedType(typeof(GrantsRefused), "refused")]
public abstract record GrantAnswer;

/// <summary>Accepted, and in force on every agenda.</summary>
/// <param name="GrantIds">Which grants it was about.</param>
[GenerateSerializer, Immutable, Alias("snp.GrantsChanged")]
public sealed record GrantsChanged([property: Id(0)] ImmutableArray<string> GrantIds) : GrantAnswer;

/// <summary>Refused; changes nothing.</summary>
/// <param name="Code">Why.</param>
/// <param name="GrantId">The grant that is in the way; null: none.</param>
[GenerateSerializer, Immutable, Alias("snp.GrantsRefused")]
public sealed record GrantsRefused([property: Id(0)] GrantRefusal Code, [property: Id(1)] string? GrantId = null) : GrantAnswer;

/// <summary>Why a command about grants was refused. The kebab-case name, after <c>grant-</c>, is the stable code of the HTTP problem.</summary>
public enum GrantRefusal
{
    /// <summary>No grant lets the actor manage grants here.</summary>
    NotAllowed = 0,
    /// <summary>No such grant.</summary>
    Unknown = 1,
    /// <summary>It has ended, or ends by that day anyway.</summary>
    Ended = 2,
    /// <summary>Another grant says the same for some of these days.</summary>
    Overlap = 3,
    /// <summary>The last day lies before the first.</summary>
    EndBeforeBegin = 4,
    /// <summary>The last day lies in the past: what was allowed then was allowed.</summary>
    EndInPast = 5,
    /// <summary>No such role.</summary>
    UnknownRole = 6,
    /// <summary>No such care stream.</summary>
    UnknownStream = 7,
    /// <summary>No such action, or none at all.</summary>
    UnknownAction = 8,
    /// <summary>The condition asks for a group that exists.</summary>
    UnknownGroup = 9,
    /// <summary>The condition asks for a person of that role here.</summary>
    UnknownPerson = 10,
    /// <summary>The action is a right on one's own agenda only.</summary>
    OwnAgendaNeeded = 11,
    /// <summary>Nobody could manage grants any more.</summary>
    LocksOut = 12,
    /// <summary>Too many grants.</summary>
    TooMany = 13,
    /// <summary>The territory does not exist.</summary>
    TerritoryUnknown = 14,
    /// <summary>Arrived after its not-after instant.</summary>
    CommandExpired = 15,
    /// <summary>The request id was used for another command.</summary>
    RequestIdReused = 16,
    /// <summary>Durability is not to be had now.</summary>
    LedgerUnavailable = 17,
    /// <summary>It may have been done: look up by request id.</summary>
    OutcomeUnknown = 18,
}
