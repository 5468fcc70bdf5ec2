import { Suspense, lazy, useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { api } from "./api/api";
import type { Identity, Session, Territory } from "./api/contract";
import { onSignedOut } from "./api/http";
import { BoardPage } from "./board/BoardPage";
import { OFFLINE } from "./board/pages";
import { EmergencyScreen } from "./emergency/EmergencyScreen";
import { useWitness } from "./emergency/useEmergency";
import { legalPageOf } from "./legal/pages";
import { m } from "./messages";
import { type KeptBoard, forgetBoard, keptBoard } from "./offline/keptBoard";
import { SignInDoor } from "./session/SignInDoor";
import { SessionGuard } from "./session/SessionGuard";
import { insideSas } from "./session/roles";
import { getWays } from "./session/ways";
import { lockApi } from "./session/lock/lockApi";
import { isLocked, setLocked, subscribeLocked } from "./session/lock/lockState";
import { useLock } from "./session/lock/useLock";
import { forgetSessionEnd } from "./session/sessionEnd";
import { BareBar } from "./shell/BareBar";
import { DemoRibbon } from "./shell/DemoRibbon";
import { Footer } from "./shell/Footer";
import { NoPage } from "./shell/NoPage";
import { PageFoot } from "./shell/PageFoot";
import { Waiting } from "./shell/Waiting";
import css from "./shell/shell.module.css";

const LegalPage = lazy(() => import("./legal/LegalPage").then(({ LegalPage: it }) => ({ default: it })));
const InvitationPage = lazy(() => import("./accounts/InvitationPage").then(({ InvitationPage: it }) => ({ default: it })));
const AskAccessPage = lazy(() => import("./accounts/requests/AskAccessPage").then(({ AskAccessPage: it }) => ({ default: it })));
const SignInPage = lazy(() => import("./accounts/SignInPage").then(({ SignInPage: it }) => ({ default: it })));
const loadLock = () => import("./session/lock/LockScreen");
const LockScreen = lazy(() => loadLock().then(({ LockScreen: it }) => ({ default: it })));
const OfflineBoard = lazy(() => import("./offline/OfflineBoard").then(({ OfflineBoard: it }) => ({ default: it })));

type Stage =
  | { kind: "loading" }
  | { kind: "unreachable"; kept: KeptBoard | null }
  | { kind: "picker" }
  | { kind: "board"; session: Session; territories: Territory[]; ended: boolean };

const RETRY_MS = 2_000;

/** Colleagues may come back by their PIN on a shared computer where nobody is in front. */
async function askLock(): Promise<void> {
  const lock = await lockApi.look().catch(() => null);
  if (lock?.shared && lock.people.length > 0) setLocked(true);
}

/** What the address asks for besides the application itself. */
export function App(): React.JSX.Element {
  const page = new URLSearchParams(location.search).get("page");
  if (page === "invitation") return <Aside><InvitationPage /></Aside>;
  if (page === "connexion") return <Aside><SignInPage onSignedIn={() => location.assign("/")} /></Aside>;
  if (page === "demander-un-acces") return <Aside><AskAccessPage /></Aside>;
  const legal = legalPageOf(location.search);
  if (legal) return <Aside><LegalPage id={legal} /></Aside>;
  if (location.pathname !== "/" && location.pathname !== "/index.html") return <Aside><NoPage why={undefined} /></Aside>;
  return <Application />;
}

/** A page that needs neither session nor server. */
function Aside({ children }: { children: React.ReactNode }): React.JSX.Element {
  return (
    <div className={css.aside}>
      <DemoRibbon />
      <BareBar />
      <div><Suspense fallback={<Waiting title={m.app.loading} />}>{children}</Suspense></div>
      <Footer />
      <EmergencyScreen inside={false} />
    </div>
  );
}

function Application(): React.JSX.Element {
  const [stage, setStage] = useState<Stage>({ kind: "loading" });

  const load = useCallback(async (): Promise<void> => {
    try {
      const session = await api.session();
      if (!session) {
        setStage({ kind: "picker" });
        return void askLock();
      }
      setLocked(false);
      setStage({ kind: "board", session, territories: await api.territories(), ended: false });
    } catch {
      const kept = await keptBoard();
      setStage((now) => ({ kind: "unreachable", kept: (now.kind === "unreachable" && now.kept) || kept }));
    }
  }, []);

  useEffect(() => void load(), [load]);
  // What is typed on the board stays: only a question stands above it.
  useEffect(() => onSignedOut(() => setStage((now) => (now.kind === "board" ? { ...now, ended: true } : { kind: "picker" }))), []);
  useEffect(() => {
    if (stage.kind !== "unreachable") return;
    const timer = setTimeout(() => void load(), RETRY_MS);
    return () => clearTimeout(timer);
  }, [stage, load]);

  const session = stage.kind === "board" ? stage.session : null;
  const leave = useCallback(async (): Promise<void> => {
    const elsewhere = session?.method === "oidc" ? getWays()?.provider?.endPath : undefined;
    if (!elsewhere) await api.signOut().catch(() => undefined);
    await forgetBoard();
    forgetSessionEnd();
    if (elsewhere) return location.assign(elsewhere); // the provider's session ends too
    history.replaceState(null, "", location.pathname);
    setStage({ kind: "picker" });
    void askLock();
  }, [session]);
  const reopened = useCallback(() => setStage((now) => (now.kind === "board" ? { ...now, ended: false } : now)), []);

  const locked = useSyncExternalStore(subscribeLocked, isLocked);
  const lock = useLock(session?.locksAfter);
  useEffect(() => {
    if (lock) void loadLock().catch(() => undefined); // so that it covers the screen at once
  }, [lock]);
  const unlocked = useCallback((now: Session): void => {
    if (session && now.identity.id !== session.identity.id) return location.assign("/"); // a colleague: nothing of the other one stays
    setLocked(false);
    if (!session) void load();
  }, [session, load]);
  const other = useCallback((): void => {
    history.replaceState(null, "", "/");
    setStage({ kind: "picker" });
    setLocked(false);
  }, []);

  const signedIn = stage.kind === "board" ? stage : null;
  const identity: Pick<Identity, "id" | "role"> | undefined = signedIn?.session.identity ?? (stage.kind === "unreachable" ? stage.kept?.identity : undefined);
  const ownTerritory = signedIn ? (signedIn.session.identity.territories[0] ?? signedIn.territories[0]?.id) : stage.kind === "unreachable" ? stage.kept?.territories[0]?.id : undefined;
  useWitness(identity?.id ?? null, ownTerritory);
  const inside = identity !== undefined && insideSas(identity.role);

  return (
    <>
      {signedIn && (
        <>
          <SessionGuard identity={signedIn.session.identity} method={signedIn.session.method} ended={signedIn.ended} onReopened={reopened} onLeave={() => void leave()} />
          <BoardPage session={signedIn.session} territories={signedIn.territories} onLeave={() => void leave()} onLock={lock} />
        </>
      )}
      {stage.kind === "picker" && <SignInDoor onSignedIn={() => void load()} />}
      {(stage.kind === "loading" || stage.kind === "unreachable") && (
        <>
          <DemoRibbon />
          <BareBar inside={inside} />
          {stage.kind === "loading" ? (
            <Waiting title={m.app.loading} />
          ) : stage.kept ? (
            <Suspense fallback={<Waiting title={m.app.loading} />}>
              <OfflineBoard board={stage.kept} lost onRetry={() => void load()} />
              <PageFoot page={OFFLINE} />
            </Suspense>
          ) : (
            <Waiting title={m.app.unreachable} help={m.app.unreachableHelp} onRetry={() => void load()} />
          )}
        </>
      )}
      {locked && stage.kind !== "loading" && (
        <Suspense fallback={<div className={css.cover}><Waiting title={m.app.loading} /></div>}>
          <LockScreen identity={session?.identity ?? null} onUnlocked={unlocked} onOther={other} />
        </Suspense>
      )}
      <EmergencyScreen inside={inside} />
    </>
  );
}
