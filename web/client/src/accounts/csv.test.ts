import { describe, expect, it } from "vitest";
import { linksAsText, readLines } from "./csv";

const lists = {
  roles: [["pharmacist", "Pharmacie"], ["generalPractitioner", "Médecin généraliste"]] as const,
  organizations: [{ id: "pha", name: "Pharmacie du Marché" }, { id: "msp", name: "Maison de santé, Clisson" }],
};

describe("lines of people to invite", () => {
  it("are read in the usual order without a head line", () => {
    const [one] = readLines("Claire Martin;claire@ex.fr;pharmacie;PHARMACIE DU MARCHE;8 1 00", lists);
    expect(one).toMatchObject({ line: 1, problems: [], role: "Pharmacie", invitee: { name: "Claire Martin", email: "claire@ex.fr", role: "pharmacist", organizationId: "pha", rpps: "8100" } });
  });

  it("are read by their head line, from a spreadsheet too, in any order", () => {
    const read = readLines('\uFEFFRôle\tAdresse électronique\tNom\tStructure\r\nMedecin generaliste\ta@b.fr\tLe Goff\t"Maison de santé, Clisson"\r\n\r\n', lists);
    expect(read).toHaveLength(1);
    expect(read[0]).toMatchObject({ line: 2, problems: [], invitee: { role: "generalPractitioner", organizationId: "msp" } });
  });

  it("keep a separator and quotes inside quotes", () => {
    const [one] = readLines('"Martin, dite ""Claire""",c@ex.fr,pharmacist,"Maison de santé, Clisson"', lists);
    expect(one).toMatchObject({ name: 'Martin, dite "Claire"', problems: [], structure: "Maison de santé, Clisson" });
  });

  it("say what is wrong with each", () => {
    const read = readLines("A;a@ex.fr;pharmacie;pha\nB;A@EX.fr;pharmacie;pha\nC;pas d'adresse;astronaute;ailleurs\n;;;", lists);
    expect(read.map(({ problems }) => problems.length)).toEqual([0, 1, 3, 4]);
  });

  it("are no lines when nothing was pasted", () => expect(readLines(" \n\n", lists)).toEqual([]));
});

it("copies only those who have a link", () => expect(linksAsText([{ name: "A", email: "a@b.fr", link: "L" }, { name: "B", email: "b@b.fr" }])).toBe("A;a@b.fr;L"));
