import type { Slot } from "../api/contract";

/** mulberry32: small, seedable, good enough for interleavings. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function testSlot(id: string, change: Partial<Slot> = {}): Slot {
  return {
    id,
    agendaId: "agenda",
    start: "2026-11-22T10:40:00Z",
    end: "2026-11-22T11:00:00Z",
    stream: "gp",
    mode: "surgery",
    state: "free",
    capacity: 1,
    taken: 0,
    audience: ["SNP", "CPTS"],
    practitioner: { name: "Dr Essai", speciality: "Médecin généraliste" },
    place: { name: "Cabinet", address: "1 rue du Test", commune: "Clisson", postalCode: "44190", phone: "0240000000", lat: 47.08, lon: -1.28 },
    ...change,
  };
}
