import type { BookingBody, Eligibility, Reason, Sex, Slot } from "../api/contract";
import { m } from "../messages";

/** What has been typed so far; survives a lost race, a change of slot and of tab, never a closed drawer. */
export interface Draft {
  vitalSignsExcluded: boolean;
  onBehalfOf: string;
  lastName: string;
  firstName: string;
  usedName: string;
  birthDate: string;
  sex: Sex | "";
  phone: string;
  contactName: string;
  communeCode: string;
  address: string;
  registeredGp: string;
  eligibility: Eligibility | "";
  reason: string;
  note: string;
  careRequestId: string;
  override: string;
}

export const EMPTY_DRAFT: Draft = {
  vitalSignsExcluded: false,
  onBehalfOf: "",
  lastName: "",
  firstName: "",
  usedName: "",
  birthDate: "",
  sex: "",
  phone: "",
  contactName: "",
  communeCode: "",
  address: "",
  registeredGp: "",
  eligibility: "",
  reason: "",
  note: "",
  careRequestId: "",
  override: "",
};

export type FieldErrors = Partial<Record<keyof Draft, string>>;

export interface Needs {
  ticksVitalSigns: boolean;
  onBehalf: boolean;
  insideSas: boolean;
  home: boolean;
  reasons: readonly Reason[];
  today: number;
}

/** Whether anything was typed over what the form started with. */
export const isDirty = (draft: Draft, start: Draft = EMPTY_DRAFT): boolean => JSON.stringify(draft) !== JSON.stringify(start);

/** In the order of the form, so that the first error is the first field. */
export function validate(draft: Draft, needs: Needs): FieldErrors {
  const errors: FieldErrors = {};
  if (needs.onBehalf && !draft.onBehalfOf) errors.onBehalfOf = m.booking.missing;
  if (needs.ticksVitalSigns && !draft.vitalSignsExcluded) errors.vitalSignsExcluded = m.booking.vitalMissing;
  for (const name of ["lastName", "firstName"] as const) if (!draft[name].trim()) errors[name] = m.booking.missing;
  const born = parseBirthDate(draft.birthDate);
  if (!draft.birthDate.trim()) errors.birthDate = m.booking.missing;
  else if (!born) errors.birthDate = m.booking.badDate;
  else if (Date.parse(born) > needs.today) errors.birthDate = m.booking.futureDate;
  if (!draft.sex) errors.sex = m.booking.missing;
  if (!draft.phone.trim()) errors.phone = m.booking.missing;
  else if (draft.phone.replace(/\D/g, "").length < 10) errors.phone = m.booking.badPhone;
  if (needs.home && !draft.address.trim()) errors.address = m.booking.missing;
  if (!draft.eligibility) errors.eligibility = m.booking.missing;
  if (!draft.reason) errors.reason = m.booking.missing;
  else if (isVital(draft.reason, needs.reasons)) errors.reason = needs.insideSas ? m.booking.vitalReasonSas : m.booking.vitalReason;
  return errors;
}

export const isVital = (code: string, reasons: readonly Reason[]): boolean =>
  reasons.some((reason) => reason.code === code && reason.vital);

/** Only for a draft that `validate` accepts. */
export function toBody(draft: Draft, needs: Needs, requestId: string, holdId: string | undefined): BookingBody {
  const text = (value: string): string | undefined => value.trim() || undefined;
  return withoutUndefined({
    requestId,
    holdId,
    careRequestId: text(draft.careRequestId),
    onBehalfOf: needs.onBehalf ? text(draft.onBehalfOf) : undefined,
    patient: withoutUndefined({
      lastName: draft.lastName.trim(),
      firstName: draft.firstName.trim(),
      usedName: text(draft.usedName),
      birthDate: parseBirthDate(draft.birthDate) ?? "",
      sex: draft.sex as Sex,
      phone: draft.phone.trim(),
      contactName: text(draft.contactName),
      communeCode: text(draft.communeCode),
      address: text(draft.address),
      registeredGp: text(draft.registeredGp),
    }),
    eligibility: draft.eligibility as Eligibility,
    reason: draft.reason,
    vitalSignsExcluded: needs.ticksVitalSigns ? draft.vitalSignsExcluded : true,
    note: text(draft.note),
    override: text(draft.override),
  });
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}

/** "03/05/1962", "03051962", "3.5.1962" or ISO → "1962-05-03"; null when it is no date. */
export function parseBirthDate(text: string): string | null {
  const trimmed = text.trim();
  const found =
    /^(?<d>\d{1,2})[/. -](?<m>\d{1,2})[/. -](?<y>\d{4})$/.exec(trimmed) ??
    /^(?<d>\d{2})(?<m>\d{2})(?<y>\d{4})$/.exec(trimmed) ??
    /^(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})$/.exec(trimmed);
  if (!found?.groups) return null;
  const { y = "", m: month = "", d = "" } = found.groups;
  const iso = `${y}-${month.padStart(2, "0")}-${d.padStart(2, "0")}`;
  const date = new Date(`${iso}T00:00:00Z`);
  const real = Number.isFinite(date.getTime()) && date.toISOString().startsWith(iso) && Number(y) > 1880;
  return real ? iso : null;
}

export function ageText(text: string, today: number): string {
  const iso = parseBirthDate(text);
  if (!iso) return "";
  const born = new Date(`${iso}T00:00:00Z`);
  const now = new Date(today);
  const months =
    (now.getUTCFullYear() - born.getUTCFullYear()) * 12 +
    (now.getUTCMonth() - born.getUTCMonth()) -
    (now.getUTCDate() < born.getUTCDate() ? 1 : 0);
  return months < 0 ? "" : m.booking.ageOf(Math.floor(months / 12), months);
}

/** "patient.birthDate" → birthDate; what has no field here is told in the summary. */
export function fromServerErrors(errors: Record<string, string[]>): { fields: FieldErrors; others: string[] } {
  const names = new Map(Object.keys(EMPTY_DRAFT).map((name) => [name.toLowerCase(), name as keyof Draft]));
  const fields: FieldErrors = {};
  const others: string[] = [];
  for (const [path, texts] of Object.entries(errors)) {
    const name = names.get((path.split(".").at(-1) ?? "").toLowerCase());
    if (name) fields[name] = texts.join(" ");
    else others.push(...texts);
  }
  return { fields, others };
}

/** Equivalent slots when the server named none: same stream and mode first, then nearest in time. */
export function nearestFree(slot: Slot, free: readonly Slot[], count = 3): Slot[] {
  const at = Date.parse(slot.start);
  const rank = (other: Slot): number => (other.mode === slot.mode ? 0 : 1e12) + Math.abs(Date.parse(other.start) - at);
  return free
    .filter((other) => other.stream === slot.stream && other.id !== slot.id)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, count);
}
