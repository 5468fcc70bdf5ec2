import { useState } from "react";
import { useCommand } from "../../agenda/useCommand";
import { TextInput } from "../../forms/TextInput";
import { Note, faultsOf } from "../Note";
import css from "../accounts.module.css";
import { type KeyScope, type MachineKey, type MachineKeys, keysApi } from "./keysApi";
import { k } from "./messages";

const LIVES = [30, 90, 180, 365];
const USUAL = 90;

interface Props {
  territoryId: string;
  offered: MachineKeys;
  onMade: (made: { key: MachineKey; secret?: string }) => void;
  onCancel: () => void;
}

export function KeyForm({ territoryId, offered, onMade, onCancel }: Props): React.JSX.Element {
  const lives = LIVES.filter((days) => days <= offered.longestDays);
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<KeyScope[]>(offered.scopes.length === 1 ? offered.scopes : []);
  const [days, setDays] = useState(lives.includes(USUAL) ? USUAL : (lives[0] ?? offered.longestDays));
  const { phase, run } = useCommand();
  const faults = faultsOf(phase);
  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    const done = await run((requestId) => keysApi.create(territoryId, name, scopes, days, requestId));
    if (done) onMade(done.answer);
  };
  const toggle = (scope: KeyScope): void => setScopes((now) => (now.includes(scope) ? now.filter((one) => one !== scope) : [...now, scope]));
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
      <TextInput label={k.name} placeholder={k.namePlaceholder} value={name} onChange={setName} error={faults.name?.[0]} maxLength={60} autoFocus />
      <fieldset className={css.ticks}>
        <legend>{k.scope}</legend>
        {offered.scopes.map((scope) => (
          <label key={scope}><input type="checkbox" checked={scopes.includes(scope)} onChange={() => toggle(scope)} /> {k.scopes[scope]}</label>
        ))}
        {faults.scopes && <p role="alert" className={css.problem}>{faults.scopes[0]}</p>}
      </fieldset>
      <label className={css.select}>
        {k.days}
        <select value={days} onChange={(event) => setDays(Number(event.target.value))}>
          {(lives.length > 0 ? lives : [offered.longestDays]).map((one) => <option key={one} value={one}>{k.lasts(one)}</option>)}
        </select>
      </label>
      {Object.keys(faults).length === 0 && <Note phase={phase} />}
      <p className={css.actions}>
        <button type="submit" className="button primary" aria-busy={phase.kind === "sending"}>{k.create}</button>
        <button type="button" className="button" onClick={onCancel}>{k.cancel}</button>
      </p>
    </form>
  );
}
