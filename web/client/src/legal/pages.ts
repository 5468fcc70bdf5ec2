/** Pages that anybody may read, signed in or not: `?page=…`. Their names are here, their texts load when one is opened. */
export const LEGAL_PAGES = ["accessibilite", "mentions-legales", "confidentialite"] as const;

export type LegalPageId = (typeof LEGAL_PAGES)[number];

export function legalPageOf(search: string): LegalPageId | null {
  const wanted = new URLSearchParams(search).get("page");
  return LEGAL_PAGES.find((id) => id === wanted) ?? null;
}
