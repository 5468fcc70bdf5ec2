import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { api } from "../../api/api";
import type { Identity, Session } from "../../api/contract";
import { Problem } from "../../api/problem";
import { EmergencyButton } from "../../emergency/EmergencyButton";
import { m } from "../../messages";
import { insideSas } from "../roles";
import { type LockPerson, type LockView, lockApi } from "./lockApi";
import { l } from "./messages";
import css from "./lock.module.css";

interface Props {
  /** Who was in front of this page; null: it was opened on a locked computer. */
  identity: Identity | null;
  onUnlocked: (session: Session) => void;
  /** To the full sign-in. */
  onOther: () => void;
}

/** Covers everything: the people of the shift, one's own name, one's PIN. */
export function LockScreen({ identity, onUnlocked, onOther }: Props): React.JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const [view, setView] = useState<LockView | "failed" | null>(null);
  const [chosen, setChosen] = useState<string | null>(identity?.id ?? null);
  const look = useCallback((): void => {
    setView(null);
    lockApi.look().then((told) => {
      setView(told);
      setChosen((now) => (told.people.some(({ id }) => id === now) ? now : (told.last ?? null)));
    }, () => setView("failed"));
  }, []);
  useEffect(look, [look]);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    const stay = (): void => element?.showModal(); // a browser closes it at the second Escape
    element?.addEventListener("close", stay);
    return () => {
      element?.removeEventListener("close", stay);
      element?.close();
    };
  }, []);
  // Unlocked in another window, perhaps.
  useEffect(() => {
    const again = (): void => void api.session().then((session) => session && onUnlocked(session), () => undefined);
    window.addEventListener("focus", again);
    return () => window.removeEventListener("focus", again);
  }, [onUnlocked]);

  const read = view !== null && view !== "failed" ? view : null;
  // Until the server told, the one who was here: the field stands ready before the list does.
  const people: LockPerson[] = read?.people ?? (identity ? [identity] : []);
  const person = people.find(({ id }) => id === chosen);
  return createPortal(
    <div data-react-aria-top-layer="true">
      <dialog ref={dialog} className={css.screen} aria-labelledby="locked" onCancel={(event) => event.preventDefault()}>
        <div className={css.sheet}>
          <h1 id="locked">{l.title}</h1>
          <p className={css.lead}>{people.length > 0 || !read ? l.lead : l.nobody}</p>
          {view === "failed" && <p role="alert" className={css.problem}>{l.unreachable} <button type="button" className="button" onClick={look}>{l.retry}</button></p>}
          {people.length > 0 && (
            <fieldset className={css.people}>
              <legend className="visually-hidden">{l.who}</legend>
              {people.map(({ id, name, role }) => (
                <button key={id} type="button" className={css.person} aria-pressed={id === chosen} onClick={() => setChosen(id)}>
                  <strong>{name}</strong>
                  <span>{m.roles[role]}</span>
                </button>
              ))}
            </fieldset>
          )}
          {person && <PinEntry key={person.id} person={person} digits={read?.digits ?? 0} onUnlocked={onUnlocked} />}
          <div className={css.foot}>
            <button type="button" className="button" onClick={onOther}>{l.other}</button>
            <EmergencyButton inside={identity !== null && insideSas(identity.role)} />
          </div>
        </div>
      </dialog>
    </div>,
    document.body,
  );
}

/** The last digit opens: no other key is needed. */
function PinEntry({ person, digits, onUnlocked }: { person: LockPerson; digits: number; onUnlocked: (session: Session) => void }): React.JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const [pin, setPin] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const sent = useRef(false);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (digits === 0 || pin.length < digits || sent.current) return;
    sent.current = true;
    setBusy(true);
    setProblem("");
    lockApi
      .unlock(person.id, pin)
      .then(onUnlocked, (error: unknown) => {
        setProblem(error instanceof Problem ? (error.detail ?? error.message) : l.unreachable);
        setPin("");
        field.current?.focus();
      })
      .finally(() => {
        sent.current = false;
        setBusy(false);
      });
  }, [pin, digits, person.id, onUnlocked]);
  return (
    <form className={css.pin} onSubmit={(event) => event.preventDefault()}>
      <label>
        {l.pin(person.name)}
        <input
          ref={field}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          value={pin}
          maxLength={digits || undefined}
          aria-describedby="pin-note"
          aria-invalid={problem !== "" || undefined}
          onChange={(event) => setPin(event.target.value.replaceAll(/\D/g, ""))}
        />
      </label>
      <p id="pin-note" role={problem ? "alert" : "status"} className={problem ? css.problem : css.lead}>{problem || (busy ? l.opening : "")}</p>
    </form>
  );
}
