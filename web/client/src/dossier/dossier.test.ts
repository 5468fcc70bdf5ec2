import { describe, expect, it } from "vitest";
import { readDossier } from "./dossier";

describe("a file handed over by the SAMU's software", () => {
  it("is read whole", () =>
    expect(readDossier("numero=2026-114/42&commune=44036&age=62&sexe=h&motif=M03.14&nom=Essai&prenom=Ana&naissance=1962-05-03&telephone=06+12+34+56+78")).toEqual({
      number: "2026-114/42", age: "62 ans", commune: "44036", reason: "M03.14", unread: [],
      draft: { sex: "M", communeCode: "44036", reason: "M03.14", lastName: "Essai", firstName: "Ana", birthDate: "03/05/1962", phone: "06 12 34 56 78", note: "Dossier SAMU 2026-114/42" },
    }));

  it("needs its number and nothing else", () => {
    expect(readDossier("commune=44036")).toBeNull();
    expect(readDossier("numero=%3Cb%3E")).toBeNull();
    expect(readDossier("numero=7")).toEqual({ number: "7", age: "", commune: "", reason: "", unread: [], draft: { note: "Dossier SAMU 7" } });
  });

  it("names what cannot be read and guesses nothing", () => {
    const { unread, draft, age } = readDossier("numero=7&commune=Clisson&age=vieux&sexe=X&motif=fievre&naissance=hier&telephone=15")!;
    expect(unread).toEqual(["commune", "age", "sexe", "motif", "naissance", "telephone"]);
    expect(draft).toEqual({ note: "Dossier SAMU 7" });
    expect(age).toBe("");
  });

  it("says an age as people do", () => expect(["1", "62", "8 mois"].map((age) => readDossier(`numero=7&age=${age}`)?.age)).toEqual(["1 an", "62 ans", "8 mois"]));
});
