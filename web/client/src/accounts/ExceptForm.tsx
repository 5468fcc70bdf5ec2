import { useState } from "react";
import type { CentrePerson } from "./contract";
import { t } from "./messages";
import css from "./accounts.module.css";

const w = t.members;

interface Props {
  one: CentrePerson;
  /** Until a last day; undefined: not any more. Answers whether it was done. */
  onExcept: (one: CentrePerson, until: string | undefined) => Promise<boolean>;
  onClose: () => void;
}

/** Lets somebody use a local account until a day, or ends that. */
export function ExceptForm({ one, onExcept, onClose }: Props): React.JSX.Element {
  const [until, setUntil] = useState("");
  const send = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    if (await onExcept(one, one.localUntil ? undefined : until)) onClose();
  };
  return (
    <form className={css.ask} onSubmit={(event) => void send(event)} noValidate>
      <p>{one.localUntil ? w.unexceptAsk(one.name) : w.exceptAsk(one.name)}</p>
      {!one.localUntil && <label className={css.select}>{w.exceptUntil}<input type="date" value={until} required autoFocus onChange={(event) => setUntil(event.target.value)} /></label>}
      <p className={css.actions}>
        <button type="submit" className="button primary" disabled={!one.localUntil && until === ""} autoFocus={one.localUntil !== undefined}>{one.localUntil ? w.unexcept : w.except}</button>
        <button type="button" className="button" onClick={onClose}>{w.cancel}</button>
      </p>
    </form>
  );
}
