import { t } from "./messages";

const WHEN = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "short", year: "numeric" });

export const whenOf = (instant: string): string => first(WHEN.format(new Date(instant)));
export const dayOf = (instant: string): string => first(DAY.format(new Date(instant)));

/** The first of a month is said so in French. */
const first = (text: string): string => text.replace(/^1(?= )/, "1er");

/** Until which day a local account is an exception to signing in at the provider. It ends at an instant, the first of the day after. */
export const localNote = ({ localUntil }: { localUntil?: string }): string =>
  localUntil === undefined ? t.members.providerOnly : t.members.localUntil(dayOf(new Date(Date.parse(localUntil) - 1).toISOString()));
