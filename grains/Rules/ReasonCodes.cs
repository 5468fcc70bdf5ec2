using System.Collections.Frozen;
using System.Collections.Immutable;

namespace SnpLive.Grains.Rules;

/// <summary>A national reason for a call or a booking.</summary>
/// <param name="Code">Such as <c>M03.14</c>.</param>
/// <param name="Label">Its national French name: reference data, shown as it is.</param>
/// <param name="VitalSign">Leads to the emergency exit only (domain reference §3.5).</param>
public sealed record ReasonCode(string Code, string Label, bool VitalSign = false);

/// <summary>The 52 reasons of the Hub Santé nomenclature (SAMU-Hub-Modeles, August 2026), with the vital signs of domain reference §3.5.</summary>
public static class ReasonCodes
{
    /// <summary>The nomenclature's version, for exports.</summary>
    public const string Nomenclature = "2026-08";

    /// <summary>All reasons, by code.</summary>
    public static ImmutableArray<ReasonCode> All { get; } =
    [
        new("M01.00", "Détresse vitale", VitalSign: true),
        new("M01.01", "Suspicion d’arrêt cardiaque, mort subite", VitalSign: true),
        new("M01.02", "Altération de la conscience", VitalSign: true),
        new("M01.03", "Détresse respiratoire", VitalSign: true),
        new("M02.00", "Blessure"),
        new("M02.01", "Saignements"),
        new("M02.02", "Hémorragie sévère liée à un traumatisme", VitalSign: true),
        new("M02.03", "Hypothermie, gelure, coup de chaleur, insolation"),
        new("M02.04", "Brûlure grave", VitalSign: true),
        new("M02.05", "Brûlure sans critère de gravité"),
        new("M02.06", "Traumatisme bénin, petite plaie, lésion bénigne"),
        new("M02.07", "Traumatisme sérieux, plaie intermédiaire"),
        new("M02.08", "Traumatisme grave, plaie délabrante", VitalSign: true),
        new("M02.09", "Section complète de membre, de doigts", VitalSign: true),
        new("M02.10", "Ecrasement de membre ou du tronc", VitalSign: true),
        new("M03.00", "Problème médical"),
        new("M03.01", "Accouchement imminent ou en cours", VitalSign: true),
        new("M03.02", "Autre problème obstétrique non hémorragique"),
        new("M03.03", "Saignements gynécologiques"),
        new("M03.04", "Saignements obstétricaux"),
        new("M03.05", "Problème gynécologique et uro-génital"),
        new("M03.06", "Douleur thoracique", VitalSign: true),
        new("M03.07", "Problème neurologique hors AVC, épilepsie"),
        new("M03.08", "Signes d’AVC", VitalSign: true),
        new("M03.09", "Malaise sans perte de connaissance initiale"),
        new("M03.10", "Malaise avec perte de connaissance initiale", VitalSign: true),
        new("M03.11", "Céphalée, migraines"),
        new("M03.12", "Gêne respiratoire"),
        new("M03.13", "Autre problème cardio-vasculaire"),
        new("M03.14", "Fièvre, problème infectieux"),
        new("M03.15", "Problème allergique"),
        new("M03.16", "Problème psychiatrique"),
        new("M03.17", "Agitation, anxiété, spasmophilie"),
        new("M03.18", "Saignements"),
        new("M03.19", "Hémorragie sévère", VitalSign: true),
        new("M03.20", "Douleur abdominale isolée"),
        new("M03.21", "Trouble digestif"),
        new("M03.22", "Autre douleur"),
        new("M04.00", "Intoxications"),
        new("M04.01", "Intoxication volontaire et sevrage"),
        new("M04.02", "Intoxication involontaire ou accidentelle à des produits toxiques"),
        new("M04.03", "Ébriété, ivresse"),
        new("M04.04", "Intoxication éthylique aiguë"),
        new("M05.00", "Problème ou détresse sociale"),
        new("M05.01", "Problème social ou sanitaire"),
        new("M05.02", "Altération de l’état général – misère physiologique et incurie"),
        new("M06.00", "Autre type de demande"),
        new("M06.01", "Décès certain, demande de certificat de décès"),
        new("M06.02", "Demande de conseil médical, certificats - ordonnance"),
        new("M06.03", "Personne restant à terre suite à une chute"),
        new("M06.04", "Autres motifs ou pas de motif identifié"),
        new("M07.00", "Non renseigné"),
    ];

    private static readonly FrozenDictionary<string, ReasonCode> ByCode = All.ToFrozenDictionary(r => r.Code, StringComparer.Ordinal);

    /// <summary>The reason, or null when the code is unknown.</summary>
    public static ReasonCode? Find(string code) => ByCode.GetValueOrDefault(code);
}
