using SnpLive.Grains.Agendas;
using SnpLive.Grains.People;

namespace SnpLive.Grains.Rules;

/// <summary>Which reasons may be booked, the last of the three parts of a right (domain reference §2.2, §3.5).</summary>
public static class ReasonRules
{
    /// <summary>Null when the reason may be booked, otherwise why not.</summary>
    /// <param name="careStream">The slot's stream.</param>
    /// <param name="reason">National code.</param>
    /// <param name="role">Who books.</param>
    /// <param name="vitalSignsExcluded">Whether the caller excluded vital signs.</param>
    public static Refusal? Check(string careStream, string reason, Role role, bool vitalSignsExcluded)
    {
        if (ReasonCodes.Find(reason) is not { } known) return Refusal.ReasonNotAllowed;
        // None of our streams is the emergency branch: a vital sign ends in the emergency exit and never in a booking.
        if (known.VitalSign) return Refusal.VitalSign;
        // Nurses may take authorised motives only, and no ARS authorisation is in force yet (domain reference §6.4).
        if (careStream == CareStreams.Nursing) return Refusal.ReasonNotAllowed;
        if (!vitalSignsExcluded && !IsRegulation(role)) return Refusal.VitalSignsNotExcluded;
        return null;
    }

    /// <summary>Roles of a regulation desk: their patients have been regulated before anybody looks for a slot.</summary>
    public static bool IsRegulation(Role role) => role is Role.Regulator or Role.Osnp or Role.DispatchAssistant;
}
