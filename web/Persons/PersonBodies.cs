using System.ComponentModel.DataAnnotations;
using SnpLive.Grains.People;
using SnpLive.Web.Validation;

namespace SnpLive.Web.Persons;

/// <summary>Where and why; every act says it.</summary>
internal record PersonBody
{
    /// <summary>The territory whose data officer asks.</summary>
    [Required] public string? Territory { get; init; }
    /// <summary>access, correction, objection, erasure or control: what the person, or an authority, asked for. Stands in the access log.</summary>
    [Required] public string? Reason { get; init; }
}

/// <summary>Looks for one person. In the body, never in an address.</summary>
internal sealed record PersonSearchBody : PersonBody
{
    /// <summary>Birth name.</summary>
    [Required, MaxLength(Limits.Name)] public string? LastName { get; init; }
    [Required, MaxLength(Limits.Name)] public string? FirstName { get; init; }
    /// <summary>yyyy-MM-dd.</summary>
    [Required] public string? BirthDate { get; init; }
}

/// <summary>The identity as it should be.</summary>
internal sealed record PersonCorrectionBody : PersonBody
{
    /// <summary>Birth name.</summary>
    [Required, MaxLength(Limits.Name)] public string? LastName { get; init; }
    [Required, MaxLength(Limits.Name)] public string? FirstName { get; init; }
    [MaxLength(Limits.Name)] public string? UsedName { get; init; }
    /// <summary>yyyy-MM-dd.</summary>
    [Required] public string? BirthDate { get; init; }
    /// <summary>F, M or I.</summary>
    [Required] public string? Sex { get; init; }
    /// <summary>INSEE code.</summary>
    public string? CommuneCode { get; init; }
    [MaxLength(Limits.Name)] public string? RegisteredGp { get; init; }
}

/// <summary>An objection to sharing with the registered GP.</summary>
internal sealed record PersonObjectionBody : PersonBody
{
    /// <summary>False: taken back.</summary>
    [Required] public bool? Objects { get; init; }
}

/// <summary>The reasons of a data officer.</summary>
internal enum PersonReason
{
    Access,
    Correction,
    Objection,
    Erasure,
    Control,
}

/// <summary>How they are written, and what the access log says.</summary>
internal static class PersonReasons
{
    internal static readonly CodeList<PersonReason> Codes = new(
        [("access", PersonReason.Access), ("correction", PersonReason.Correction), ("objection", PersonReason.Objection), ("erasure", PersonReason.Erasure), ("control", PersonReason.Control)]);

    internal static string Why(PersonReason reason) => reason switch
    {
        PersonReason.Access => AccessWhy.PersonAccess,
        PersonReason.Correction => AccessWhy.PersonCorrection,
        PersonReason.Objection => AccessWhy.PersonObjection,
        PersonReason.Erasure => AccessWhy.PersonErasure,
        _ => AccessWhy.PersonControl,
    };
}
