import type { Role } from "../api/contract";

/** In the order of the picker. */
export const ROLES: readonly Role[] = [
  "regulator",
  "osnp",
  "pharmacist",
  "teleSecretary",
  "emergencyDesk",
  "generalPractitioner",
  "physiotherapist",
  "radiologist",
  "nurse",
  "coordinator",
];

const REGULATION: readonly Role[] = ["regulator", "osnp"];
const FACE_TO_FACE: readonly Role[] = ["pharmacist", "emergencyDesk", "generalPractitioner", "physiotherapist", "radiologist", "nurse"];

/** Only what the screen proposes: the agenda decides (default deny). */
export const canBook = (role: Role): boolean => role !== "coordinator";

/** Who has the patient at hand ticks "no vital sign"; regulation and the secretariat come after that question. */
export const ticksVitalSigns = (role: Role): boolean => FACE_TO_FACE.includes(role);

export const actsOnBehalf = (role: Role): boolean => role === "teleSecretary";

/** Who may have an agenda; whether there is one, the server tells. */
export const mayOwnAgenda = (role: Role): boolean => !REGULATION.includes(role) && role !== "pharmacist" && role !== "emergencyDesk";

/** Inside the SAS one transfers to the emergency branch; outside one calls 15. */
export const insideSas = (role: Role): boolean => REGULATION.includes(role);
