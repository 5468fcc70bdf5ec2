using System.Collections.Immutable;

namespace SnpLive.Grains.People;

/// <summary>What somebody did with a patient's data.</summary>
public enum AccessAction
{
    /// <summary>Opened identity or notes.</summary>
    Read = 0,
    /// <summary>Asked whether a patient has a booking.</summary>
    Search = 1,
    /// <summary>Took a copy out.</summary>
    Export = 2,
    /// <summary>Changed an identity.</summary>
    Correct = 3,
    /// <summary>Opened, with a reason, what no grant allows.</summary>
    BreakGlass = 4,
    /// <summary>The log's own: entries older than the retention were removed.</summary>
    Purge = 5,
    /// <summary>Recorded an objection, or took it back.</summary>
    Object = 6,
    /// <summary>Erased a person.</summary>
    Erase = 7,
}

/// <summary>Codes of why data were opened: the screen, or the act.</summary>
public static class AccessWhy
{
    /// <summary>The sheet of a booking.</summary>
    public const string Booking = "booking";
    /// <summary>The sheet of a request.</summary>
    public const string Request = "request";
    /// <summary>The file of a regulated call.</summary>
    public const string Call = "call";
    /// <summary>A booking made in the place of one that was lost: its patient is taken over.</summary>
    public const string Replacement = "replacement";
    /// <summary>The question whether a patient has a booking already.</summary>
    public const string PatientCheck = "patientCheck";
    /// <summary>Break-glass; the reason itself is free text and lies in the vault.</summary>
    public const string BreakGlass = "breakGlass";
    /// <summary>A data officer read the reason of a break-glass.</summary>
    public const string Audit = "audit";
    /// <summary>A person asked what is kept about them.</summary>
    public const string PersonAccess = "personAccess";
    /// <summary>A person asked for a correction.</summary>
    public const string PersonCorrection = "personCorrection";
    /// <summary>A person objects to sharing with their registered GP.</summary>
    public const string PersonObjection = "personObjection";
    /// <summary>A person asked to be erased.</summary>
    public const string PersonErasure = "personErasure";
    /// <summary>A control by the data officer or an authority.</summary>
    public const string PersonControl = "personControl";
    /// <summary>The end of the retention.</summary>
    public const string Retention = "retention";
}

/// <summary>Who is about to see a patient's data, and why. Nothing of the vault opens without one.</summary>
/// <param name="Actor">Who, as proven by the session.</param>
/// <param name="Session">Stands for the session; never a credential.</param>
/// <param name="Action">What is done.</param>
/// <param name="TerritoryId">The tenant it belongs to; empty: it belongs to a SAS as a whole.</param>
/// <param name="SasId">The SAS.</param>
/// <param name="Why">A code of <see cref="AccessWhy"/>.</param>
/// <param name="Object">Id of the booking, request, call or slot at which it was done.</param>
public sealed record AccessReason(Actor Actor, string Session, AccessAction Action, string TerritoryId, string SasId, string Why, string Object);

/// <summary>One entry of the access log. No name of a patient, no free text.</summary>
/// <param name="Seq">1, 2, … without gaps.</param>
/// <param name="At">UTC, to the microsecond.</param>
/// <param name="ActorId">Who.</param>
/// <param name="Role">Their role then.</param>
/// <param name="OrganizationId">Their organisation then.</param>
/// <param name="Session">Stands for the session.</param>
/// <param name="Action">What was done.</param>
/// <param name="Subject">Surrogate of the patient, key of a call's file, or keyed fingerprint of what was searched.</param>
/// <param name="TerritoryId">Tenant; empty: the SAS as a whole.</param>
/// <param name="SasId">SAS.</param>
/// <param name="Why">Code.</param>
/// <param name="Object">Id of what it was done at.</param>
public sealed record AccessEntry(
    long Seq, DateTimeOffset At, string ActorId, Role Role, string OrganizationId, string Session, AccessAction Action, string Subject, string TerritoryId,
    string SasId, string Why, string Object);

/// <summary>Which entries to find; what is null does not matter.</summary>
/// <param name="TerritoryId">Of this tenant.</param>
/// <param name="SasId">Of this SAS.</param>
/// <param name="Subjects">About one of these; default: anybody.</param>
/// <param name="ActorId">By this person.</param>
/// <param name="From">At this instant or later, UTC.</param>
/// <param name="To">Before this instant, UTC.</param>
/// <param name="Before">Below this number: the next page.</param>
/// <param name="Limit">At most so many, the newest first.</param>
/// <param name="Action">What was done.</param>
/// <param name="Territories">Of one of these tenants; default: any.</param>
public sealed record AccessQuery(
    string? TerritoryId, string? SasId, ImmutableArray<string> Subjects, string? ActorId, DateTimeOffset? From, DateTimeOffset? To, long? Before, int Limit,
    AccessAction? Action = null, ImmutableArray<string> Territories = default);

/// <summary>Who read or searched which person's data, when and why: append-only, one chain per database.</summary>
public interface IAccessLog
{
    /// <summary>Makes an entry durable. Whoever shows data awaits it first.</summary>
    /// <exception cref="AccessNotRecordedException">It is not known to be durable: the data must not be shown.</exception>
    Task Record(AccessReason reason, string subject);

    /// <summary>Entries, the newest first.</summary>
    Task<ImmutableArray<AccessEntry>> Find(AccessQuery query);
}

/// <summary>An access could not be recorded, so it did not take place.</summary>
public sealed class AccessNotRecordedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public AccessNotRecordedException() { }
    /// <summary>Creates the exception.</summary>
    public AccessNotRecordedException(string message) : base(message) { }
    /// <summary>Creates the exception.</summary>
    public AccessNotRecordedException(string message, Exception inner) : base(message, inner) { }
}
