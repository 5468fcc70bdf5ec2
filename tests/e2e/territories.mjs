// Territory files made from territory.json, for what a test needs more of.
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BASE = new URL("territory.json", import.meta.url);

const COMMUNES = [
  { code: "44212", name: "Vallet", postalCode: "44330", population: 9292, lat: 47.161, lon: -1.266 },
  { code: "44117", name: "Le Pallet", postalCode: "44330", population: 3286, lat: 47.139, lon: -1.334 },
];

/** The same territory under other names (`prefix` for "essai"), changed by `change`, in a file of its own. */
async function write(prefix, name, change) {
  const words = { essai: prefix, Essai: name, "d'essai": `de ${name}` };
  const text = (await readFile(BASE, "utf8")).replace(/d'essai|essai|Essai/g, (word) => words[word]);
  const territory = JSON.parse(text);
  change(territory);
  const file = join(await mkdtemp(join(tmpdir(), "snp-e2e-territory-")), `${prefix}.json`);
  await writeFile(file, JSON.stringify(territory));
  return { file, id: territory.id };
}

/** Two communes 8 km apart, each with its practice; holds as short as the rules allow. */
export const twoPlaces = () =>
  write("vigne", "Vigne", (territory) => {
    territory.rules.holdMinutes = 2;
    territory.communes.push(...COMMUNES);
    const vallet = { ...territory.places[0], id: "vigne-vallet", name: "Cabinet de Vallet", communeCode: "44212", postalCode: "44330", lat: 47.161, lon: -1.266 };
    territory.places.push(vallet);
    territory.agendas[1].placeId = vallet.id;
  });

/** Few slots, at any hour of any day: for what takes its time over each of them. */
export const sparse = () =>
  write("landes", "Landes", (territory) => {
    for (const [n, agenda] of territory.agendas.entries()) agenda.templates[0].times = Array.from({ length: 11 }, (_, hour) => `${two(2 * hour + n)}:30`);
  });

/** More than 10,000 slots at any hour: agendas that offer five minutes all day long, for four whole days at least. */
export const crowded = () =>
  write("foule", "Foule", (territory) => {
    Object.assign(territory.rules, { publishAheadDays: 5, maxHoldsPerPerson: 5 });
    const times = Array.from({ length: 287 }, (_, n) => `${two(Math.floor(n / 12))}:${two((n % 12) * 5)}`);
    const [agenda] = territory.agendas;
    const [template] = agenda.templates;
    const gp = territory.professionals.find(({ agendas }) => agendas?.includes(agenda.id));
    territory.professionals = territory.professionals.filter(({ role }) => role !== "generalPractitioner");
    territory.agendas = [];
    for (let n = 1; n <= 9; n++) {
      const id = `foule-agenda-${n}`;
      territory.professionals.push({ ...gp, id: `foule-gp-${n}`, name: `Dr Foule ${n}`, agendas: [id], demo: false });
      territory.agendas.push({ ...agenda, id, practitionerId: `foule-gp-${n}`, templates: [{ ...template, times, minutes: 5 }] });
    }
    const pharmacist = territory.professionals.find(({ role }) => role === "pharmacist");
    for (let n = 1; n < 10; n++) territory.professionals.push({ ...pharmacist, id: `foule-pharmacien-${n}`, name: `Foule Pharmacien ${n}` });
  });

const two = (n) => String(n).padStart(2, "0");

/** Somebody known by an RPPS number, and the number of somebody who is not. */
export const known = async () => {
  const [gp, stranger] = ["10000000016", "10000000024"].map(withKey);
  const territory = await write("connu", "Connu", ({ professionals }) => void Object.assign(professionals.find(({ role }) => role === "generalPractitioner"), { rpps: gp, demo: false }));
  return { ...territory, people: { gp, stranger } };
};

/** Ten digits and their Luhn key. */
function withKey(number) {
  const digits = number.slice(0, 10);
  const sum = [...digits].reverse().reduce((total, digit, n) => total + (n % 2 === 0 ? ((2 * digit) % 10) + Math.floor((2 * digit) / 10) : Number(digit)), 0);
  return digits + ((10 - (sum % 10)) % 10);
}

/** With a call centre open round the clock, in the pilot's order, and somebody at each of its levels. */
export const callCentre = (prefix = "appels", name = "Appels", mode = "file") =>
  write(prefix, name, (territory) => {
    const exits = ["advice", "appointment", "redirectToGp", "outOfScope", "abandoned", "callBack"];
    const level = (id, name, role, transferTo) => ({ id, name, roles: [role], targetSeconds: 30, transferTo, exits });
    territory.sas.calls = {
      mode, timeZone: "Europe/Paris", windowHours: 48, daytime: territory.rules.daytime, repeatMinutes: 60, shortAbandonSeconds: 15, callsPerHour: 8, callsPerHourAlert: 9,
      flows: [{
        id: "pilote", source: "essai",
        levels: [level("osnp", "OSNP", "osnp", ["arm", "regulation"]), level("arm", "ARM", "dispatchAssistant", ["osnp", "regulation"]), level("regulation", "Médecin régulateur", "regulator", ["osnp", "arm"])],
      }],
    };
    const regulator = territory.professionals.find(({ role }) => role === "regulator");
    territory.professionals.push({ ...regulator, id: `${prefix}-osnp`, name: `${name} Osnp`, role: "osnp" }, { ...regulator, id: `${prefix}-arm`, name: `${name} Arm`, role: "dispatchAssistant" });
    territory.grants.find(({ roles }) => roles.includes("regulator")).roles.push("osnp", "dispatchAssistant");
  });
