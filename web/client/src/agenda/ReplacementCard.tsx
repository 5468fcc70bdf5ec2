import { useState } from "react";
import type { Slot } from "../api/contract";
import type { BoardItem } from "../board/items";
import { HoldBar } from "../booking/HoldBar";
import { useHold } from "../booking/useHold";
import { useReasons } from "../booking/useReference";
import { m } from "../messages";
import { longDate, shortDay, wallOf } from "../time/wall";
import { type Replacement, agendaApi } from "./agendaApi";
import { BookingFile } from "./BookingFile";
import { a } from "./messages";
import parts from "./parts.module.css";
import { PhaseNote } from "./PhaseNote";
import { proposalsFor } from "./proposals";
import css from "./replace.module.css";
import { useCommand } from "./useCommand";

const t = a.replace;

interface Props {
  lost: Replacement;
  items: readonly BoardItem[];
  timeZone: string;
  now: number;
  isLive: boolean;
  onDone: (text: string) => void;
}

/** One patient to book elsewhere: pick a proposed slot and confirm, or cancel once the patient knows. */
export function ReplacementCard({ lost, items, timeZone, now, isLive, onDone }: Props): React.JSX.Element {
  const [taken, setTaken] = useState<Slot | null>(null);
  const [cancelling, setCancelling] = useState(false);
  const [open, setOpen] = useState(false);
  const reasons = useReasons();
  const command = useCommand();
  const when = longDate(lost.start, timeZone);

  const cancel = async (): Promise<void> => {
    if (await command.run((requestId) => agendaApi.cancelInformed(lost.bookingId, requestId))) onDone(t.cancelled);
  };

  return (
    <li className={css.card} data-replace={lost.bookingId}>
      <div className={css.lost}>
        <h2>{t.was(when)}</h2>
        <p>{[lost.practitioner?.name, m.streams[lost.stream], reasons.find(({ code }) => code === lost.reason)?.label ?? lost.reason].filter(Boolean).join(" · ")}</p>
        <p className={css.note}>{[a.bookedBy(lost.bookedBy), t.owners[lost.owner], lost.wantedBefore && t.before(longDate(lost.wantedBefore, timeZone))].filter(Boolean).join(" · ")}</p>
        <button type="button" className={css.reveal} aria-expanded={open} onClick={() => setOpen(!open)}>{open ? a.hide : a.show}<span className="visually-hidden"> {when}</span></button>
        {open && <BookingFile id={lost.bookingId} timeZone={timeZone} cancellable={false} time={when} isLive={isLive} onDone={onDone} />}
      </div>
      {taken ? (
        <Taken key={taken.id} slot={taken} lost={lost} timeZone={timeZone} now={now} isLive={isLive} onOther={() => setTaken(null)} onDone={onDone} />
      ) : (
        <Proposals slots={proposalsFor(lost, items, now)} timeZone={timeZone} isLive={isLive} onTake={(slot) => (setCancelling(false), setTaken(slot))} />
      )}
      {!taken && (
        <div className={css.cancel}>
          {cancelling ? (
            <div className={parts.actions}>
              <button type="button" className={`button ${parts.danger}`} autoFocus disabled={!isLive || command.phase.kind === "sending"} onClick={() => void cancel()}>{t.cancelConfirm}</button>
              <button type="button" className="button" onClick={() => setCancelling(false)}>{a.keep}</button>
            </div>
          ) : (
            <button type="button" className={`button ${parts.small}`} disabled={!isLive} onClick={() => setCancelling(true)}>{t.cancel}</button>
          )}
          <PhaseNote phase={command.phase} />
        </div>
      )}
    </li>
  );
}

function Proposals({ slots, timeZone, isLive, onTake }: { slots: readonly Slot[]; timeZone: string; isLive: boolean; onTake: (slot: Slot) => void }): React.JSX.Element {
  return (
    <div className={css.proposals}>
      <h3>{t.propose} <span>{t.proposeHelp}</span></h3>
      {slots.length === 0 ? <p>{t.noSlot}</p> : (
        <ul>
          {slots.map((slot) => {
            const { day, time } = wallOf(slot.start, timeZone);
            const who = slot.practitioner?.name ?? slot.place.name;
            return (
              <li key={slot.id}>
                <button type="button" className={`button ${css.pick}`} data-pick={slot.id} disabled={!isLive} onClick={() => onTake(slot)}>
                  <span className="visually-hidden">{t.pick}</span>
                  <strong>{shortDay(day)} {time}</strong>{" "}
                  <span>{who}</span>{" "}
                  <span>{slot.place.commune}{slot.mode !== "surgery" && ` · ${m.modes[slot.mode]}`}</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

interface TakenProps {
  slot: Slot;
  lost: Replacement;
  timeZone: string;
  now: number;
  isLive: boolean;
  onOther: () => void;
  onDone: (text: string) => void;
}

/** The slot is held while the patient is asked; leaving frees it. */
function Taken({ slot, lost, timeZone, now, isLive, onOther, onDone }: TakenProps): React.JSX.Element {
  const { hold, retake, extend, spend } = useHold(slot.id);
  const command = useCommand();
  const when = longDate(slot.start, timeZone);
  const held = hold.kind === "held" && hold.until > now;
  const confirm = async (): Promise<void> => {
    if (hold.kind !== "held") return;
    if (!(await command.run((requestId) => agendaApi.replace(slot.id, lost.bookingId, hold.holdId, requestId)))) return;
    spend();
    onDone(t.done(when));
  };
  return (
    <div className={css.taken}>
      <p><strong>{t.held(when, slot.practitioner?.name ?? slot.place.name)}</strong><br />{slot.place.address}, {slot.place.postalCode} {slot.place.commune}</p>
      {hold.kind === "refused" ? <PhaseNote phase={{ kind: "refused", problem: hold.problem }} /> : <HoldBar hold={hold} now={now} onExtend={() => void extend()} onRetake={retake} />}
      <PhaseNote phase={command.phase} />
      <div className={parts.actions}>
        <button type="button" className="button primary" disabled={!held || !isLive || command.phase.kind === "sending"} onClick={() => void confirm()}>{t.confirm}</button>
        <button type="button" className="button" disabled={command.phase.kind === "sending"} onClick={onOther}>{t.other}</button>
      </div>
    </div>
  );
}
