import type { Grant, GrantState, Terms } from "./contract";

/** Grants of the same terms, decided together: one line for a reader. */
export interface GrantGroup {
  key: string;
  first: Grant;
  grants: Grant[];
}

export type Shown = "now" | "ended" | "all";

/** One line per what differs but the action, in the order the grants were given. */
export function groupsOf(grants: readonly Grant[]): GrantGroup[] {
  const groups = new Map<string, GrantGroup>();
  for (const grant of grants) {
    const { role, stream, condition, group, person, from, to, source, state, endedAt, decidedBy } = grant;
    const key = JSON.stringify([role, condition, group, person, from, to, source, state, endedAt, decidedBy, stream]);
    const known = groups.get(key);
    if (known) known.grants.push(grant);
    else groups.set(key, { key, first: grant, grants: [grant] });
  }
  return [...groups.values()];
}

export const isShown = (grant: Grant, shown: Shown, role: string): boolean =>
  (role === "" || grant.role === role) && (shown === "all" || (grant.state === "ended") === (shown === "ended"));

/** What of a grant goes into a form. */
export function termsOf({ role, stream, condition, group, person, from, to, source }: Grant): Terms {
  return { role, stream, condition, source, ...(group && { group }), ...(person && { person }), ...(from && { from }), ...(to && { to }) };
}

/** What of a form is sent: only what its condition asks for. */
export function cleaned(terms: Terms): Terms {
  const { group, person, from, to, ...rest } = terms;
  return { ...rest, source: rest.source.trim(), ...(rest.condition === "inGroup" && group && { group }), ...(rest.condition === "namedPerson" && person && { person }), ...(from && { from }), ...(to && { to }) };
}

/** What can be ended or corrected still. */
export const isOpen = (state: GrantState): boolean => state !== "ended";
