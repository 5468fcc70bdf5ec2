import { useId, useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { api } from "../api/api";
import { MODES, type Slot, type VisitMode } from "../api/contract";
import { Choice } from "../forms/Choice";
import { TextInput } from "../forms/TextInput";
import forms from "../forms/forms.module.css";
import { m } from "../messages";
import { longDate, shortDay, wallOf } from "../time/wall";
import modal from "../unserved/unserved.module.css";
import css from "./dialog.module.css";
import { a } from "./messages";
import parts from "./parts.module.css";
import { PhaseNote } from "./PhaseNote";
import { useCommand } from "./useCommand";
import { DAYS, inARow, instantOf, readTime, suggestTime } from "./week";

const LENGTHS = ["10", "15", "20", "30", "45", "60"] as const;
type Length = (typeof LENGTHS)[number];
const COUNTS = ["1", "2", "3", "4", "6", "8"] as const;
type Count = (typeof COUNTS)[number];

/** What the form begins with: a day, or the time that was dragged out. */
export interface Wanted {
  day: number;
  time?: string;
  minutes?: number;
}

interface Props {
  agendaId: string;
  wanted: Wanted;
  today: number;
  slots: readonly Slot[];
  timeZone: string;
  now: number;
  onClose: (opened?: { text: string; slotIds: string[] }) => void;
}

export function OpenSlotDialog({ agendaId, wanted, today, slots, timeZone, now, onClose }: Props): React.JSX.Element {
  const [day, setDay] = useState(wanted.day);
  const [length, setLength] = useState<Length>("20");
  const [count, setCount] = useState<Count>(() => nearestCount((wanted.minutes ?? 0) / 20));
  const [mode, setMode] = useState<VisitMode>("surgery");
  const [typed, setTyped] = useState<string | null>(wanted.time ?? null);
  const [fault, setFault] = useState("");
  const command = useCommand();
  const dayId = useId();
  const [minutes, number] = [Number(length), Number(count)];
  const text = typed ?? suggestTime(slots, day, minutes * number, now, timeZone);
  const sending = command.phase.kind === "sending";
  const time = readTime(text);
  const start = time === null ? null : instantOf(day, time, timeZone);
  const row = start === null ? null : inARow(slots, start, minutes, number, now);

  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    setFault(time === null ? a.badTime : start === null ? a.noSuchTime : start <= now ? a.pastTime : row === null ? a.overlap : "");
    command.clear();
    if (row === null) return;
    const opened = await command.run((requestId) => api.openSlots(agendaId, row.map((one) => ({ ...one, mode })), requestId));
    if (!opened) return;
    const { slotIds } = opened.answer;
    onClose({ slotIds, text: row.length > 1 ? a.done.openedSeveral(row.length) : a.done.opened(longDate(row[0]?.start ?? "", timeZone)) });
  };
  const changed = (): void => {
    setFault("");
    if (!sending) command.clear();
  };

  return (
    <ModalOverlay className={modal.overlay} isOpen isDismissable={!sending} isKeyboardDismissDisabled={sending} onOpenChange={(open) => open || onClose()}>
      <Modal className={modal.modal}>
        <Dialog className={modal.dialog}>
          <Heading slot="title" className={modal.title}>{a.open}</Heading>
          <p className={modal.lead}>{a.openLead}</p>
          <form className={css.form} onSubmit={(event) => void submit(event)} onChange={changed} noValidate>
            <div className={css.pair}>
              <div className={forms.field}>
                <label className={forms.label} htmlFor={dayId}>{a.day}</label>
                <select id={dayId} className={forms.input} autoFocus value={day} onChange={(event) => setDay(Number(event.target.value))}>
                  {daysFrom(Math.min(today, wanted.day), wanted.day).map((one) => (
                    <option key={one} value={one}>{one === today ? a.today : one === today + 1 ? a.tomorrow : shortDay(one)}</option>
                  ))}
                </select>
              </div>
              <TextInput label={a.time} value={text} onChange={setTyped} error={fault || undefined} placeholder={a.timeHint} inputMode="numeric" maxLength={7} />
            </div>
            <Choice label={a.length} value={length} options={LENGTHS.map((one) => [one, m.time.minutes(Number(one))])} onChange={setLength} />
            <Choice label={a.number} value={count} options={COUNTS.map((one) => [one, a.times(Number(one))])} onChange={setCount} />
            {row && row.length > 1 && <p className={css.row}>{a.severalAt(row.map((one) => wallOf(one.start, timeZone).time))}</p>}
            <Choice label={a.mode} value={mode} options={MODES.map((one) => [one, m.modes[one]])} onChange={setMode} />
            <PhaseNote phase={command.phase} />
            <div className={parts.actions}>
              <button type="submit" className="button primary" disabled={sending}>{a.openShort}</button>
              <button type="button" className="button quiet" disabled={sending} onClick={() => onClose()}>{a.cancelForm}</button>
            </div>
          </form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

const nearestCount = (number: number): Count => [...COUNTS].reverse().find((one) => Number(one) <= number) ?? "1";

const daysFrom = (first: number, wanted: number): number[] =>
  Array.from({ length: Math.max(DAYS, wanted - first + 1) }, (_, i) => first + i);
