import { useCallback, useEffect, useState } from "react";
import { I18nProvider } from "react-aria-components";
import type { Identity, Slot } from "../api/contract";
import type { BoardItem } from "../board/items";
import type { Live } from "../live/useLive";
import { countdown, wallOf } from "../time/wall";
import { BookingDrawer } from "./BookingDrawer";
import { WARN_MS } from "./HoldBar";
import { type Draft, isDirty } from "./draft";
import css from "./drawer.module.css";
import { type BookingFile, startOf } from "./files";
import { b } from "./messages";
import type { BookingFiles } from "./useBookingFiles";

export interface TabsProps {
  files: BookingFiles;
  identity: Identity;
  onBehalf: boolean;
  live: Live;
  now: number;
  items: readonly BoardItem[];
  /** The slot that the file in front holds. */
  onHeld: (slotId: string | null) => void;
  /** The last file was closed; it stood on this slot. `served`: a request was booked in it. */
  onClosed: (slotId: string, served: boolean) => void;
  /** A request was booked. */
  onServed: (requestId: string) => void;
  /** A booking was made for a dossier. */
  onDossierServed: (number: string) => void;
}

/** The bookings under way. Every file stays mounted behind its tab: its hold runs on and nothing typed is lost. */
export function BookingTabs({ files, identity, onBehalf, live, now, items, onHeld, onClosed, onServed, onDossierServed }: TabsProps): React.JSX.Element {
  const { list, front, mark } = files;
  const [drafts, setDrafts] = useState<ReadonlyMap<number, Draft>>(new Map());
  const [held, setHeld] = useState<ReadonlyMap<number, number>>(new Map());
  const [served, setServed] = useState<ReadonlySet<number>>(new Set());
  const fileOf = (id: number): BookingFile | undefined => list.find((file) => file.id === id);
  const draftOf = (id: number): Draft => drafts.get(id) ?? startOf(fileOf(id));
  const isBegun = (id: number): boolean => isDirty(draftOf(id), startOf(fileOf(id)));

  const change = (id: number, next: (known: Draft) => Draft): void => {
    const start = startOf(fileOf(id));
    setDrafts((all) => new Map(all).set(id, next(all.get(id) ?? start)));
  };
  const noteHold = useCallback((id: number, until: number | null) => {
    setHeld((all) => {
      const next = new Map(all);
      if (until === null) next.delete(id);
      else next.set(id, until);
      return next;
    });
  }, []);

  useEffect(() => list.forEach(({ id }) => mark(id, { dirty: isBegun(id) })), [list, drafts, mark]);
  const frontFile = list.find(({ id }) => id === front);
  const frontUntil = frontFile && held.get(frontFile.id);
  const frontHolds = frontUntil !== undefined && frontUntil > now;
  useEffect(() => onHeld(frontHolds && frontFile ? frontFile.slot.id : null), [frontHolds, frontFile?.slot.id, onHeld]);

  // Of a closed file nothing stays in memory.
  useEffect(() => {
    const open = new Set(list.map(({ id }) => id));
    setDrafts((all) => new Map([...all].filter(([id]) => open.has(id))));
    setHeld((all) => new Map([...all].filter(([id]) => open.has(id))));
  }, [list]);

  const close = (file: BookingFile): void => {
    files.close(file.id);
    if (list.length === 1) onClosed(file.slot.id, served.has(file.id));
  };
  /** The same patient on another slot: what was typed comes over, the former slot is freed. */
  const takeOver = (to: BookingFile, from: BookingFile): void => {
    change(to.id, () => draftOf(from.id));
    close(from);
  };
  const next = (): void => {
    const other = list[(list.findIndex(({ id }) => id === front) + 1) % list.length];
    if (other) files.show(other.id);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.altKey && event.code === "KeyO" && list.length > 1) {
      event.preventDefault();
      next();
    }
  };

  return (
    <I18nProvider locale="fr-FR">
      <aside className={css.drawer} onKeyDown={onKeyDown}>
        {list.length > 1 && (
          <div className={css.tabs}>
            <div className={css.tabList} role="tablist" aria-label={b.tabs}>
              {list.map((file, index) => (
                <button
                  key={file.id}
                  type="button"
                  role="tab"
                  id={`file-tab-${file.id}`}
                  aria-selected={file.id === front}
                  aria-controls={`file-${file.id}`}
                  tabIndex={file.id === front ? 0 : -1}
                  onClick={() => files.show(file.id)}
                  onKeyDown={(event) => {
                    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
                    event.preventDefault();
                    next();
                  }}
                >
                  <TabName file={file} index={index} draft={draftOf(file.id)} until={held.get(file.id)} now={now} />
                </button>
              ))}
            </div>
            <span className={css.tabKey}><kbd>{b.switchKey}</kbd><span className="visually-hidden"> {b.switchTab}</span></span>
          </div>
        )}
        {list.map((file) => {
          const begun = list.find((other) => other.id !== file.id && !other.request && isDirty(draftOf(other.id)));
          return (
            <div key={file.id} id={`file-${file.id}`} className={css.file} hidden={file.id !== front} {...(list.length > 1 ? { role: "tabpanel", "aria-labelledby": `file-tab-${file.id}` } : {})}>
              <BookingDrawer
                file={file}
                inFront={file.id === front}
                identity={identity}
                onBehalf={onBehalf}
                live={live}
                now={now}
                items={items}
                draft={draftOf(file.id)}
                onDraft={(part) => change(file.id, (known) => ({ ...known, ...part }))}
                samePatient={begun && !file.request && !isDirty(draftOf(file.id)) ? { slot: begun.slot, take: () => takeOver(file, begun) } : null}
                onHold={(until) => noteHold(file.id, until)}
                onTake={(slot: Slot) => files.take(file.id, slot)}
                onStage={(stage) => {
                  mark(file.id, { stage });
                  if (stage === "done" && file.dossier) onDossierServed(file.dossier.number);
                  const request = draftOf(file.id).careRequestId;
                  if (stage !== "done" || !request) return;
                  if (file.request) setServed((known) => new Set(known).add(file.id));
                  onServed(request);
                }}
                onClose={() => close(file)}
              />
            </div>
          );
        })}
      </aside>
    </I18nProvider>
  );
}

function TabName({ file, index, draft, until, now }: { file: BookingFile; index: number; draft: Draft; until: number | undefined; now: number }): React.JSX.Element {
  const left = until === undefined ? null : until - now;
  return (
    <>
      <strong>{b.tab(index + 1, wallOf(file.slot.start, file.territory.timeZone).time)}</strong>
      <span>{draft.lastName.trim() || b.tabNew}</span>
      {left !== null && left > 0 && left <= WARN_MS && <span className={css.tabSoon}>{countdown(left)}</span>}
    </>
  );
}
