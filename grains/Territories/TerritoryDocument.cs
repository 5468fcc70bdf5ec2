using System.Collections.Immutable;
using SnpLive.Grains.Agendas;
using SnpLive.Grains.Calls;
using SnpLive.Grains.People;
using SnpLive.Grains.Rules;

namespace SnpLive.Grains.Territories;

/// <summary>A SAS: the département-level service that reaches several territories.</summary>
/// <param name="Id">Such as <c>sas-44</c>.</param>
/// <param name="Name">As shown.</param>
/// <param name="Calls">How it regulates calls here; null: it does not.</param>
[GenerateSerializer, Immutable, Alias("snp.Sas")]
public sealed record Sas([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] CallSettings? Calls = null);

/// <summary>A commune of the territory.</summary>
/// <param name="Code">INSEE code.</param>
/// <param name="Name">Official name.</param>
/// <param name="PostalCode">Postal code (the first, when several).</param>
/// <param name="Population">Inhabitants.</param>
/// <param name="Lat">Approximate latitude, degrees WGS 84.</param>
/// <param name="Lon">Approximate longitude, degrees WGS 84.</param>
[GenerateSerializer, Immutable, Alias("snp.Commune")]
public sealed record Commune(
    [property: Id(0)] string Code, [property: Id(1)] string Name, [property: Id(2)] string PostalCode, [property: Id(3)] int Population,
    [property: Id(4)] double Lat, [property: Id(5)] double Lon);

/// <summary>What an organisation is.</summary>
public enum OrganizationKind
{
    /// <summary>The CPTS itself.</summary>
    Cpts = 0,
    /// <summary>A SAS.</summary>
    Sas = 1,
    /// <summary>A pharmacy.</summary>
    Pharmacy = 2,
    /// <summary>A hospital emergency department.</summary>
    EmergencyDepartment = 3,
    /// <summary>A telesecretariat.</summary>
    TeleSecretariat = 4,
    /// <summary>A practice or group practice.</summary>
    Practice = 5,
    /// <summary>An imaging group.</summary>
    Imaging = 6,
    /// <summary>A laboratory.</summary>
    Laboratory = 7,
}

/// <summary>An organisation.</summary>
/// <param name="Id">Technical id.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">As shown, also as the holder of a hold.</param>
/// <param name="CommuneCode">INSEE code; may lie outside the territory (a hospital); null when none.</param>
/// <param name="Phone">For professionals; null when none.</param>
[GenerateSerializer, Immutable, Alias("snp.Organization")]
public sealed record Organization(
    [property: Id(0)] string Id, [property: Id(1)] OrganizationKind Kind, [property: Id(2)] string Name, [property: Id(3)] string? CommuneCode,
    [property: Id(4)] string? Phone);

/// <summary>A place where patients are seen.</summary>
/// <param name="Id">Technical id.</param>
/// <param name="OrganizationId">Whose it is.</param>
/// <param name="Name">As shown.</param>
/// <param name="Address">Street.</param>
/// <param name="CommuneCode">INSEE code, of this territory.</param>
/// <param name="PostalCode">Postal code.</param>
/// <param name="Phone">Number a patient calls to cancel.</param>
/// <param name="Lat">Approximate latitude, degrees.</param>
/// <param name="Lon">Approximate longitude, degrees.</param>
[GenerateSerializer, Immutable, Alias("snp.Place")]
public sealed record Place(
    [property: Id(0)] string Id, [property: Id(1)] string OrganizationId, [property: Id(2)] string Name, [property: Id(3)] string Address,
    [property: Id(4)] string CommuneCode, [property: Id(5)] string PostalCode, [property: Id(6)] string Phone, [property: Id(7)] double Lat,
    [property: Id(8)] double Lon);

/// <summary>An agenda as the territory lists it.</summary>
/// <param name="Id">Key; letters, digits and hyphens.</param>
/// <param name="PractitionerId">Whose it is: a member's id.</param>
/// <param name="PlaceId">Where.</param>
/// <param name="CareStream">Its stream.</param>
/// <param name="AlsoShownIn">Other CPTS on whose boards it shows.</param>
/// <param name="Templates">Weekly templates.</param>
[GenerateSerializer, Immutable, Alias("snp.AgendaEntry")]
public sealed record AgendaEntry(
    [property: Id(0)] string Id, [property: Id(1)] string PractitionerId, [property: Id(2)] string PlaceId, [property: Id(3)] string CareStream,
    [property: Id(4)] ImmutableArray<string> AlsoShownIn, [property: Id(5)] ImmutableArray<WeeklyTemplate> Templates);

/// <summary>How a territory's people sign in.</summary>
/// <param name="RppsProviderOnly">Who has an RPPS number signs in at the provider only (<see cref="ProviderSignIn"/>); a local account is an exception with a last day.</param>
[GenerateSerializer, Immutable, Alias("snp.SignInRules")]
public sealed record SignInRules([property: Id(0)] bool RppsProviderOnly);

/// <summary>One CPTS: settings, communes, organisations, people, places, agendas, grants. What <c>snp import</c> reads and the territory keeps.</summary>
/// <param name="Id">CPTS id; letters, digits and hyphens.</param>
/// <param name="Name">As shown.</param>
/// <param name="Sas">Its SAS.</param>
/// <param name="Rules">Booking rules.</param>
/// <param name="Communes">Communes.</param>
/// <param name="Organizations">Organisations.</param>
/// <param name="Places">Places.</param>
/// <param name="Professionals">People who sign in or own agendas.</param>
/// <param name="Agendas">Agendas.</param>
/// <param name="Grants">Dated permissions.</param>
/// <param name="Assumptions">What the file assumes, in plain words, for the reader.</param>
[GenerateSerializer, Immutable, Alias("snp.TerritoryDocument")]
public sealed record TerritoryDocument(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] Sas Sas,
    [property: Id(3)] BookingRules Rules,
    [property: Id(4)] ImmutableArray<Commune> Communes,
    [property: Id(5)] ImmutableArray<Organization> Organizations,
    [property: Id(6)] ImmutableArray<Place> Places,
    [property: Id(7)] ImmutableArray<Professional> Professionals,
    [property: Id(8)] ImmutableArray<AgendaEntry> Agendas,
    [property: Id(9)] ImmutableArray<Grant> Grants,
    [property: Id(10)] ImmutableArray<string> Assumptions)
{
    /// <summary>How its people sign in; null: as the server offers.</summary>
    [Id(20)] public SignInRules? SignIn { get; init; }
}
