import type { Role } from "../api/contract";

/** In the order of the picker. */
export const ROLES: readonly Role[] = [
  "regulator",
  "osnp",
  "dispatchAssistant",
  "pharmacist",
  "teleSecretary",
  "emergencyDesk",
  "generalPractitioner",
  "physiotherapist",
  "radiologist",
  "nurse",
  "secretary",
  "coordinator",
];

const REGULATION: readonly Role[] = ["regulator", "osnp", "dispatchAssistant"];

/** Only what the screen proposes: the agenda decides (default deny). */
export const canBook = (role: Role): boolean => role !== "coordinator";

/** Everybody ticks "no vital sign" but regulation, which has asked that question before it looks for a slot (`ReasonRules` decides the same). */
export const ticksVitalSigns = (role: Role): boolean => canBook(role) && !REGULATION.includes(role);

export const actsOnBehalf = (role: Role): boolean => role === "teleSecretary" || role === "secretary";

/** Who may have an agenda; whether there is one, the server tells. */
export const mayOwnAgenda = (role: Role): boolean => !REGULATION.includes(role) && role !== "pharmacist" && role !== "emergencyDesk";

/** Inside the SAS one transfers to the emergency branch; outside one calls 15. */
export const insideSas = (role: Role): boolean => REGULATION.includes(role);
