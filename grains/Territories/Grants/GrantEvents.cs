using System.Text.Json.Serialization;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Territories.Grants;

/// <summary>What happened to a territory's grants. Kept for ever.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(GrantAdded), "grant-added")]
[JsonDerivedType(typeof(GrantCorrected), "grant-corrected")]
[JsonDerivedType(typeof(GrantEnded), "grant-ended")]
[JsonDerivedType(typeof(GrantLeftFile), "grant-left-file")]
public abstract record GrantEvent;

/// <summary>A grant was given.</summary>
/// <param name="GrantId"><c>g{n}</c>.</param>
/// <param name="Grant">The grant.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="FromFile">Whether the territory's file says so.</param>
public sealed record GrantAdded(string GrantId, Grant Grant, string DecidedBy, bool FromFile = false) : GrantEvent;

/// <summary>What was written was not what was meant.</summary>
/// <param name="GrantId">Which.</param>
/// <param name="Grant">As it is meant.</param>
/// <param name="DecidedBy">Who decided.</param>
public sealed record GrantCorrected(string GrantId, Grant Grant, string DecidedBy) : GrantEvent;

/// <summary>A grant ends.</summary>
/// <param name="GrantId">Which.</param>
/// <param name="LastDay">Its last civil day, included; null: it ended at once.</param>
/// <param name="DecidedBy">Who decided.</param>
public sealed record GrantEnded(string GrantId, DateOnly? LastDay, string DecidedBy) : GrantEvent;

/// <summary>The territory's file no longer says so.</summary>
/// <param name="GrantId">Which.</param>
/// <param name="Ended">Whether it ended with it; one that somebody corrected or ended by hand stays as they decided.</param>
public sealed record GrantLeftFile(string GrantId, bool Ended) : GrantEvent;
