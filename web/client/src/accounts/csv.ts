import type { Role } from "../api/contract";
import type { Invitee, Structure } from "./contract";
import { t } from "./messages";

/** A pasted line, read. */
export interface ReadLine {
  /** As counted in what was pasted, from 1. */
  line: number;
  name: string;
  email: string;
  role: string;
  structure: string;
  problems: string[];
  invitee: Invitee;
}

export interface Lists {
  roles: readonly (readonly [Role, string])[];
  organizations: readonly Structure[];
}

type Column = "name" | "email" | "role" | "structure" | "rpps";
const ORDER: readonly Column[] = ["name", "email", "role", "structure", "rpps"];
const HEADERS: Record<string, Column> = {
  nom: "name", personne: "name", email: "email", mail: "email", courriel: "email", adresse: "email", "adresse electronique": "email", "e-mail": "email",
  role: "role", profession: "role", structure: "structure", organisation: "structure", etablissement: "structure", rpps: "rpps",
};
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Reads what was pasted from a table or a CSV file: `;`, tabulations or commas, with a head line or in the order name, address, role, structure, RPPS. */
export function readLines(text: string, lists: Lists): ReadLine[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/).map((raw, index) => ({ raw, line: index + 1 })).filter(({ raw }) => raw.trim() !== "");
  const separator = separatorOf(lines[0]?.raw ?? "");
  const rows = lines.map(({ raw, line }) => ({ line, cells: cellsOf(raw, separator) }));
  const head = rows[0]?.cells.map((cell) => HEADERS[plain(cell)]);
  const hasHead = head?.includes("email") ?? false;
  const columns = hasHead && head ? head : ORDER;
  const seen = new Set<string>();
  return (hasHead ? rows.slice(1) : rows).map(({ line, cells }) => {
    const cell = (name: Column): string => cells[columns.indexOf(name)]?.trim() ?? "";
    return readLine(line, cell, lists, seen);
  });
}

function readLine(line: number, cell: (name: Column) => string, { roles, organizations }: Lists, seen: Set<string>): ReadLine {
  const [name, email, roleText, structureText, rpps] = [cell("name"), cell("email"), cell("role"), cell("structure"), cell("rpps").replace(/\s/g, "")];
  const role = roles.find(([code, label]) => plain(code) === plain(roleText) || plain(label) === plain(roleText));
  const structure = organizations.find((one) => one.id === structureText || plain(one.name) === plain(structureText));
  const problems: string[] = [];
  const c = t.bulk.columns;
  if (!name) problems.push(t.bulk.missing(c.name));
  if (!email) problems.push(t.bulk.missing(c.email));
  else if (!EMAIL.test(email)) problems.push(t.bulk.badEmail);
  else if (seen.has(email.toLowerCase())) problems.push(t.bulk.twice);
  seen.add(email.toLowerCase());
  if (!role) problems.push(roleText ? t.bulk.badRole(roleText) : t.bulk.missing(c.role));
  if (!structure) problems.push(structureText ? t.bulk.badStructure(structureText) : t.bulk.missing(c.structure));
  return {
    line, name, email, problems,
    role: role?.[1] ?? roleText,
    structure: structure?.name ?? structureText,
    invitee: { name, email, ...(role && { role: role[0] }), ...(structure && { organizationId: structure.id }), ...(rpps && { rpps }) },
  };
}

/** A table for a message or a spreadsheet. */
export const linksAsText = (lines: readonly { name?: string; email?: string; link?: string }[]): string =>
  lines.filter(({ link }) => link).map(({ name, email, link }) => `${name ?? ""};${email ?? ""};${link}`).join("\n");

const separatorOf = (line: string): string => ["\t", ";", ","].find((one) => line.includes(one)) ?? ";";

function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  let [cell, quoted] = ["", false];
  for (let i = 0; i < line.length; i++) {
    const c = line[i] ?? "";
    if (quoted && c === '"' && line[i + 1] === '"') (cell += c), i++;
    else if (c === '"' && (quoted || cell.trim() === "")) (quoted = !quoted), (cell = quoted ? "" : cell);
    else if (c === separator && !quoted) cells.push(cell), (cell = "");
    else cell += c;
  }
  return [...cells, cell];
}

/** Accents, case and spaces do not matter. */
const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").trim().replace(/\s+/g, " ").toLowerCase();
