import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import type { Shown } from "./desk";
import css from "./emergency.module.css";
import { e } from "./messages";
import { desk, useEmergencyKey, useShownEmergency } from "./useEmergency";

/**
 * Over everything else: a native modal dialog stands above other overlays, and the mark keeps React Aria's own dialogs from hiding it or
 * taking the focus back.
 */
export function EmergencyScreen({ inside }: { inside: boolean }): React.JSX.Element {
  useEmergencyKey();
  const shown = useShownEmergency();
  return createPortal(<div data-react-aria-top-layer="true">{shown && <Screen shown={shown} inside={inside} />}</div>, document.body);
}

function Screen({ shown, inside }: { shown: Shown; inside: boolean }): React.JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const undoable = shown.status === "undoable";
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    title.current?.focus(); // not a button: whoever goes on typing must not undo it
    return () => element?.close(); // gives the focus back to where it was
  }, []);

  const steps = inside ? e.transferSteps : e.callSteps;
  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      className={css.screen}
      aria-labelledby="emergency-title"
      aria-describedby="emergency-lead"
      onCancel={(event) => {
        event.preventDefault();
        desk.dismiss();
      }}
    >
      <div className={css.sheet}>
        <h1 id="emergency-title" ref={title} tabIndex={-1} className={css.title}>{inside ? e.transferTitle : e.callTitle}</h1>
        <p id="emergency-lead" className={css.lead}>{inside ? e.transferLead : e.callLead}</p>
        <ol className={css.steps}>
          {steps.map((step) => <li key={step}>{step}</li>)}
        </ol>
        {!inside && (
          <p className={css.dialLine}>
            <a className={css.dial} href="tel:15">{e.dial}</a>
            <span>{e.deaf}</span>
          </p>
        )}
        <div className={css.foot}>
          <button type="button" className={css.dismiss} onClick={() => desk.dismiss()}>
            {undoable ? <>{e.undo} <Countdown until={shown.undoUntil} /> <kbd className={css.key}>{e.undoKey}</kbd></> : e.close}
          </button>
          <p role="status" className={css.status}>{undoable ? e.undoNote : e.status[shown.status]}</p>
        </div>
      </div>
    </dialog>
  );
}

function Countdown({ until }: { until: number }): React.JSX.Element {
  const left = (): number => Math.max(1, Math.ceil((until - performance.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(left()), 200);
    return () => clearInterval(timer);
  }, [until]);
  // counts down for the eye only: each second need not be said
  return <span aria-hidden="true">({e.undoIn(seconds)})</span>;
}
