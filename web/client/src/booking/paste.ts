import type { Commune, Eligibility, Sex } from "../api/contract";
import { fold } from "../board/filters";
import type { Draft } from "./draft";
import { b } from "./messages";
import { type Cell, LABELS, readBirth, readCivility, readPhone, readSex } from "./pasteCells";

export interface Pasted {
  fields: Partial<Draft>;
  /** What was read but not taken, and what was not understood, in plain words for the person. */
  told: string[];
}

type Found = { fields: Partial<Draft>; told: string[]; names: string[]; commune: { postal: string; name: string } };

/**
 * Reads one line from pharmacy or dispatch software: cells in any order, with or without labels. Each cell is recognised by its form; what
 * remains in letters is birth name, then first name (the order of the INS traits). Nothing is guessed silently.
 */
export function readPasted(text: string, communes: readonly Commune[], today: number): Pasted {
  const found: Found = { fields: {}, told: [], names: [], commune: { postal: "", name: "" } };
  const cells = cellsOf(text);
  cells.forEach((cell, index) => take(cell, cells, index, found, communes, today));
  takeNames(found);
  takeCommune(found, communes);
  return { fields: found.fields, told: [...new Set(found.told)] };
}

/** Whether a pasted text is worth reading as a patient rather than as the content of one field. */
export const looksLikePatient = ({ fields }: Pasted): boolean => Object.keys(fields).length >= 3;

// Dates, numbers and labels end a cell even where the software wrote only spaces.
const NIR = /(?<!\d)[12] ?\d\d ?(?:0\d|1[0-2]|[2-9]\d) ?(?:\d\d|2[AB]) ?\d{3} ?\d{3}(?: ?\d\d)?(?!\d)/gi;
const PHONE = /(?<![\d+])(?:(?:\+|00)33 ?(?:\(0\) ?)?|0)[1-9](?:[ .-]?\d\d){4}(?!\d)/g;
const DATE = /(?<!\d)(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}\/\d{1,2}\/\d\d|\d{4}-\d\d-\d\d)(?!\d)/g;
const LONG_DATE = /(?<!\d)\d{1,2}(?:er)? (?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre) \d{4}(?!\d)/gi;
const MAIL = /[^\s;|,\t]+@[^\s;|,\t]+\.\w+/g;
const LABEL = new RegExp(`(?<![\\p{L}'’-])(?:${LABELS.map(({ words }) => words).join("|")}) ?[:=]`, "giu");

function cellsOf(text: string): string[] {
  const plain = text.normalize("NFC").replace(/[\u00a0\u202f\u2007]/g, " ").replace(/[\u200b-\u200f\u2028-\u202e\ufeff]/g, "").replace(/\r?\n/g, "\t");
  const separators = /[\t;|]/.test(plain) ? /[\t;|]/ : /[,;]/;
  const own = (part: RegExp, whole: string): string => whole.replace(part, (hit) => `\t${hit}\t`);
  let marked = separators.source === "[\\t;|]" ? plain : plain.replaceAll(",", "\t");
  marked = marked.replace(/[;|]/g, "\t");
  for (const part of [NIR, PHONE, LONG_DATE, DATE, MAIL]) marked = own(part, marked);
  return marked
    .replace(LABEL, (hit) => `\t${hit}`)
    .split("\t")
    .map((cell) => cell.trim().replace(/^"+|"+$/g, "").replace(/^[\s,.·-]+|[\s,·-]+$/g, "").trim())
    .flatMap((cell) => /^(\p{L}[\p{L}'’-]* \p{L}.*) ([FMH])$/u.exec(cell)?.slice(1) ?? [cell]) // "DURAND Ana F"
    .filter((cell) => cell !== "");
}

function take(cell: string, cells: readonly string[], index: number, found: Found, communes: readonly Commune[], today: number): void {
  const label = LABELS.find(({ words }) => new RegExp(`^(?:${words}) ?[:=]?$`, "iu").test(cell));
  // "Né le : " before a date that became a cell of its own
  if (label) return;
  const named = LABELS.flatMap((one) => {
    const hit = new RegExp(`^(?:${one.words}) ?[:=] ?(.+)$`, "iu").exec(cell)?.[1];
    return hit ? [{ kind: one.kind, value: hit.trim() }] : [];
  })[0];
  const before = labelOnly(cells[index - 1]);
  const { kind, value } = named ?? { kind: before, value: cell };
  if (kind && takeAs(kind, value, found, communes, today)) return;
  takeByForm(value, cells, index, found, communes, today);
}

const labelOnly = (cell: string | undefined): Cell | undefined =>
  cell === undefined ? undefined : LABELS.find(({ words }) => new RegExp(`^(?:${words}) ?[:=]$`, "iu").test(cell))?.kind;

/** A labelled cell; false when its content does not fit its label. */
function takeAs(kind: Cell, value: string, found: Found, communes: readonly Commune[], today: number): boolean {
  const { fields } = found;
  switch (kind) {
    case "lastName": case "firstName": case "usedName": case "registeredGp": case "contactName": case "note": case "address":
      fields[kind] = tidy(value, kind);
      return true;
    case "birthDate": {
      const born = readBirth(value, today);
      if (born) fields.birthDate = born;
      return born !== null;
    }
    case "sex": {
      const sex = readSex(value) ?? ({ 1: "M", 2: "F" } as Record<string, Sex>)[value];
      if (sex) fields.sex = sex;
      return sex !== undefined;
    }
    case "phone": {
      const phone = readPhone(value);
      if (phone) fields.phone ??= phone;
      return phone !== null;
    }
    case "postal":
      return takePlace(value, found, communes);
    case "commune":
      if (!takePlace(value, found, communes)) found.commune.name = value;
      return true;
    case "ignored":
      found.told.push(b.paste.ignored);
      return true;
  }
}

function takeByForm(cell: string, cells: readonly string[], index: number, found: Found, communes: readonly Commune[], today: number): void {
  const { fields, told } = found;
  const sex = readSex(cell);
  const phone = readPhone(cell);
  const born = readBirth(cell, today);
  if (isNir(cell)) {
    fields.sex ??= cell.startsWith("1") ? "M" : "F";
    told.push(b.paste.nir);
  } else if (/^1\.2\.250\.1\.213\.1\.4\.\d+$/.test(cell) || /^[^\s@]+@[^\s@]+$/.test(cell)) told.push(b.paste.ignored);
  else if (phone) {
    if (fields.phone === undefined) fields.phone = phone;
    else if (fields.phone !== phone) told.push(b.paste.secondPhone(phone));
  } else if (born && fields.birthDate === undefined) fields.birthDate = born;
  else if (sex) fields.sex = sex;
  else if (/^M0[1-7]\.\d\d$/i.test(cell)) fields.reason = cell.toUpperCase();
  else if (isBirthPlace(cell, cells, index, communes, today)) told.push(b.paste.birthPlace);
  else if (takePlace(cell, found, communes)) return;
  else if (/^(dr|docteur|pr)\b\.?\s+\p{L}/iu.test(cell)) fields.registeredGp = cell;
  else if (eligibilityOf(cell)) fields.eligibility = eligibilityOf(cell)!;
  else if (STREET.test(cell)) takeAddress(cell, found, communes);
  else if (communeNamed(cell, communes).length > 0 && (found.names.length > 0 || fields.lastName !== undefined || found.commune.postal)) found.commune.name ||= cell;
  else if (/^[\p{L}\s'’.()-]+$/u.test(cell) && /\p{L}{2}/u.test(cell)) found.names.push(cell);
  else told.push(b.paste.unknown(cell));
}

const STREET = /^(?:\d{1,4} ?(?:bis|ter|quater|[a-d])?[ ,]+\p{L}|(?:rue|avenue|av|bd|boulevard|place|pl|chemin|impasse|all[ée]e|route|rte|lieu-dit|lotissement|r[ée]sidence|square|quai|cours|passage|hameau|village|ehpad)[ .])/iu;

/** "12 rue de la Paix 44190 Clisson" in one cell. */
function takeAddress(cell: string, found: Found, communes: readonly Commune[]): void {
  const [, street, place] = /^(.*?)[ ,]+(\d{5}\b.*)$/.exec(cell) ?? [];
  if (street && place && takePlace(place, found, communes)) found.fields.address ??= street.trim();
  else found.fields.address ??= cell;
}

/** "44190", "44190 Clisson", "44043" (INSEE, of a commune of the territory). */
function takePlace(cell: string, found: Found, communes: readonly Commune[]): boolean {
  const [, code, name = ""] = /^(\d{5}|2[AB]\d{3})(?:[ ,-]+(\p{L}.*))?$/iu.exec(cell) ?? [];
  if (!code) return false;
  if (!communes.some(({ postalCode }) => postalCode === code) && communes.some((one) => one.code === code)) found.fields.communeCode = code;
  else found.commune.postal = code;
  if (name) found.commune.name = name;
  return true;
}

/** In the order of the INS traits the code of the birth place follows the sex; it is no address. */
function isBirthPlace(cell: string, cells: readonly string[], index: number, communes: readonly Commune[], today: number): boolean {
  if (!/^(\d{5}|2[AB]\d{3})$/i.test(cell) || communes.some(({ postalCode }) => postalCode === cell)) return false;
  const [before = "", earlier = ""] = [cells[index - 1], cells[index - 2]];
  return (readSex(before) !== undefined && readBirth(earlier, today) !== null) || (readBirth(before, today) !== null && readSex(earlier) !== undefined);
}

function takeCommune({ fields, told, commune: { postal, name } }: Found, communes: readonly Commune[]): void {
  if (fields.communeCode || (!postal && !name)) return;
  const byName = name ? communeNamed(name, communes) : communes;
  const fitting = byName.filter(({ postalCode }) => !postal || postalCode === postal);
  const [only] = fitting.length > 0 ? fitting : name ? byName : [];
  if (only && (fitting.length === 1 || (name && fitting.length === 0))) fields.communeCode = only.code;
  else told.push(fitting.length > 1 ? b.paste.severalCommunes(postal || name) : b.paste.elsewhere([postal, name].filter(Boolean).join(" ")));
}

const communeNamed = (name: string, communes: readonly Commune[]): Commune[] => {
  const wanted = plainName(name);
  return communes.filter((one) => plainName(one.name) === wanted);
};

const plainName = (name: string): string =>
  fold(name).replace(/\bcedex\b.*$/, "").replace(/[-'’.]/g, " ").replace(/\bst\b/g, "saint").replace(/\bste\b/g, "sainte").replace(/\s+/g, " ").trim();

function takeNames({ fields, told, names }: Found): void {
  const parts = names.map((name) => readCivility(name));
  for (const { sex } of parts) if (sex) fields.sex ??= sex;
  const [first = "", ...more] = parts.map(({ rest }) => rest).filter(Boolean);
  if (!first) return;
  const { birth, used, given, unsure } = splitName(first, more.length === 0 && fields.firstName === undefined);
  if (fields.lastName === undefined) fields.lastName = birth;
  else if (fields.firstName === undefined) fields.firstName = tidy(first, "firstName");
  else told.push(b.paste.unknown(first));
  if (used) fields.usedName ??= used;
  if (given) fields.firstName ??= given;
  if (unsure) told.push(b.paste.checkNames);
  for (const rest of more) {
    if (fields.firstName === undefined) fields.firstName = tidy(rest, "firstName");
    else told.push(b.paste.unknown(rest));
  }
}

/** "DURAND", "DURAND Ana", "DURAND née MARTIN", "MARTIN épouse DURAND", "DURAND (MARTIN) Ana" */
function splitName(text: string, whole: boolean): { birth: string; used?: string; given?: string; unsure?: boolean } {
  const words = (part: string): string[] => part.split(" ").filter(Boolean);
  const upper = (word: string): boolean => word === word.toLocaleUpperCase("fr") && /\p{L}{2}/u.test(word);
  const cut = (part: string): [string, string] => {
    const all = words(part);
    const at = all.findIndex((word) => !upper(word));
    if (at > 0) return [all.slice(0, at).join(" "), all.slice(at).join(" ")];
    const from = all.findLastIndex((word) => !upper(word)) + 1; // "Ana DURAND"
    return at === 0 && from > 0 && from < all.length ? [all.slice(from).join(" "), all.slice(0, from).join(" ")] : [part, ""];
  };
  const maiden = /^(.+?) (?:n[ée]e?\.?|\()\s*(.+?)\)?(?: (?<=\) )(.+))?$/iu.exec(text);
  if (maiden?.[1] && maiden[2]) {
    const inBrackets = /^(.+?) \((.+?)\) ?(.*)$/.exec(text);
    if (inBrackets) return { birth: inBrackets[2] ?? "", used: inBrackets[1] ?? "", ...(inBrackets[3] ? { given: inBrackets[3] } : {}) };
    const [used, givenBefore] = cut(maiden[1]);
    const [birth, givenAfter] = cut(maiden[2]);
    const given = givenBefore || givenAfter;
    return { birth, used, ...(given ? { given } : {}) };
  }
  const married = /^(.+?) (?:ép\.?|ep\.?|épouse|epouse|veuve|vve) (.+)$/iu.exec(text);
  if (married?.[1] && married[2]) {
    const [used, given] = cut(married[2]);
    return { birth: married[1], used, ...(given ? { given } : {}) };
  }
  if (!whole || words(text).length < 2) return { birth: text };
  const [last, given] = cut(text);
  if (given) return { birth: last, given };
  const all = words(text); // one case only: the last word is the first name, to be checked
  return { birth: all.slice(0, -1).join(" "), given: all.at(-1) ?? "", unsure: true };
}

function tidy(value: string, kind: Cell): string {
  if (kind !== "firstName") return value;
  // "ANA, MARIE" or "Ana Marie": the INS writes all birth first names; the first one is asked for
  return value.split(/[,;]/)[0]?.trim() ?? value;
}

const isNir = (cell: string): boolean => {
  const digits = cell.replace(/ /g, "");
  return /^[12]\d\d(?:0\d|1[0-2]|[2-9]\d)(?:\d\d|2[AB])\d{6}(?:\d\d)?$/i.test(digits);
};

function eligibilityOf(cell: string): Eligibility | undefined {
  const text = fold(cell);
  if (/^(sans|pas de|aucun) (mt|medecin traitant)$/.test(text)) return "NoRegisteredGp";
  if (/^(mt|medecin traitant) absent/.test(text)) return "RegisteredGpAbsent";
  if (/^(mt|medecin traitant) (indisponible|non disponible)/.test(text)) return "RegisteredGpUnavailable";
  return /^(de passage|touriste|vacancier)/.test(text) ? "Visitor" : undefined;
}
