using SnpLive.Grains.Calls;
using SnpLive.Grains.People;

namespace SnpLive.Web.Calls;

/// <summary>How the contract writes the closed lists of calls: the national codes (Hub Santé) where there are any.</summary>
internal static class CallCodes
{
    internal static readonly CodeList<CallLine> Lines = new(
        [("15", CallLine.Fifteen), ("116117", CallLine.OneOneSix), ("112", CallLine.OneOneTwo), ("AUTOCOM", CallLine.Autocom), ("PDSSOS", CallLine.Pdssos), ("LOCAL", CallLine.Local)]);

    internal static readonly CodeList<CallerKind> Callers = new(
        [("SUJET", CallerKind.Subject), ("FAMILLE", CallerKind.Family), ("TIERS", CallerKind.ThirdParty), ("MED", CallerKind.Doctor), ("SANTE.PHARMA", CallerKind.Pharmacist),
            ("SANTE.INF", CallerKind.Nurse), ("SANTE.SF", CallerKind.Midwife), ("AUTRE", CallerKind.Other)]);

    internal static readonly CodeList<CallPriority> Priorities = new(
        [("P0", CallPriority.P0), ("P1", CallPriority.P1), ("P2", CallPriority.P2), ("P3", CallPriority.P3), ("NR", CallPriority.NotRegulated)]);

    internal static readonly CodeList<CareLevel> CareLevels = new([("R1", CareLevel.R1), ("R2", CareLevel.R2), ("R3", CareLevel.R3), ("R4", CareLevel.R4)]);

    internal static readonly CodeList<RegulationStream> Streams = new(
        [("AMU", RegulationStream.Amu), ("SNP", RegulationStream.Snp), ("PSY", RegulationStream.Psy), ("NEONAT", RegulationStream.Neonat)]);

    internal static readonly CodeList<Communication> Communications = new(
        [("AUCUNE", Communication.None), ("MUET", Communication.Mute), ("VISION", Communication.Vision), ("LANGUE", Communication.Language), ("PANIQUE", Communication.Panic),
            ("HOSTILE", Communication.Hostile), ("AGITE", Communication.Agitated), ("IMPOSS", Communication.Impossible), ("AUTRE", Communication.Other)]);

    internal static readonly CodeList<CallExit> Exits = new(
        [("emergency", CallExit.Emergency), ("advice", CallExit.Advice), ("prescription", CallExit.Prescription), ("appointment", CallExit.Appointment),
            ("redirectToGp", CallExit.RedirectToGp), ("protocol", CallExit.Protocol), ("outOfScope", CallExit.OutOfScope), ("abandoned", CallExit.Abandoned), ("callBack", CallExit.CallBack)]);

    internal static readonly CodeList<NationalDecision> Decisions = new(
        [("CONSEIL", NationalDecision.Advice), ("PMT", NationalDecision.Prescription), ("INTER", NationalDecision.Intervention), ("ORIENT", NationalDecision.Referral),
            ("PASPLUS", NationalDecision.NothingMore)]);

    internal static readonly CodeList<NationalDestination> Destinations = new(
        [("URGENCES", NationalDestination.Emergencies), ("REA-USI", NationalDestination.IntensiveCare), ("SANTE", NationalDestination.HealthService),
            ("CABINET", NationalDestination.Surgery), ("DOMICILE", NationalDestination.Home), ("EPHAD", NationalDestination.NursingHome), ("AUTRE", NationalDestination.Other)]);

    internal static readonly CodeList<CaresFor> CaresFor = new(
        [("notAsked", Grains.Calls.CaresFor.NotAsked), ("yes", Grains.Calls.CaresFor.Yes), ("no", Grains.Calls.CaresFor.No), ("declined", Grains.Calls.CaresFor.Declined)]);

    internal static readonly CodeList<Regime> Regimes = new([("daytime", Regime.Daytime), ("outOfHours", Regime.OutOfHours)]);

    internal static readonly CodeList<CentreMode> Modes = new([("file", CentreMode.File), ("companion", CentreMode.Companion)]);

    internal static readonly CodeList<PhoneKind> PhoneKinds = new(
        [("ringing", PhoneKind.Ringing), ("answered", PhoneKind.Answered), ("transferred", PhoneKind.Transferred), ("hungUp", PhoneKind.HungUp)]);

    /// <summary>Waiting with nobody on the line is a call to make.</summary>
    internal static string Status(CallStatus status, bool callerOnLine) => status switch
    {
        CallStatus.Waiting => callerOnLine ? "waiting" : "callBack",
        CallStatus.InHand => "inHand",
        CallStatus.Emergency => "emergency",
        _ => "closed",
    };

    internal static string Role(Role role) => Codes.Roles.Write(role);
}
