import { useState } from "react";
import type { CommandPhase } from "../agenda/useCommand";
import { TextInput } from "../forms/TextInput";
import { Note, faultsOf } from "./Note";
import type { Provisioning } from "./contract";
import { t } from "./messages";
import css from "./accounts.module.css";

interface Props {
  shown: Provisioning;
  phase: CommandPhase;
  onCode: (code: string) => void;
}

/** The second factor to be scanned or typed, and its first code. */
export function Factor({ shown, phase, onCode }: Props): React.JSX.Element {
  const [code, setCode] = useState("");
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    onCode(code.trim());
    setCode("");
  };
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <p>{t.factor.scan}</p>
      <div className={css.qr}>
        <img src={`data:image/svg+xml;utf8,${encodeURIComponent(shown.qr)}`} alt={t.factor.alt} width="200" height="200" />
        <p>{t.factor.type}<br /><code>{shown.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code></p>
      </div>
      <TextInput label={t.factor.code} name="code" inputMode="numeric" autoComplete="one-time-code" value={code} onChange={setCode} error={faultsOf(phase).code?.[0]} maxLength={10} autoFocus />
      <Note phase={phase} />
      <button type="submit" className="button primary" aria-busy={phase.kind === "sending"}>{t.factor.confirm}</button>
    </form>
  );
}
