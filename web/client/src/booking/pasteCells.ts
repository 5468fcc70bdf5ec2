import type { Sex } from "../api/contract";
import { fold } from "../board/filters";
import { parseBirthDate } from "./draft";

/** What a cell may be; "ignored" is known and on purpose not taken. */
export type Cell = "lastName" | "firstName" | "usedName" | "birthDate" | "sex" | "phone" | "postal" | "commune" | "address" | "registeredGp" | "contactName" | "note" | "ignored";

/** Labels as software writes them; longer ones first, so that "nom d’usage" is not read as "nom". */
export const LABELS: readonly { kind: Cell; words: string }[] = [
  { kind: "usedName", words: "nom d['’]usage|nom utilis[ée]|nom marital|nom d['’][ée]pouse?" },
  { kind: "firstName", words: "pr[ée]nom\\(s\\)|pr[ée]noms?(?: de naissance)?" },
  { kind: "birthDate", words: "n[ée](?:\\(e\\)|[.·]?e)? le|date de naissance|date naiss\\.?|naissance|ddn" },
  { kind: "ignored", words: "lieu de naissance|n° ?(?:de )?s[ée]cu(?:rit[ée] sociale)?|nir|ins|matricule(?: ins)?|oid|mail|e-?mail|courriel" },
  { kind: "lastName", words: "nom de naissance|nom de famille|nom patronymique|nom" },
  { kind: "sex", words: "sexe|genre" },
  { kind: "contactName", words: "personne [àa] joindre|contact" },
  { kind: "phone", words: "t[ée]l[ée]phone(?: portable| mobile| fixe)?|t[ée]l\\.?(?: portable| mobile)?|portable|mobile|gsm" },
  { kind: "postal", words: "code postal|cp" },
  { kind: "commune", words: "commune|ville|localit[ée]" },
  { kind: "address", words: "adresse|adr\\.?" },
  { kind: "registeredGp", words: "m[ée]decin traitant|mt" },
  { kind: "note", words: "note|motif(?: de (?:recours|l['’]appel))?|observations?|commentaire" },
];

const SEXES: Record<string, Sex> = {
  f: "F", feminin: "F", femme: "F", fille: "F", female: "F", "sexe feminin": "F",
  m: "M", h: "M", masculin: "M", homme: "M", garcon: "M", male: "M", "sexe masculin": "M",
  i: "I", indetermine: "I",
};
const CIVILITIES: readonly [RegExp, Sex][] = [
  [/^(?:mme|mlle|madame|mademoiselle)\b\.?\s*/iu, "F"],
  [/^(?:m\.|mr\b\.?|monsieur\b)\s*/iu, "M"],
];

export function readSex(cell: string): Sex | undefined {
  const word = fold(cell).replace(/[().]/g, "").trim();
  return SEXES[word] ?? (/^(mme|mlle|madame|mademoiselle)$/.test(word) ? "F" : /^(mr|monsieur)$/.test(word) ? "M" : undefined);
}

/** "Mme DURAND" → the sex and "DURAND"; a "né(e) le" left over before a date goes too. */
export function readCivility(name: string): { sex?: Sex; rest: string } {
  const text = name.replace(/[\s,]+n[ée](?:\(e\)|[.·]?e)?(?: le)?\s*$/iu, "").replace(/\s+/g, " ").trim();
  for (const [words, sex] of CIVILITIES) if (words.test(text)) return { sex, rest: text.replace(words, "").trim() };
  return { rest: /^n[ée](?:\(e\)|[.·]?e)?(?: le)?$/iu.test(text) ? "" : text };
}

/** A French number as one writes it, "06 12 34 56 78"; null when the cell is none. A spreadsheet drops the first zero. */
export function readPhone(cell: string): string | null {
  if (!/^[+\d][\d\s.()/-]*$/.test(cell)) return null;
  const digits = cell.replace(/\(0\)/, "").replace(/\D/g, "");
  const national = /^(?:0033|33)([1-9]\d{8})$/.exec(digits)?.[1] ?? /^0([1-9]\d{8})$/.exec(digits)?.[1] ?? /^([67]\d{8})$/.exec(digits)?.[1];
  return national ? `0${national}`.replace(/(\d\d)(?=\d)/g, "$1 ") : null;
}

const MONTHS = ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"];

/** A birth date in any writing, as the form shows it, "03/05/1962"; null when it is none or not past. */
export function readBirth(cell: string, today: number): string | null {
  const text = fold(cell).replace(/^(?:ne(?:\(e\)|[.·]?e)?\s+(?:le\s+)?|le\s+)/, "").trim();
  const long = /^(\d{1,2})(?:er)? ([a-z]+) (\d{4})$/.exec(text);
  const month = long?.[2] ? MONTHS.indexOf(long[2]) + 1 : 0;
  const short = /^(\d{1,2})[/.](\d{1,2})[/.](\d\d)$/.exec(text);
  const iso = long
    ? month > 0 ? parseBirthDate(`${long[1]}/${month}/${long[3]}`) : null
    : short
      ? parseBirthDate(`${short[1]}/${short[2]}/${fullYear(Number(short[3]), today)}`)
      : compact(text, today) ?? parseBirthDate(text);
  return iso && Date.parse(iso) <= today ? iso.split("-").reverse().join("/") : null;
}

/** Eight digits: the INS and FHIR write the year first, a counter the day first. */
function compact(text: string, today: number): string | null {
  const [, year = "", month = "", day = ""] = /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  const iso = year ? parseBirthDate(`${year}-${month}-${day}`) : null;
  return iso && Date.parse(iso) <= today ? iso : null;
}

/** Nobody is born in the future: "62" is 1962, "19" is 2019. */
const fullYear = (two: number, today: number): number => (2000 + two > new Date(today).getUTCFullYear() ? 1900 : 2000) + two;
