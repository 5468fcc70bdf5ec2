import { useEffect, useRef, useState } from "react";
import { I18nProvider } from "react-aria-components";
import { type CommandPhase, useCommand } from "../agenda/useCommand";
import type { Identity, Territory } from "../api/contract";
import { Segmented } from "../board/Segmented";
import { useReasons } from "../booking/useReference";
import type { Live } from "../live/useLive";
import { shortDay, wallOf } from "../time/wall";
import type { CareRequest } from "./contract";
import type { Outcome } from "./Ending";
import { type Show, partsOf } from "./list";
import { q } from "./messages";
import { type LinkedRequest, linkTo } from "./prefill";
import { RequestForm } from "./RequestForm";
import { RequestRow } from "./RequestRow";
import css from "./requests.module.css";
import { requestsApi } from "./requestsApi";
import { useRequests } from "./useRequests";

interface Props {
  identity: Identity;
  territories: readonly Territory[];
  live: Live;
  now: number;
  /** Opens the board for a request. */
  onBook: (request: LinkedRequest) => void;
}

const IDLE: CommandPhase = { kind: "idle" };
const SHOWS: readonly Show[] = ["all", "free", "mine"];
const DESKS = ["teleSecretary", "coordinator"];

/** Requests without a call: for the desk all of its territories', for the other doors their own. */
export function RequestsPage({ identity, territories, live, now, onBook }: Props): React.JSX.Element {
  const { list, failed, refresh } = useRequests(territories, live);
  const [show, setShow] = useState<Show>("all");
  const [forming, setForming] = useState(false);
  const [said, setSaid] = useState("");
  const [about, setAbout] = useState<string | null>(null);
  const command = useCommand();
  const reasons = useReasons();
  const title = useRef<HTMLHeadingElement>(null);
  const page = useRef<HTMLElement>(null);
  const lookFor = useRef<string | null>(null);
  const isDesk = DESKS.includes(identity.role);
  const isLive = live.link.kind === "live";
  const zoneOf = (id: string): string => territories.find((one) => one.id === id)?.timeZone ?? "Europe/Paris";
  const { open, ended } = partsOf(list ?? [], show, now);

  const run = async (one: CareRequest, send: (requestId: string) => Promise<CareRequest>, done: string, leaves: boolean): Promise<boolean> => {
    setAbout(one.id);
    setSaid("");
    const accepted = await command.run(send);
    refresh();
    if (!accepted) return false;
    setSaid(done);
    if (leaves) title.current?.focus(); // the row that was worked on goes away
    else lookFor.current = one.id;
    return true;
  };
  const take = (one: CareRequest): Promise<boolean> =>
    run(one, (requestId) => requestsApi.take(one.id, one.owner?.id, requestId), one.owner ? q.done.takeOver : q.done.take, false);
  const release = (one: CareRequest): Promise<boolean> => run(one, (requestId) => requestsApi.release(one.id, requestId), q.done.release, false);
  const end = (one: CareRequest, outcome: Outcome): Promise<boolean> => {
    const send = (requestId: string): Promise<CareRequest> =>
      outcome.kind === "unserved" ? requestsApi.unserved(one.id, outcome.reason, requestId)
      : outcome.kind === "served" ? requestsApi.serve(one.id, outcome.by, requestId)
      : requestsApi.cancel(one.id, outcome.reason, requestId);
    return run(one, send, q.done[outcome.kind], true);
  };
  /** Into one's own hands first, so that nobody else looks for the same patient. */
  const book = async (one: CareRequest): Promise<void> => {
    if (!one.mine && !(await take(one))) return;
    try {
      onBook(linkTo(await requestsApi.one(one.id)));
    } catch {
      setSaid(q.showFailed);
    }
  };

  // The button that was pressed has given way to the next one: the focus goes on to it, unless it went elsewhere meanwhile.
  useEffect(() => {
    const id = lookFor.current;
    lookFor.current = null;
    if (id === null || (document.activeElement && document.activeElement !== document.body)) return;
    (page.current?.querySelector<HTMLElement>(`[data-request="${CSS.escape(id)}"] [data-main]`) ?? title.current)?.focus();
  }, [list]);

  const first = open.find(({ allowed }) => allowed.includes("take"));
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.altKey || event.ctrlKey || event.metaKey) return;
      const act = { KeyN: () => setForming(true), KeyP: () => first && isLive && void take(first) }[event.code];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
  const onArrow = (event: React.KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !(event.target instanceof HTMLButtonElement)) return;
    const rows = [...(page.current?.querySelectorAll<HTMLElement>("[data-request]") ?? [])];
    const here = rows.findIndex((row) => row.contains(event.target as Node));
    const next = rows[here + step];
    if (here < 0 || !next) return;
    event.preventDefault();
    (next.querySelector<HTMLElement>("[data-main]") ?? next.querySelector<HTMLElement>("button"))?.focus();
  };
  const row = (one: CareRequest, isOpen: boolean): React.JSX.Element => (
    <RequestRow
      key={one.id}
      one={one}
      open={isOpen}
      reasons={reasons}
      timeZone={zoneOf(one.territoryId)}
      now={now}
      isLive={isLive}
      phase={about === one.id ? command.phase : IDLE}
      take={(it) => void take(it)}
      release={(it) => void release(it)}
      book={(it) => void book(it)}
      end={(it, outcome) => void end(it, outcome)}
    />
  );

  return (
    <I18nProvider locale="fr-FR">
      <div className={css.body} data-forming={forming || undefined}>
        <main ref={page} id="creneaux" tabIndex={-1} className={css.page} onKeyDown={onArrow}>
          <div className={css.head}>
            <div>
              <h1 ref={title} tabIndex={-1}>{q.title}</h1>
              <p>{isDesk ? q.lead : q.leadDoor}</p>
            </div>
            <button type="button" className="button primary" onClick={() => setForming(true)}>{q.form.open} <kbd>{q.form.key}</kbd></button>
          </div>
          <p role="status" className={css.done}>{said}</p>
          {failed && <p role="alert" className={css.problem}>{q.failed} <button type="button" className="button" onClick={refresh}>{q.retry}</button></p>}
          {!isLive && list && <p className={css.problem}>{q.stale}</p>}
          {!list && !failed && <p>{q.loading}</p>}
          {list && (
            <>
              <section aria-labelledby="requests-open">
                <div className={css.sectionHead}>
                  <h2 id="requests-open">{q.openTitle} <span>{open.length > 0 && q.count(open.length)}</span></h2>
                  {isDesk && <Segmented label={q.show} value={show} options={SHOWS.map((one) => [one, q.shows[one]])} onChange={setShow} />}
                  {open.length > 0 && <p className={css.keys}>{q.keys}</p>}
                </div>
                {open.length > 0 ? <ul>{open.map((one) => row(one, true))}</ul> : <p className={css.none}>{q.none[show]}</p>}
              </section>
              <section aria-labelledby="requests-ended">
                <div className={css.sectionHead}><h2 id="requests-ended">{q.endedTitle} <span>{ended.length > 0 && q.count(ended.length)}</span></h2></div>
                {ended.length > 0 ? <ul>{ended.map((one) => row(one, false))}</ul> : <p className={css.none}>{q.noneEnded}</p>}
              </section>
            </>
          )}
        </main>
        {forming && (
          <RequestForm
            identity={identity}
            territories={territories}
            now={now}
            isLive={isLive}
            onOpened={(request) => {
              const wall = wallOf(request.deadline, zoneOf(request.territoryId));
              setForming(false);
              setSaid(q.done.opened(q.before(q.at(shortDay(wall.day), wall.time))));
              refresh();
              title.current?.focus();
            }}
            onClose={() => {
              setForming(false);
              title.current?.focus();
            }}
          />
        )}
      </div>
    </I18nProvider>
  );
}
