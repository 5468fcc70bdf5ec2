import type { Draft } from "../booking/draft";
import type { Sex } from "../api/contract";

/**
 * A file of the SAMU's own software, for which the next booking is made: the software keeps the call and the legal file, we take over what it knows
 * so that nobody types twice. Comes by POST or in the fragment of the address, which no server and no log sees.
 */
export interface Dossier {
  number: string;
  /** As said, such as “62 ans”; empty when unknown. */
  age: string;
  /** INSEE code; empty when unknown. */
  commune: string;
  /** National reason code; empty when unknown. */
  reason: string;
  /** What the booking form starts with. */
  draft: Partial<Draft>;
  /** Names of what came and could not be read. */
  unread: readonly string[];
}

/** What a software may send, in the words of the field. Identity only by POST. */
export const NAMES = ["numero", "commune", "age", "sexe", "motif", "nom", "prenom", "naissance", "telephone"] as const;
export type Name = (typeof NAMES)[number];

const SHAPES: Record<Name, RegExp> = {
  numero: /^[\p{L}\p{N}][\p{L}\p{N} ./_-]{0,39}$/u,
  commune: /^(?:\d{2}|2[AB])\d{3}$/,
  age: /^\d{1,3} ?(?:ans?|a|mois|m|jours?|j)?$/i,
  sexe: /^[FMHI]$/i,
  motif: /^[A-Z]\d{2}\.\d{2}$/,
  nom: /^.{1,80}$/u,
  prenom: /^.{1,80}$/u,
  naissance: /^(?:\d{1,2}[/. -]\d{1,2}[/. -]\d{4}|\d{4}-\d{2}-\d{2}|\d{8})$/,
  telephone: /^\+?[\d .]{9,20}$/,
};

/** What a query says; null without a file number. What cannot be read is named, never guessed. */
export function readDossier(query: string): Dossier | null {
  const said = new URLSearchParams(query);
  const unread: Name[] = [];
  const of = (name: Name): string => {
    const value = (said.get(name) ?? "").trim();
    if (value === "" || SHAPES[name].test(value)) return value;
    unread.push(name);
    return "";
  };
  const number = of("numero");
  if (!number) return null;
  const [commune, age, sex, reason] = [of("commune"), ageText(of("age")), sexOf(of("sexe")), of("motif")];
  const draft: Partial<Draft> = withoutEmpty({
    sex, communeCode: commune, reason, lastName: of("nom"), firstName: of("prenom"), birthDate: birthDateOf(of("naissance")), phone: of("telephone"),
    note: `Dossier SAMU ${number}`,
  });
  return { number, age, commune, reason, draft, unread };
}

const sexOf = (letter: string): Sex | "" => (letter === "" ? "" : letter.toUpperCase() === "H" ? "M" : (letter.toUpperCase() as Sex));

const birthDateOf = (text: string): string => (/^\d{4}-/.test(text) ? text.split("-").reverse().join("/") : text);

const ageText = (age: string): string => (/^\d+$/.test(age) ? `${age} ${Number(age) > 1 ? "ans" : "an"}` : age);

function withoutEmpty(draft: Partial<Draft>): Partial<Draft> {
  return Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== ""));
}
