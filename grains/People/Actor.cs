using System.Collections.Immutable;

namespace SnpLive.Grains.People;

/// <summary>What a person is to the scheme (domain reference §1.2). The value decides rights; it is proven by the session, never sent by a client.</summary>
public enum Role
{
    /// <summary>The system itself: templates, sweeps, imports.</summary>
    System = 0,
    /// <summary>Médecin régulateur of a SAS.</summary>
    Regulator = 1,
    /// <summary>OSNP: unscheduled-care operator of a SAS.</summary>
    Osnp = 2,
    /// <summary>ARM: dispatch assistant of a SAS.</summary>
    DispatchAssistant = 3,
    /// <summary>Community pharmacist.</summary>
    Pharmacist = 4,
    /// <summary>Telesecretary, reachable by professionals only.</summary>
    TeleSecretary = 5,
    /// <summary>Hospital emergency desk.</summary>
    EmergencyDesk = 6,
    /// <summary>General practitioner.</summary>
    GeneralPractitioner = 7,
    /// <summary>Radiologist.</summary>
    Radiologist = 8,
    /// <summary>Physiotherapist.</summary>
    Physiotherapist = 9,
    /// <summary>Nurse.</summary>
    Nurse = 10,
    /// <summary>Midwife.</summary>
    Midwife = 11,
    /// <summary>Medical biologist.</summary>
    MedicalBiologist = 12,
    /// <summary>Coordinator of a CPTS.</summary>
    Coordinator = 13,
    /// <summary>Secretary who acts for named practitioners.</summary>
    Secretary = 14,
}

/// <summary>Who asks, as proven by the session.</summary>
/// <param name="Id">Identity id.</param>
/// <param name="Role">Role in the scheme.</param>
/// <param name="OrganizationId">The organisation the person works for; shown to others as the holder of a hold.</param>
/// <param name="SasId">The SAS, for people of a regulation desk; otherwise null.</param>
/// <param name="Memberships">CPTS ids the person (or their organisation) belongs to or is granted into.</param>
/// <param name="Groups">Named groups, such as <c>imaging-trial</c>.</param>
/// <param name="Agendas">Agendas the person owns or manages by delegation.</param>
[GenerateSerializer, Immutable, Alias("snp.Actor")]
public sealed record Actor(
    [property: Id(0)] string Id,
    [property: Id(1)] Role Role,
    [property: Id(2)] string OrganizationId,
    [property: Id(3)] string? SasId,
    [property: Id(4)] ImmutableArray<string> Memberships,
    [property: Id(5)] ImmutableArray<string> Groups,
    [property: Id(6)] ImmutableArray<string> Agendas)
{
    /// <summary>The system as actor.</summary>
    public static Actor System { get; } = new("system", Role.System, "system", null, [], [], []);
}
