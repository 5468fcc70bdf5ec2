import { useCallback, useEffect, useState } from "react";
import { Note, faultsOf } from "../../accounts/Note";
import css from "../../accounts/accounts.module.css";
import { t } from "../../accounts/messages";
import { useCommand } from "../../agenda/useCommand";
import { TextInput } from "../../forms/TextInput";
import { type Pin, lockApi } from "./lockApi";
import { l } from "./messages";

/** One's PIN, and whether this computer is a shared one. */
export function SharedPcSection(): React.JSX.Element {
  const [pin, setPin] = useState<Pin | "failed" | null>(null);
  const [choosing, setChoosing] = useState(false);
  const [said, setSaid] = useState("");
  const { phase, run } = useCommand();
  const read = useCallback(() => {
    lockApi.pin().then(setPin, () => setPin("failed"));
  }, []);
  useEffect(read, [read]);
  const turn = async (shared: boolean): Promise<void> => {
    if (await run(() => (shared ? lockApi.share() : lockApi.unshare()))) location.reload(); // the whole page then knows when it locks
  };

  return (
    <section className={css.card} aria-labelledby="shared-pc">
      <h2 id="shared-pc">{l.section}</h2>
      <p className={css.note}>{l.sectionLead}</p>
      <p role="status" className={css.done}>{said}</p>
      {pin === null && <p>{l.loading}</p>}
      {pin === "failed" && <p role="alert" className={css.problem}>{l.failed} <button type="button" className="button" onClick={read}>{l.retry}</button></p>}
      {pin !== null && pin !== "failed" && (
        <>
          {!choosing && <p>{pin.set ? l.pinSet : l.pinUnset}</p>}
          {!pin.mayChange && <p className={css.note}>{l.tooLate}</p>}
          {pin.mayChange && !choosing && <button type="button" className="button" onClick={() => setChoosing(true)}>{pin.set ? l.change : l.choose}</button>}
          {choosing && (
            <PinForm
              digits={pin.digits}
              onCancel={() => setChoosing(false)}
              onChosen={() => {
                setChoosing(false);
                setSaid(l.chosen);
                read();
              }}
            />
          )}
          {pin.shared && <p><strong>{l.sharedNow}</strong></p>}
          {!pin.shared && pin.set && <p className={css.note}>{l.shareHelp}</p>}
          {(pin.shared || pin.set) && !choosing && (
            <button type="button" className="button" aria-busy={phase.kind === "sending"} onClick={() => void turn(!pin.shared)}>{pin.shared ? l.unshare : l.share}</button>
          )}
          <Note phase={phase} />
        </>
      )}
    </section>
  );
}

function PinForm({ digits, onChosen, onCancel }: { digits: number; onChosen: () => void; onCancel: () => void }): React.JSX.Element {
  const [next, setNext] = useState("");
  const [repeat, setRepeat] = useState("");
  const [differs, setDiffers] = useState(false);
  const { phase, run } = useCommand();
  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    setDiffers(next !== repeat);
    if (next === repeat && (await run((requestId) => lockApi.choosePin(next, requestId)))) onChosen();
  };
  const fault = faultsOf(phase).pin?.[0];
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
      <TextInput label={l.next(digits)} type="password" inputMode="numeric" value={next} onChange={setNext} error={fault} maxLength={digits} autoFocus />
      <TextInput label={l.repeat} type="password" inputMode="numeric" value={repeat} onChange={setRepeat} error={differs ? l.different : undefined} maxLength={digits} />
      {!fault && <Note phase={phase} />}
      <p className={css.actions}>
        <button type="submit" className="button primary" aria-busy={phase.kind === "sending"}>{l.save}</button>
        <button type="button" className="button" onClick={onCancel}>{t.account.cancel}</button>
      </p>
    </form>
  );
}
