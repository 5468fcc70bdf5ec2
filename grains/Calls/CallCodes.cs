namespace SnpLive.Grains.Calls;

/// <summary>Number that was called (Hub Santé <c>origine</c>, domain reference §3.4).</summary>
public enum CallLine
{
    /// <summary>15.</summary>
    Fifteen = 0,
    /// <summary>116 117.</summary>
    OneOneSix = 1,
    /// <summary>112.</summary>
    OneOneTwo = 2,
    /// <summary>AUTOCOM: passed on by another switch.</summary>
    Autocom = 3,
    /// <summary>PDSSOS: a doctors' on-call association.</summary>
    Pdssos = 4,
    /// <summary>A local number, allowed where it existed when the decree was published; not a national code.</summary>
    Local = 5,
}

/// <summary>Who calls (Hub Santé <c>typeAppelant</c>).</summary>
public enum CallerKind
{
    /// <summary>SUJET: the patient.</summary>
    Subject = 0,
    /// <summary>FAMILLE.</summary>
    Family = 1,
    /// <summary>TIERS.</summary>
    ThirdParty = 2,
    /// <summary>MED: a doctor.</summary>
    Doctor = 3,
    /// <summary>SANTE.PHARMA.</summary>
    Pharmacist = 4,
    /// <summary>SANTE.INF.</summary>
    Nurse = 5,
    /// <summary>SANTE.SF.</summary>
    Midwife = 6,
    /// <summary>AUTRE.</summary>
    Other = 7,
}

/// <summary>Regulation priority (Hub Santé <c>priorite</c>); the order of the values is the order of the queue.</summary>
public enum CallPriority
{
    /// <summary>Vital emergency.</summary>
    P0 = 0,
    /// <summary>Priority.</summary>
    P1 = 1,
    /// <summary>Not urgent: the default.</summary>
    P2 = 2,
    /// <summary>Deferred.</summary>
    P3 = 3,
    /// <summary>NR: not regulated.</summary>
    NotRegulated = 4,
}

/// <summary>Care level (Hub Santé <c>niveauSoin</c>); R3 is unscheduled care.</summary>
public enum CareLevel
{
    /// <summary>Vital, needs SMUR.</summary>
    R1 = 1,
    /// <summary>True emergency.</summary>
    R2 = 2,
    /// <summary>Continuity of care: a delay is no risk.</summary>
    R3 = 3,
    /// <summary>Advice or prescription by phone.</summary>
    R4 = 4,
}

/// <summary>The SAMU's <c>filière</c>, not a CPTS's care stream.</summary>
public enum RegulationStream
{
    /// <summary>Aide médicale urgente.</summary>
    Amu = 0,
    /// <summary>Soins non programmés.</summary>
    Snp = 1,
    /// <summary>Psychiatry.</summary>
    Psy = 2,
    /// <summary>Newborns.</summary>
    Neonat = 3,
}

/// <summary>Communication difficulty (Hub Santé <c>communication</c>).</summary>
public enum Communication
{
    /// <summary>AUCUNE.</summary>
    None = 0,
    /// <summary>MUET.</summary>
    Mute = 1,
    /// <summary>VISION.</summary>
    Vision = 2,
    /// <summary>LANGUE.</summary>
    Language = 3,
    /// <summary>PANIQUE.</summary>
    Panic = 4,
    /// <summary>HOSTILE.</summary>
    Hostile = 5,
    /// <summary>AGITE.</summary>
    Agitated = 6,
    /// <summary>IMPOSS.</summary>
    Impossible = 7,
    /// <summary>AUTRE.</summary>
    Other = 8,
}

/// <summary>How a call ends, or where it goes from a level.</summary>
public enum CallExit
{
    /// <summary>Aide médicale urgente; taken by its own action, from any state.</summary>
    Emergency = 0,
    /// <summary>Medical advice.</summary>
    Advice = 1,
    /// <summary>Prescription by phone.</summary>
    Prescription = 2,
    /// <summary>An appointment: decided by a regulating doctor, executed by anybody of the desk.</summary>
    Appointment = 3,
    /// <summary>Back to the registered GP, the first choice (seed 0).</summary>
    RedirectToGp = 4,
    /// <summary>Taken in charge by a dated protocol.</summary>
    Protocol = 5,
    /// <summary>Not a matter of the SAS.</summary>
    OutOfScope = 6,
    /// <summary>The caller gave up, or is not reached.</summary>
    Abandoned = 7,
    /// <summary>To be called back.</summary>
    CallBack = 8,
}

/// <summary>National decision (Hub Santé <c>typeDecision</c>).</summary>
public enum NationalDecision
{
    /// <summary>CONSEIL.</summary>
    Advice = 0,
    /// <summary>PMT.</summary>
    Prescription = 1,
    /// <summary>INTER: a means is sent.</summary>
    Intervention = 2,
    /// <summary>ORIENT.</summary>
    Referral = 3,
    /// <summary>PASPLUS: no further action.</summary>
    NothingMore = 4,
}

/// <summary>National destination (Hub Santé <c>typeOrientation</c>).</summary>
public enum NationalDestination
{
    /// <summary>URGENCES.</summary>
    Emergencies = 0,
    /// <summary>REA-USI.</summary>
    IntensiveCare = 1,
    /// <summary>SANTE: another health service.</summary>
    HealthService = 2,
    /// <summary>CABINET.</summary>
    Surgery = 3,
    /// <summary>DOMICILE.</summary>
    Home = 4,
    /// <summary>EPHAD.</summary>
    NursingHome = 5,
    /// <summary>AUTRE.</summary>
    Other = 6,
}

/// <summary>Seed 4's question: does this person look after somebody who depends on them? Never blocks anything.</summary>
public enum CaresFor
{
    /// <summary>Not asked: the default.</summary>
    NotAsked = 0,
    /// <summary>Yes.</summary>
    Yes = 1,
    /// <summary>No.</summary>
    No = 2,
    /// <summary>Would not say.</summary>
    Declined = 3,
}

/// <summary>Who answers for the moment (domain reference §3.3).</summary>
public enum Regime
{
    /// <summary>Daytime: unscheduled care.</summary>
    Daytime = 0,
    /// <summary>Outside it: PDSA.</summary>
    OutOfHours = 1,
}

/// <summary>How a centre works with us.</summary>
public enum CentreMode
{
    /// <summary>Files are kept here (the platform of seed 0).</summary>
    File = 0,
    /// <summary>The SAMU's own dispatch software keeps call and legal file; nobody types twice.</summary>
    Companion = 1,
}

/// <summary>Where a call is.</summary>
public enum CallStatus
{
    /// <summary>In its level's queue: the caller on the line, or to be called back.</summary>
    Waiting = 0,
    /// <summary>One operator has it.</summary>
    InHand = 1,
    /// <summary>With the AMU: readable, and never books.</summary>
    Emergency = 2,
    /// <summary>Finished.</summary>
    Closed = 3,
    /// <summary>The same number again: everything of it is in the file that it joined.</summary>
    Joined = 4,
}
