import { useState } from "react";
import type { CommandPhase } from "../agenda/useCommand";
import { faultsOf } from "../accounts/Note";
import { parseBirthDate } from "../booking/draft";
import { Choice } from "../forms/Choice";
import { TextInput } from "../forms/TextInput";
import { m } from "../messages";
import type { PersonIdentity } from "./contract";
import { p } from "./messages";
import css from "./persons.module.css";

const b = m.booking;
const SEXES = ["F", "M", "I"] as const;

interface Props {
  identity: PersonIdentity;
  phase: CommandPhase;
  onSave: (identity: PersonIdentity) => void;
  onCancel: () => void;
}

/** The identity as it should be: all fields are sent, an emptied one is emptied. */
export function Correction({ identity, phase, onSave, onCancel }: Props): React.JSX.Element {
  const [next, setNext] = useState({ usedName: "", communeCode: "", registeredGp: "", ...identity, birthDate: identity.birthDate.split("-").reverse().join("/") });
  const [badDate, setBadDate] = useState(false);
  const faults = faultsOf(phase);
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    const birthDate = parseBirthDate(next.birthDate);
    setBadDate(!birthDate);
    if (!birthDate) return;
    const { usedName, communeCode, registeredGp, ...needed } = next;
    onSave({ ...needed, birthDate, ...Object.fromEntries(Object.entries({ usedName, communeCode, registeredGp }).filter(([, value]) => value.trim())) });
  };
  const text = (name: "lastName" | "firstName" | "usedName" | "birthDate" | "communeCode" | "registeredGp", label: string, optional = false): React.JSX.Element => (
    <TextInput label={label} value={next[name]} optional={optional} error={(name === "birthDate" && badDate ? b.badDate : undefined) ?? faults[name]?.[0]} onChange={(value) => setNext({ ...next, [name]: value })} maxLength={100} />
  );
  return (
    <form className={css.ask} onSubmit={submit} noValidate aria-label={p.correct}>
      <div className={css.fields}>
        {text("lastName", b.lastName)}
        {text("firstName", b.firstName)}
        {text("birthDate", b.birthDate)}
        <Choice label={b.sex} value={next.sex} options={SEXES.map((sex) => [sex, b.sexes[sex]] as const)} compact onChange={(sex) => setNext({ ...next, sex })} error={faults["sex"]?.[0]} />
        {text("usedName", b.usedName, true)}
        {text("communeCode", p.commune, true)}
        {text("registeredGp", p.gp, true)}
      </div>
      <div className={css.actions}>
        <button type="submit" className="button primary" disabled={phase.kind === "sending"}>{p.save}</button>
        <button type="button" className="button" onClick={onCancel}>{p.cancel}</button>
      </div>
    </form>
  );
}
