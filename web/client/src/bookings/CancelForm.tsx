import { useId, useState } from "react";
import { CANCEL_REASONS, type CancelReason } from "../api/contract";
import { a } from "../agenda/messages";
import css from "./bookings.module.css";
import { r } from "./messages";

interface Props {
  sending: boolean;
  isLive: boolean;
  onCancel: (reason: CancelReason) => void;
  onKeep: () => void;
}

/** Why, and one confirmation; the usual reason stands ready. */
export function CancelForm({ sending, isLive, onCancel, onKeep }: Props): React.JSX.Element {
  const [reason, setReason] = useState<CancelReason>("patientRequest");
  const group = useId();
  return (
    <form
      className={css.cancel}
      onSubmit={(event) => {
        event.preventDefault();
        onCancel(reason);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onKeep();
      }}
    >
      <fieldset>
        <legend>{r.cancelWhy}</legend>
        {CANCEL_REASONS.map((one, index) => (
          <label key={one}>
            <input type="radio" name={group} autoFocus={index === 0} checked={one === reason} onChange={() => setReason(one)} /> {a.cancelReasons[one]}
          </label>
        ))}
      </fieldset>
      <p>{isLive ? r.cancelHelp : r.notLive}</p>
      <div className={css.buttons}>
        <button type="submit" className={`button ${css.danger}`} disabled={sending || !isLive}>{r.cancelConfirm}</button>
        <button type="button" className="button" disabled={sending} onClick={onKeep}>{r.keep}</button>
      </div>
    </form>
  );
}
