import { describe, expect, it } from "vitest";
import { setFrench } from "../french-spaces";

describe("French spaces", () => {
  it("keeps punctuation and units with what they belong to", () => {
    expect(setFrench("Réessayer ? Non : « à replacer » ; enfin ! Sous 24 h, à 3 km, 20 min.")).toBe(
      "Réessayer\u202f? Non\u00a0: «\u00a0à replacer\u00a0»\u202f; enfin\u202f! Sous 24\u00a0h, à 3\u00a0km, 20\u00a0min.",
    );
  });

  it("leaves times, addresses and ordinary spaces alone", () => {
    const plain = "À 14:20, 1 rue du Test, https://example.org/?a=1 (voir l’aide)";
    expect(setFrench(plain)).toBe(plain);
  });

  it("changes no code", () => {
    const run = (code: string): unknown => new Function(`return ${code}`)();
    const code = '((n) => (n !== 1 && !false ? `${n} min` : "une"))(2)';
    expect(run(setFrench(code))).toBe("2\u00a0min");
    expect(run(code)).toBe("2 min");
  });
});
