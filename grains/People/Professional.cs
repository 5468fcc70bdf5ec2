using System.Collections.Immutable;

namespace SnpLive.Grains.People;

/// <summary>A person who signs in: identity, role, memberships. Kept as a document.</summary>
/// <param name="Id">Technical id, unique; stable.</param>
/// <param name="Rpps">National number, 11 digits with a valid Luhn key; null for people without one.</param>
/// <param name="Name">Name as shown to colleagues.</param>
/// <param name="Speciality">Speciality in plain French; null when it does not apply.</param>
/// <param name="Role">Role in the scheme.</param>
/// <param name="OrganizationId">The organisation.</param>
/// <param name="SasId">The SAS, for people of a regulation desk.</param>
/// <param name="Memberships">CPTS ids.</param>
/// <param name="Groups">Named groups.</param>
/// <param name="Agendas">Agendas owned or managed.</param>
/// <param name="Demo">Offered as a demonstration identity.</param>
[GenerateSerializer, Immutable, Alias("snp.Professional")]
public sealed record Professional(
    [property: Id(0)] string Id,
    [property: Id(1)] string? Rpps,
    [property: Id(2)] string Name,
    [property: Id(3)] string? Speciality,
    [property: Id(4)] Role Role,
    [property: Id(5)] string OrganizationId,
    [property: Id(6)] string? SasId,
    [property: Id(7)] ImmutableArray<string> Memberships,
    [property: Id(8)] ImmutableArray<string> Groups,
    [property: Id(9)] ImmutableArray<string> Agendas,
    [property: Id(10)] bool Demo)
{
    /// <summary>The person as an actor.</summary>
    public Actor ToActor() => new(Id, Role, OrganizationId, SasId, Memberships, Groups, Agendas);
}

/// <summary>One person: memberships, roles.</summary>
[Alias("snp.IProfessionalGrain")]
public interface IProfessionalGrain : IGrainWithStringKey
{
    /// <summary>The person, or null when unknown.</summary>
    [Alias("Get")] Task<Professional?> Get();

    /// <summary>Keeps the person; false, and nothing written, when nothing changed.</summary>
    [Alias("Put")] Task<bool> Put(Professional professional);

    /// <summary>Forgets the person: from now on nobody, whoever still has a session.</summary>
    [Alias("Erase")] Task Erase();
}
