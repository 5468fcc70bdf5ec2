import { Suspense, lazy, useCallback, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { api } from "../api/api";
import type { Identity } from "../api/contract";
import { EmergencyButton } from "../emergency/EmergencyButton";
import { m } from "../messages";
import { countdown } from "../time/wall";
import css from "./guard.module.css";
import { insideSas } from "./roles";
import { getWays } from "./ways";
import { getSessionEnd, subscribeSessionEnd } from "./sessionEnd";

const PASSWORD = "pwd+otp";
const PROVIDER = "oidc";
const SignInForm = lazy(() => import("../accounts/SignInForm").then(({ SignInForm: it }) => ({ default: it })));

interface Props {
  identity: Identity;
  /** How it was opened; undefined: a demonstration identity. */
  method: string | undefined;
  /** The server no longer knows the session. */
  ended: boolean;
  onReopened: () => void;
  onLeave: () => void;
}

/** Says before the session ends, and when it has ended; what is typed stays where it is, below. */
export function SessionGuard({ identity, method, ended, onReopened, onLeave }: Props): React.JSX.Element {
  const end = useSyncExternalStore(subscribeSessionEnd, getSessionEnd);
  const [now, setNow] = useState(() => performance.now());
  const [failed, setFailed] = useState(false);
  const warns = end !== null && now >= end.warnAt;

  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), warns ? 500 : 5_000);
    return () => clearInterval(timer);
  }, [warns]);
  useEffect(() => setNow(performance.now()), [end]);
  // Another window may have kept it alive, or it is over: the server knows.
  useEffect(() => {
    if (!end || ended) return;
    const timer = setTimeout(() => void api.session().catch(() => undefined), Math.min(end.at - performance.now() + 500, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }, [end, ended]);

  const reopen = useCallback(async () => {
    setFailed(false);
    try {
      await api.signIn(identity.id);
      await api.session();
      onReopened();
    } catch {
      setFailed(true);
    }
  }, [identity.id, onReopened]);
  const stay = (): void => {
    if (end?.canStay) void api.session().catch(() => setFailed(true));
    else if (method) onLeave();
    else void reopen();
  };
  /** Who signs in again on this screen must be who left it: what they typed stands below. */
  const reopened = async (): Promise<void> => ((await api.session())?.identity.id === identity.id ? onReopened() : location.assign("/"));

  // Beside the page and not in it: a dialog of the page makes all the rest of it inert.
  const over = <div data-react-aria-top-layer="true">{ended && <Ended identity={identity} method={method} failed={failed} onReopen={() => void reopen()} onReopened={() => void reopened()} onLeave={onLeave} />}</div>;
  return (
    <div role="alert" className={css.slot}>
      {createPortal(over, document.body)}
      {warns && !ended && (
        <p className={css.notice}>
          <span>
            {end.canStay ? m.session.endsSoon : m.session.endsForGood} <span aria-hidden="true">({countdown(end.at - now)})</span>
            {failed && <> {m.session.failed}</>}
          </span>
          <button type="button" className="button primary" onClick={stay}>{end.canStay ? m.session.stay : m.session.reopen}</button>
        </p>
      )}
    </div>
  );
}

interface EndedProps {
  identity: Identity;
  method: string | undefined;
  failed: boolean;
  onReopen: () => void;
  onReopened: () => void;
  onLeave: () => void;
}

function Ended({ identity, method, failed, onReopen, onReopened, onLeave }: EndedProps): React.JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog ref={dialog} className={css.ended} aria-labelledby="session-ended" onCancel={(event) => event.preventDefault()}>
      <h1 id="session-ended">{m.session.ended}</h1>
      <p>{m.session.endedHelp}</p>
      <p role="alert">{failed ? m.session.failed : ""}</p>
      {method === PASSWORD && <Suspense fallback={null}><SignInForm onSignedIn={onReopened} /></Suspense>}
      {method === PROVIDER && <AtProvider identity={identity} onReopened={onReopened} />}
      <div className={css.actions}>
        {!method && <button type="button" className="button primary" onClick={onReopen}>{m.session.reopenAs(identity.name)}</button>}
        <button type="button" className="button" onClick={onLeave}>{method ? m.session.leave : m.session.change}</button>
        <EmergencyButton inside={insideSas(identity.role)} />
      </div>
    </dialog>
  );
}

/** In another window, so that what is typed stays; this one looks again when it is returned to. */
function AtProvider({ identity, onReopened }: { identity: Identity; onReopened: () => void }): React.JSX.Element | null {
  const provider = getWays()?.provider;
  useEffect(() => {
    const look = (): void => void api.session().then((session) => session?.identity.id === identity.id && onReopened(), () => undefined);
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, [identity.id, onReopened]);
  return provider ? <a className="button primary" href={provider.path} target="_blank" rel="noreferrer">{m.session.reopenAt(provider.name)}</a> : null;
}
