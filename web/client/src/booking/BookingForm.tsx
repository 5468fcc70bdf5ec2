import type { Member, Territory } from "../api/contract";
import { ELIGIBILITIES } from "../api/contract";
import { m } from "../messages";
import { Choice } from "../forms/Choice";
import { SearchSelect } from "../forms/SearchSelect";
import { TextInput } from "../forms/TextInput";
import { Tick } from "../forms/Tick";
import css from "./drawer.module.css";
import { longDate } from "../time/wall";
import { b as more } from "./messages";
import { usePatientCheck } from "./usePatientCheck";
import { type Draft, type FieldErrors, type Needs, ageText } from "./draft";

const SEXES = ["F", "M", "I"] as const;

interface Props {
  formId: string;
  /** Null: no slot yet, so nobody is asked whether the patient has a booking. */
  slotId: string | null;
  paste: React.ReactNode;
  /** What another form asks besides. */
  afterEligibility?: React.ReactNode;
  afterReason?: React.ReactNode;
  draft: Draft;
  errors: FieldErrors;
  needs: Needs;
  territory: Territory;
  members: readonly Member[];
  now: number;
  onChange: (part: Partial<Draft>) => void;
  onSubmit: () => void;
}

export function BookingForm({ formId, slotId, paste, afterEligibility, afterReason, draft, errors, needs, territory, members, now, onChange, onSubmit }: Props): React.JSX.Element {
  const text = (name: TextName, label: string, more: Partial<React.ComponentProps<typeof TextInput>> = {}): React.JSX.Element => (
    <TextInput label={label} value={draft[name]} error={errors[name]} onChange={(value) => onChange({ [name]: value })} {...more} />
  );
  const b = m.booking;
  const bookedUntil = usePatientCheck(slotId, draft);
  return (
    <form
      id={formId}
      className={css.form}
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {needs.onBehalf && (
        <SearchSelect
          label={b.onBehalfOf}
          opensOnTyping
          value={draft.onBehalfOf}
          error={errors.onBehalfOf}
          choices={members.map(({ id, name, speciality }) => ({ id, text: name, note: speciality }))}
          onChange={(onBehalfOf) => onChange({ onBehalfOf })}
        />
      )}
      {needs.ticksVitalSigns && (
        <Tick
          label={b.noVitalSign}
          help={b.noVitalSignHelp}
          value={draft.vitalSignsExcluded}
          error={errors.vitalSignsExcluded}
          onChange={(vitalSignsExcluded) => onChange({ vitalSignsExcluded })}
        />
      )}
      {paste}
      <fieldset className={css.group}>
        <legend>{b.patient}</legend>
        {text("lastName", b.lastName)}
        {text("firstName", b.firstName)}
        {text("birthDate", b.birthDate, { placeholder: b.birthDateHint, inputMode: "numeric", after: ageText(draft.birthDate, now) })}
        <Choice label={b.sex} value={draft.sex} options={SEXES.map((sex) => [sex, b.sexes[sex]])} error={errors.sex} compact onChange={(sex) => onChange({ sex })} />
        {text("phone", b.phone, { inputMode: "tel" })}
        <SearchSelect
          label={b.commune}
          optional
          value={draft.communeCode}
          error={errors.communeCode}
          choices={territory.communes.map(({ code, name, postalCode }) => ({ id: code, text: name, note: postalCode }))}
          onChange={(communeCode) => onChange({ communeCode })}
        />
        {needs.home && <div className={css.wide}>{text("address", b.address)}</div>}
        {bookedUntil && (
          <p role="status" className={css.duplicate} data-testid="duplicate">
            <strong>{more.duplicate(longDate(bookedUntil, territory.timeZone))}</strong> {more.duplicateAsk}
          </p>
        )}
      </fieldset>
      <Choice
        label={b.eligibility}
        value={draft.eligibility}
        options={ELIGIBILITIES.map((one) => [one, b.eligibilities[one]])}
        error={errors.eligibility}
        onChange={(eligibility) => onChange({ eligibility })}
      />
      {afterEligibility}
      <SearchSelect
        label={b.reason}
        placeholder={b.reasonHint}
        value={draft.reason}
        error={errors.reason ?? (needs.reasons.some((one) => one.code === draft.reason && one.vital) ? (needs.insideSas ? b.vitalReasonSas : b.vitalReason) : undefined)}
        choices={needs.reasons.map(({ code, label, vital }) => ({ id: code, text: label, note: vital ? "15" : code }))}
        onChange={(reason) => onChange({ reason })}
      />
      {afterReason}
      {text("note", b.note, { placeholder: b.noteHint, optional: true, lines: 2, maxLength: 500 })}
      <details className={css.more}>
        <summary>{b.more}</summary>
        <div className={css.group}>
          {text("usedName", b.usedName, { optional: true })}
          {text("contactName", b.contactName, { optional: true })}
          {text("registeredGp", b.registeredGp, { optional: true })}
          {!needs.home && text("address", b.address, { optional: true })}
        </div>
      </details>
    </form>
  );
}

type TextName = {
  [K in keyof Draft]: string extends Draft[K] ? K : never;
}[keyof Draft];
