import { useEffect, useMemo, useRef, useState } from "react";
import { PhaseNote } from "../agenda/PhaseNote";
import { useCommand } from "../agenda/useCommand";
import { api } from "../api/api";
import { type CareStream, ELIGIBILITIES, type Eligibility, STREAMS, type Territory } from "../api/contract";
import { type BoardItem, type Recent, itemsOf } from "../board/items";
import { useTurns } from "../board/useTurns";
import { HoldBar } from "../booking/HoldBar";
import { useHold } from "../booking/useHold";
import { Choice } from "../forms/Choice";
import { type Live, useVersion } from "../live/useLive";
import { m } from "../messages";
import { longDate, shortDay, wallOf } from "../time/wall";
import { SHOWN_SLOTS, bodyFor, missingFor, slotsFor, windowEnd } from "./booking";
import css from "./calls.module.css";
import type { CallFile, Centre } from "./contract";
import { c } from "./messages";

/** Here nothing is lit up. */
const NONE: Recent = new Map();

interface Props {
  file: CallFile;
  centre: Centre;
  territories: readonly Territory[];
  live: Live;
  now: number;
  ready: boolean;
  onBooked: (text: string) => void;
}

/** The board beside the call, for the patient's commune and window; F9 holds the first slot, and confirms the held one. */
export function SlotsBeside({ file, centre, territories, live, now, ready, onBooked }: Props): React.JSX.Element {
  const [stream, setStream] = useState<CareStream>("gp");
  const [eligibility, setEligibility] = useState<Eligibility | "">("");
  const [all, setAll] = useState(false);
  const [taken, setTaken] = useState<BoardItem | null>(null);
  const turns = useTurns(territories, live.link.kind === "live");
  const commune = territories.flatMap(({ communes }) => communes).find(({ code }) => code === (file.patient?.communeCode ?? file.communeCode));
  const wanted = useMemo(() => ({ origin: commune ?? null, turns, sort: "soonest" as const }), [commune, turns]);
  const version = useVersion(live);
  const items = useMemo(() => itemsOf({ store: live.store, territories, wanted, recent: NONE, now }), [live.store, version, live.link, territories, now, wanted]);
  const until = windowEnd(file, centre.windowHours, now);
  const slots = slotsFor(items, stream, until);
  const missing = missingFor(file, eligibility);
  const decided = file.decisionMade?.exit === "appointment";
  const booked = file.bookings.length > 0;
  const confirm = useRef<() => void>(() => undefined);

  useEffect(() => setTaken(null), [file.id, file.status]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "F9" || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      if (!ready || !decided || booked) return;
      if (taken) confirm.current();
      else if (slots[0]) setTaken(slots[0]);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });

  return (
    <section className={css.slots} aria-label={c.slots}>
      <h2>{c.slots} <span>{c.slotsFor(commune?.name ?? "", longDate(new Date(until).toISOString(), centre.timeZone))}</span></h2>
      <div className={css.buttons} role="group" aria-label={c.careStream}>
        <label className={css.select}><span>{c.careStream}</span>
          <select value={stream} onChange={(event) => setStream(event.target.value as CareStream)}>{STREAMS.map((one) => <option key={one} value={one}>{m.streams[one]}</option>)}</select>
        </label>
      </div>
      {booked ? <p className={css.decided}>✓ {c.already}</p> : !decided ? <p className={css.facts}>{c.slotsAfter}</p> : (
        <>
          <Choice label={c.eligibility} value={eligibility} options={ELIGIBILITIES.map((one) => [one, m.booking.eligibilities[one]])} onChange={setEligibility} />
          {missing.length > 0 && <p className={css.missing}>{c.incomplete(missing.map((name) => c.fields[name] ?? name).join(", "))}</p>}
        </>
      )}
      {taken && decided && !booked ? (
        <Held key={taken.slot.id} item={taken} file={file} eligibility={eligibility} complete={missing.length === 0} now={now} ready={ready} confirmBy={confirm} onOther={() => setTaken(null)} onBooked={(text) => {
          setTaken(null);
          onBooked(text);
        }} />
      ) : slots.length === 0 ? <p className={css.facts}>{c.noSlot}</p> : (
        <>
          <ul className={css.slotList}>
            {(all ? slots : slots.slice(0, SHOWN_SLOTS)).map((item, index) => {
              const { day, time } = wallOf(item.slot.start, item.territory.timeZone);
              const who = item.slot.practitioner?.name ?? item.slot.place.name;
              return (
                <li key={item.slot.id}>
                  <button type="button" className="button" data-pick={item.slot.id} disabled={!ready || !decided || booked} onClick={() => setTaken(item)}>
                    <strong>{shortDay(day)} {time}</strong> <span>{who}, {item.slot.place.commune}{item.km !== null && ` · ${m.slot.km(item.km)}`}</span>{index === 0 && decided && !booked && <kbd>{c.holdKey}</kbd>}
                  </button>
                </li>
              );
            })}
          </ul>
          {!all && slots.length > SHOWN_SLOTS && <button type="button" className="button" onClick={() => setAll(true)}>{c.allSlots(slots.length)}</button>}
        </>
      )}
    </section>
  );
}

interface HeldProps {
  item: BoardItem;
  file: CallFile;
  eligibility: Eligibility | "";
  complete: boolean;
  now: number;
  ready: boolean;
  confirmBy: React.RefObject<() => void>;
  onOther: () => void;
  onBooked: (text: string) => void;
}

/** Held while the patient is asked; leaving frees it. */
function Held({ item: { slot, territory }, file, eligibility, complete, now, ready, confirmBy, onOther, onBooked }: HeldProps): React.JSX.Element {
  const { hold, retake, extend, spend } = useHold(slot.id);
  const command = useCommand();
  const when = longDate(slot.start, territory.timeZone);
  const who = slot.practitioner?.name ?? slot.place.name;
  const held = hold.kind === "held" && hold.until > now;
  const able = held && complete && ready && command.phase.kind !== "sending";
  const confirm = async (): Promise<void> => {
    if (!able || hold.kind !== "held" || !eligibility) return;
    if (!(await command.run((requestId) => api.book(slot.id, bodyFor(file, eligibility, hold.holdId, requestId))))) return;
    spend();
    onBooked(c.booked(when, who));
  };
  confirmBy.current = () => void confirm();
  return (
    <div className={css.held} data-testid="held">
      <p><strong>{when}</strong>, {who}<br />{slot.place.address}, {slot.place.postalCode} {slot.place.commune}</p>
      {hold.kind === "refused" ? <PhaseNote phase={{ kind: "refused", problem: hold.problem }} /> : <HoldBar hold={hold} now={now} onExtend={() => void extend()} onRetake={retake} />}
      <PhaseNote phase={command.phase} />
      <div className={css.buttons}>
        <button type="button" className="button primary" disabled={!able} onClick={() => void confirm()}>{c.confirm} <kbd>{c.holdKey}</kbd></button>
        <button type="button" className="button" disabled={command.phase.kind === "sending"} onClick={onOther}>{c.other}</button>
      </div>
    </div>
  );
}
