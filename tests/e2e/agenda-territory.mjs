// A territory whose agendas are sparse and the same at any hour of any day, for the tests of “Mon agenda”.
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const ALL_DAY = Object.fromEntries(DAYS.map((day) => [day, ["00:00", "23:59"]]));
const place = { communeCode: "44043", postalCode: "44190", lat: 47.087, lon: -1.282 };

const doctor = (n, name) => ({ id: `ag-gp-${n}`, name, speciality: "Médecin généraliste", role: "generalPractitioner", organizationId: "ag-msp", memberships: ["agenda"], agendas: [`ag-agenda-${n}`], demo: true });
const agenda = (n, times) => ({ id: `ag-agenda-${n}`, practitionerId: `ag-gp-${n}`, placeId: "ag-place", careStream: "gp", templates: [{ id: "toujours", days: DAYS, times, minutes: 20 }] });

export const AGENDA = { own: "ag-agenda-1", other: "ag-agenda-2" };
export const NAMES = { own: "Dr Agenda Un", other: "Dr Agenda Deux", regulator: "Dr Agenda Régulateur", pharmacist: "Agenda Pharmacien", teleSecretary: "Agenda Télésecrétaire", coordinator: "Agenda Coordinatrice" };

const territory = {
  id: "agenda",
  name: "Territoire des agendas",
  sas: { id: "sas-agenda", name: "SAS des agendas" },
  rules: { timeZone: "Europe/Paris", windowHours: 48, holdMinutes: 3, holdExtensionMinutes: 2, maxHoldsPerPerson: 2, minNoticeMinutes: 0, publishAheadDays: 7, daytime: ALL_DAY },
  communes: [{ code: "44043", name: "Clisson", postalCode: "44190", population: 7452, lat: 47.087, lon: -1.282 }],
  organizations: [
    { id: "ag-sas", kind: "sas", name: "SAS des agendas", communeCode: "44043" },
    { id: "ag-pha", kind: "pharmacy", name: "Pharmacie des Agendas", communeCode: "44043" },
    { id: "ag-msp", kind: "practice", name: "Maison de santé des Agendas", communeCode: "44043" },
    { id: "ag-tel", kind: "teleSecretariat", name: "Télésecrétariat des Agendas", communeCode: "44043" },
  ],
  places: [{ id: "ag-place", organizationId: "ag-msp", name: "Maison de santé des Agendas", address: "1 rue de la Semaine", phone: "02 61 91 00 01", ...place }],
  professionals: [
    { id: "ag-reg", name: NAMES.regulator, role: "regulator", organizationId: "ag-sas", sasId: "sas-agenda", demo: true },
    { id: "ag-pharmacien", name: NAMES.pharmacist, role: "pharmacist", organizationId: "ag-pha", memberships: ["agenda"], demo: true },
    { id: "ag-coo", name: NAMES.coordinator, role: "coordinator", organizationId: "ag-msp", memberships: ["agenda"], demo: true },
    { id: "ag-tele", name: NAMES.teleSecretary, role: "teleSecretary", organizationId: "ag-tel", memberships: ["agenda"], demo: true },
    doctor(1, NAMES.own),
    doctor(2, NAMES.other),
  ],
  agendas: [agenda(1, ["09:00", "09:30", "10:00", "10:30", "11:00"]), agenda(2, ["14:00", "14:30", "15:00", "15:30", "16:00", "16:30"])],
  grants: [
    { roles: ["teleSecretary"], streams: ["gp"], actions: ["seeFreeSlots", "seeOwnBookings", "hold", "book", "cancel"], condition: "onBehalfOf", source: "essai" },
    { roles: ["pharmacist", "regulator", "generalPractitioner"], streams: ["gp"], actions: ["seeFreeSlots", "seeOwnBookings", "hold", "book", "cancel"], source: "essai" },
    { roles: ["generalPractitioner"], streams: ["gp"], actions: ["openSlot", "closeSlot", "recordOutcome"], condition: "ownAgenda", source: "essai" },
  ],
  assumptions: ["Territoire d'essai : peu de créneaux, les mêmes tous les jours."],
};

/** Writes it where the server's import can read it, and names the file. */
export async function territoryFile() {
  const file = join(await mkdtemp(join(tmpdir(), "snp-agenda-")), "territory.json");
  await writeFile(file, JSON.stringify(territory));
  return file;
}
