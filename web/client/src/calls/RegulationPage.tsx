import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { I18nProvider } from "react-aria-components";
import { useCommand } from "../agenda/useCommand";
import type { Identity, Territory } from "../api/contract";
import { useReasons } from "../booking/useReference";
import type { Dossier } from "../dossier/dossier";
import { DossierForm } from "../dossier/DossierForm";
import type { Live } from "../live/useLive";
import { wallOf } from "../time/wall";
import { CallSheet } from "./CallSheet";
import { callsApi } from "./callsApi";
import css from "./calls.module.css";
import type { CallDone, CallFile, CallRow, Centre } from "./contract";
import { DUTY_MS, keepInHand } from "./inHand";
import { c } from "./messages";
import { QueueColumn } from "./QueueColumn";
import { SlotsBeside } from "./SlotsBeside";
import { Supervision } from "./Supervision";
import { useCentre, useCentres } from "./useCentre";

interface Props {
  identity: Identity;
  territories: readonly Territory[];
  live: Live;
  now: number;
  onDossier: (dossier: Dossier) => void;
}

export function RegulationPage(props: Props): React.JSX.Element {
  const { centres, failed, reload } = useCentres();
  const [id, setId] = useState<string | null>(null);
  const centre = centres?.find((one) => one.id === id) ?? centres?.[0];
  return (
    <I18nProvider locale="fr-FR">
      <main id="creneaux" tabIndex={-1} className={css.page}>
        {!centre && <h1>{c.title}</h1>}
        {failed && <p role="alert" className={css.missing}>{c.failed} <button type="button" className="button" onClick={reload}>{c.retry}</button></p>}
        {!centres && !failed && <p>{c.loading}</p>}
        {centres?.length === 0 && <p>{c.none}</p>}
        {centres && centres.length > 1 && (
          <label className={css.select}><span>{c.centre}</span>
            <select value={centre?.id} onChange={(event) => setId(event.target.value)}>{centres.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</select>
          </label>
        )}
        {centre && <Desk key={centre.id} centre={centre} {...props} />}
      </main>
    </I18nProvider>
  );
}

/** One centre's desk: the queue, the file in hand, the slots beside it. */
function Desk({ centre, identity, territories, live, now, onDossier }: Props & { centre: Centre }): React.JSX.Element {
  const { store, isCurrent } = useCentre(centre.id, live);
  const [shownId, setShownId] = useState<string | null>(null);
  const [supervises, setSupervises] = useState(false);
  const [onDuty, setOnDuty] = useState(true);
  const [said, setSaid] = useState("");
  const command = useCommand();
  const saver = useCommand();
  const saving = useRef<Promise<unknown>>(Promise.resolve());
  const reasons = useReasons();
  const title = useRef<HTMLHeadingElement>(null);
  const content = store.content;
  const calls = content?.calls ?? [];
  const mine = useMemo(() => new Set(centre.levels.filter(({ roles }) => roles.includes(identity.role)).map(({ id }) => id)), [centre, identity.role]);
  const listed = calls.find((call) => isHeldBy(call, identity.id));
  const fileId = listed?.id ?? shownId;
  const row = fileId ? store.call(fileId) : undefined;
  const file = useFile(fileId, row?.version);
  // Whichever is newer says whose the call is: after a take the file is often here before the queue's next frame.
  const newest = row && (!file || row.version >= file.version) ? row : file;
  const inHand = newest && isHeldBy(newest, identity.id) ? newest : undefined;
  const own = useMemo(() => territories.filter(({ id }) => centre.territories.includes(id)), [territories, centre]);
  const reasonOf = (code: string): string => reasons.find((one) => one.code === code)?.label ?? code;
  const ready = isCurrent && command.phase.kind !== "sending";

  useEffect(() => {
    if (isCurrent && content) keepInHand(inHand ? { identityId: identity.id, callId: inHand.id, centreId: centre.id, label: inHand.label } : null);
  }, [isCurrent, content, inHand?.id, centre.id, identity.id]);
  useEffect(() => {
    if (!isCurrent) return;
    const tell = (): void => void callsApi.duty(centre.id, onDuty).catch(() => undefined); // a lease: the next one tells again
    tell();
    if (!onDuty) return;
    const timer = setInterval(tell, DUTY_MS);
    return () => clearInterval(timer);
  }, [centre.id, isCurrent, onDuty]);

  /** What is saved by itself goes in order, and never in the way of a decision: that waits for it. */
  const save = (send: (requestId: string) => Promise<unknown>): Promise<boolean> => {
    const next = saving.current.then(() => saver.run(send)).then((done) => done !== null);
    saving.current = next.catch(() => undefined);
    return next;
  };
  const run = async (send: (requestId: string) => Promise<unknown>, text = ""): Promise<boolean> => {
    await saving.current;
    const done = await command.run(send);
    if (done) setSaid(text);
    return done !== null;
  };
  const takeBy = async (send: (requestId: string) => Promise<CallDone>): Promise<void> => {
    const done = await command.run(send);
    if (!done) return;
    setShownId(done.answer.callId);
    setSaid(c.said.taken(store.call(done.answer.callId)?.label ?? ""));
  };
  const next = useCallback(() => void takeBy((requestId) => callsApi.takeNext(centre.id, requestId)), [centre.id]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "F2" || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      if (ready && !inHand) next();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [ready, inHand, next]);

  return (
    <>
      <header className={css.head}>
        <h1 ref={title} tabIndex={-1}>{c.title} <span>{centre.name}</span></h1>
        <p className={css.facts}>{c.regimes[content?.regime ?? centre.regime]} {c.until(wallOf(centre.regimeUntil, centre.timeZone).time)}</p>
        <div className={css.buttons}>
          <button type="button" className="button primary" disabled={!ready || inHand !== undefined} onClick={next}>{c.next} <kbd>{c.nextKey}</kbd></button>
          <button type="button" className="button" aria-pressed={supervises} onClick={() => setSupervises(!supervises)}>{c.supervision}</button>
          <button type="button" className="button" disabled={!isCurrent} onClick={() => setOnDuty(!onDuty)}>{onDuty ? c.goOff : c.goOn}</button>
          <span className={css.facts}>{onDuty ? c.onDuty : c.offDuty}</span>
        </div>
      </header>
      <p role="status" className={css.said}>{said}</p>
      {content && !isCurrent && <p className={css.missing} role="alert">{c.stale}</p>}
      {!content ? <p>{c.loading}</p> : (
        <div className={css.desk}>
          <QueueColumn centre={centre} calls={calls} mine={mine} me={identity.id} now={now} canAct={ready && !inHand} shown={fileId} reasonOf={reasonOf} onTake={(call: CallRow) => void takeBy((requestId) => callsApi.take(call.id, requestId))} onShow={(call) => setShownId(call.id)} />
          <div className={css.middle}>
            {supervises && content.figures && <Supervision centre={centre} calls={calls} duty={content.duty} figures={content.figures} now={now} />}
            {file ? <CallSheet key={file.id} file={file} centre={centre} territories={own} reasons={reasons} mine={inHand?.id === file.id} role={identity.role} isLive={isCurrent} phases={[saver.phase, command.phase]} save={save} run={run} /> : centre.mode === "companion" ? (
              <DossierForm territories={own} reasons={reasons} onOpen={onDossier} />
            ) : (
              <div className={css.noFile}><p><strong>{c.noFile}</strong></p><p>{c.noFileHelp}</p></div>
            )}
          </div>
          {file && inHand?.id === file.id && <SlotsBeside key={file.id} file={file} centre={centre} territories={own} live={live} now={now} ready={ready} onBooked={setSaid} />}
        </div>
      )}
    </>
  );
}

const isHeldBy = ({ status, holder }: CallRow, id: string): boolean => status === "inHand" && holder?.id === id;

/** The file of a call, read again whenever the queue tells of a newer version; what was read for another call is never shown. */
function useFile(id: string | null, version: number | undefined): CallFile | null {
  const [file, setFile] = useState<CallFile | null>(null);
  useEffect(() => {
    if (!id) return;
    let gone = false;
    callsApi.one(id).then((answer) => void (gone || setFile((known) => (known?.id === answer.id && known.version > answer.version ? known : answer))), () => undefined);
    return () => void (gone = true);
  }, [id, version]);
  return file && file.id === id ? file : null;
}
