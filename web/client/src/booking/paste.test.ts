import { describe, expect, it } from "vitest";
import type { Commune, Sex } from "../api/contract";
import { seededRandom } from "../live/testing";
import type { Draft } from "./draft";
import { looksLikePatient, readPasted } from "./paste";

const TODAY = Date.parse("2026-11-24T09:00:00Z");
const commune = (code: string, name: string, postalCode: string): Commune => ({ code, name, postalCode, population: 1, lat: 47, lon: -1 });
const COMMUNES = [
  commune("44043", "Clisson", "44190"), commune("44063", "Gétigné", "44190"), commune("44212", "Vallet", "44330"),
  commune("44173", "Saint-Lumine-de-Clisson", "44190"), commune("44117", "La Planche", "44140"), commune("44100", "Monnières", "44690"),
];
const read = (line: string) => readPasted(line, COMMUNES, TODAY);

const DURAND: Partial<Draft> = { lastName: "DURAND", firstName: "Ana", birthDate: "03/05/1962", sex: "F", phone: "06 12 34 56 78", communeCode: "44043" };

describe("one pasted line", () => {
  it.each([
    ["pharmacy, semicolons", "DURAND;Ana;03/05/1962;F;0612345678;44190;Clisson"],
    ["tabs, spreadsheet without the first zero", "DURAND\tAna\t03/05/1962\tF\t612345678\t44190\tClisson"],
    ["bars and spaces", "DURAND | Ana | 03/05/1962 | F | 06 12 34 56 78 | 44190 Clisson"],
    ["commas, ISO date", "DURAND, Ana, 1962-05-03, F, +33 6 12 34 56 78, 44190 CLISSON"],
    ["quoted CSV", '"DURAND";"Ana";"03/05/1962";"Féminin";"06.12.34.56.78";"44190";"CLISSON"'],
    ["INS order, compact date, phone after", "DURAND;Ana;19620503;F;0612345678;44190;Clisson"],
    ["day first, compact", "DURAND;Ana;03051962;F;0612345678;44190;Clisson"],
    ["dotted date, international number", "DURAND;Ana;3.5.1962;femme;0033612345678;Clisson"],
    ["two-digit year", "DURAND;Ana;03/05/62;F;06-12-34-56-78;Clisson"],
    ["words only, dispatch note", "Mme DURAND Ana née le 03/05/1962 06 12 34 56 78 44190 Clisson"],
    ["date in words", "DURAND Ana née le 3 mai 1962 F 0612345678 44190 Clisson"],
    ["labels", "Nom : DURAND Prénom : Ana Né(e) le : 03/05/1962 Sexe : F Tél : 06 12 34 56 78 CP : 44190 Ville : Clisson"],
    ["labels in another order", "Tél: 0612345678; Ville: Clisson; Sexe: F; DDN: 03/05/1962; Prénom: Ana; Nom de naissance: DURAND"],
    ["labels on lines", "Nom de naissance : DURAND\r\nPrénom(s) : Ana\r\nDate de naissance : 03/05/1962\r\nSexe : F\r\nMobile : 0612345678\r\nCode postal : 44190\r\nCommune : CLISSON"],
    ["first name first", "Ana DURAND;03/05/1962;F;0612345678;44190 Clisson"],
    ["civility cell", "Mme;DURAND;Ana;03/05/1962;0612345678;44190;Clisson"],
    ["no-break spaces, zero-width and CEDEX", "DURAND\u00a0;Ana\u200b;03/05/1962;F;06\u00a012\u00a034\u00a056\u00a078;44190\u202fCLISSON CEDEX"],
    ["empty cells between", "DURAND;;Ana;;03/05/1962;F;;0612345678;;44190;Clisson;"],
    ["phone first", "0612345678;F;DURAND;Ana;03/05/1962;Clisson"],
    ["spaced phone before a code in one sentence", "DURAND Ana F 03/05/1962 tél : 06 12 34 56 78 44190 Clisson"],
  ])("%s", (_, line) => {
    const { fields, told } = read(line);
    expect(fields).toEqual(DURAND);
    expect(told).toEqual([]);
  });

  it("keeps a birth name apart from a used name", () => {
    expect(read("DURAND née MARTIN;Ana;03/05/1962;F").fields).toMatchObject({ lastName: "MARTIN", usedName: "DURAND", firstName: "Ana" });
    expect(read("MARTIN épouse DURAND;Ana;03/05/1962;F").fields).toMatchObject({ lastName: "MARTIN", usedName: "DURAND", firstName: "Ana" });
    expect(read("DURAND (MARTIN) Ana;03/05/1962;F").fields).toMatchObject({ lastName: "MARTIN", usedName: "DURAND", firstName: "Ana" });
    expect(read("Mme DURAND née MARTIN Ana 03/05/1962").fields).toMatchObject({ lastName: "MARTIN", usedName: "DURAND", firstName: "Ana", sex: "F" });
    expect(read("Nom de naissance: MARTIN; Nom d'usage: DURAND; Prénom: Ana").fields).toMatchObject({ lastName: "MARTIN", usedName: "DURAND", firstName: "Ana" });
  });

  it("reads compound names, particles and apostrophes as they are", () => {
    expect(read("LE GOFF;Anne-Marie;01/02/1950;F").fields).toMatchObject({ lastName: "LE GOFF", firstName: "Anne-Marie" });
    expect(read("LE GOFF Anne-Marie 01/02/1950").fields).toMatchObject({ lastName: "LE GOFF", firstName: "Anne-Marie" });
    expect(read("D'ALMEIDA;Ève;01/02/1950;F").fields).toMatchObject({ lastName: "D'ALMEIDA", firstName: "Ève" });
    expect(read("DE LA TOUR Jean-Loup, 01/02/1950, M").fields).toMatchObject({ lastName: "DE LA TOUR", firstName: "Jean-Loup", sex: "M" });
  });

  it("takes address, doctor, reason, eligibility and note where they are written", () => {
    const { fields, told } = read("DURAND;Ana;03/05/1962;F;0612345678;12 bis rue de la Paix;44330 Vallet;Dr LE BIHAN;M03.14;MT absent;Note : sonnez deux fois");
    expect(fields).toEqual({
      ...DURAND, communeCode: "44212", address: "12 bis rue de la Paix", registeredGp: "Dr LE BIHAN", reason: "M03.14", eligibility: "RegisteredGpAbsent", note: "sonnez deux fois",
    });
    expect(told).toEqual([]);
    expect(read("DURAND Ana 03/05/1962 0612345678 5 place du Marché 44190 Clisson").fields).toMatchObject({ address: "5 place du Marché", communeCode: "44043" });
  });

  it("says what it does not take: NIR, birth place, mail, second number, a commune elsewhere, what it does not understand", () => {
    const full = read("DURAND;Ana;19620503;F;75056;2 62 05 44 109 123 45;1.2.250.1.213.1.4.8;ana@exemple.fr;0612345678;02 40 54 00 00;44000 Nantes;???");
    expect(full.fields).toEqual({ lastName: "DURAND", firstName: "Ana", birthDate: "03/05/1962", sex: "F", phone: "06 12 34 56 78" });
    expect(full.told).toEqual([
      "Le lieu de naissance n’est pas repris.", "Le numéro de sécurité sociale n’est pas repris.", "Identifiants et courriels ne sont pas repris.",
      "Second numéro non repris : 02 40 54 00 00.", "Non compris : « ??? ».", "44000 Nantes : hors du territoire, commune laissée vide.",
    ]);
    expect(JSON.stringify(full)).not.toMatch(/262054410912345|2 62 05/);
  });

  it("chooses no commune among several with one code, and finds one by a name written otherwise", () => {
    expect(read("DURAND;Ana;03/05/1962;F;44190")).toMatchObject({ told: ["44190 : plusieurs communes, choisissez."] });
    expect(read("DURAND;Ana;03/05/1962;F;44190").fields.communeCode).toBeUndefined();
    expect(read("DURAND;Ana;03/05/1962;F;44330").fields.communeCode).toBe("44212");
    expect(read("DURAND;Ana;03/05/1962;F;44190;ST LUMINE DE CLISSON").fields.communeCode).toBe("44173");
    expect(read("DURAND;Ana;03/05/1962;F;44190 GETIGNE").fields.communeCode).toBe("44063");
    expect(read("CLISSON;Ana;03/05/1962;F").fields).toMatchObject({ lastName: "CLISSON" }); // a family name, too
  });

  it("never believes a date that is none or to come", () => {
    expect(read("DURAND;Ana;31/02/1962;F").fields.birthDate).toBeUndefined();
    expect(read("DURAND;Ana;25/11/2026;F").fields.birthDate).toBeUndefined();
    expect(read("DURAND;Ana;31/02/1962;F").told).toEqual(["Non compris : « 31/02/1962 »."]);
    expect(read("PETIT;Léo;24/11/26;M").fields.birthDate).toBe("24/11/2026");
    expect(read("PETIT;Léo;24/11/27;M").fields.birthDate).toBe("24/11/1927");
  });

  it("asks to check a name in one case only", () => {
    expect(read("DURAND ANA;03/05/1962;F")).toMatchObject({ fields: { lastName: "DURAND", firstName: "ANA" }, told: ["Vérifiez le nom et le prénom."] });
    expect(read("DURAND ANA").fields).toMatchObject({ lastName: "DURAND", firstName: "ANA" });
  });

  it("knows a patient's line from a word or a number pasted into a field", () => {
    for (const text of ["", "   ", "DURAND", "0612345678", "03/05/1962", "fièvre depuis deux jours", "https://exemple.fr/?q=1"]) expect(looksLikePatient(read(text))).toBe(false);
    expect(looksLikePatient(read("DURAND;Ana;03/05/1962"))).toBe(true);
  });
});

/** For a machine that does much else. */
const PATIENCE_MS = 60_000;

describe("any line", () => {
  const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const seed = Number(process.env["SNP_SEED"] ?? Date.now() % 1_000_000);

  it(`of a patient, whatever the order, separator and writing, gives the patient back (seed ${seed})`, () => {
    const random = seededRandom(seed);
    for (let n = 0; n < 600; n++) {
      const year = 1930 + Math.floor(random() * 96);
      const [month, day] = [1 + Math.floor(random() * 12), 1 + Math.floor(random() * 28)].map((one) => String(one).padStart(2, "0")) as [string, string];
      const digits = `0${pick(random, ["1", "2", "4", "6", "7", "9"])}${String(Math.floor(random() * 1e8)).padStart(8, "0")}`;
      const sex = pick<Sex>(random, ["F", "M"]);
      const place = pick(random, COMMUNES);
      const lastName = pick(random, ["DURAND", "LE GOFF", "D'ALMEIDA", "N'GUYEN", "DE LA TOUR", "SAINT-YVES", "ÉTIENNE"]);
      const firstName = pick(random, ["Ana", "Jean-Loup", "Ève", "Marie Ange", "Zoé", "Loïc"]);
      const spaced = digits.replace(/(\d\d)(?=\d)/g, "$1 ");
      const names = [lastName, firstName];
      const others = [
        pick(random, [`${day}/${month}/${year}`, `${day}.${month}.${year}`, `${year}-${month}-${day}`, `${day}-${month}-${year}`, `né le ${day}/${month}/${year}`]),
        pick(random, sex === "F" ? ["F", "Féminin", "femme", "Mme"] : ["M", "Masculin", "H", "homme", "Monsieur"]),
        pick(random, [digits, spaced, spaced.replaceAll(" ", "."), `+33${digits.slice(1)}`, `0033 ${digits.slice(1)}`]),
        `${place.postalCode} ${pick(random, [place.name, place.name.toLocaleUpperCase("fr")])}`,
      ].map((cell) => ({ cell, at: random() })).sort((a, c) => a.at - c.at).map(({ cell }) => cell);
      const at = Math.floor(random() * (others.length + 1));
      const line = [...others.slice(0, at), ...names, ...others.slice(at)].join(pick(random, [";", "\t", "|", " ; ", " | "]));
      expect(readPasted(line, COMMUNES, TODAY), line).toEqual({
        fields: { lastName, firstName, birthDate: `${day}/${month}/${year}`, sex, phone: spaced, communeCode: place.code }, told: [],
      });
    }
  }, PATIENCE_MS);

  it(`of noise ends, tells no invented date or number, and loses nothing silently (seed ${seed})`, () => {
    const random = seededRandom(seed + 1);
    const alphabet = "AbéÈ'’-. ;|,\t\n/:()0123456789@\u00a0\u200b<>\"=né le Dr F M44190";
    for (let n = 0; n < 800; n++) {
      const line = Array.from({ length: Math.floor(random() * 120) }, () => pick(random, [...alphabet])).join("");
      const { fields, told } = readPasted(line, COMMUNES, TODAY);
      if (fields.birthDate) expect(fields.birthDate, line).toMatch(/^\d\d\/\d\d\/\d{4}$/);
      if (fields.phone) expect(line.replace(/\D/g, ""), line).toContain(fields.phone.replace(/\D/g, "").slice(1));
      if (fields.communeCode) expect(COMMUNES.map(({ code }) => code)).toContain(fields.communeCode);
      for (const word of line.replace(/[^\s;|,]*@[^\s;|,]*/g, "").match(/\p{L}{9,}/gu) ?? []) {
        const kept = JSON.stringify([fields, told]);
        expect(kept.includes(word) || /label|clisson/i.test(word), `${word} in ${line} → ${kept}`).toBe(true);
      }
    }
  }, PATIENCE_MS);
});
