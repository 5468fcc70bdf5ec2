import { useId, useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { api } from "../api/api";
import { MODES, type Slot, type VisitMode } from "../api/contract";
import { Choice } from "../forms/Choice";
import { TextInput } from "../forms/TextInput";
import forms from "../forms/forms.module.css";
import { m } from "../messages";
import { longDate, shortDay } from "../time/wall";
import modal from "../unserved/unserved.module.css";
import css from "./agenda.module.css";
import { a } from "./messages";
import { PhaseNote } from "./PhaseNote";
import { useCommand } from "./useCommand";
import { type PlannedDay, instantOf, isOccupied, readTime, suggestTime } from "./week";

const LENGTHS = ["10", "15", "20", "30", "45", "60"] as const;
type Length = (typeof LENGTHS)[number];

interface Props {
  agendaId: string;
  days: readonly PlannedDay[];
  day: number;
  today: number;
  slots: readonly Slot[];
  timeZone: string;
  now: number;
  /** With the slot's time in words when one was opened. */
  onClose: (opened?: string) => void;
}

export function OpenSlotDialog({ agendaId, days, day: preset, today, slots, timeZone, now, onClose }: Props): React.JSX.Element {
  const [day, setDay] = useState(preset);
  const [length, setLength] = useState<Length>("20");
  const [mode, setMode] = useState<VisitMode>("surgery");
  const [typed, setTyped] = useState<string | null>(null);
  const [fault, setFault] = useState("");
  const command = useCommand();
  const dayId = useId();
  const text = typed ?? suggestTime(slots, day, Number(length), now, timeZone);
  const sending = command.phase.kind === "sending";

  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    const time = readTime(text);
    const start = time === null ? null : instantOf(day, time, timeZone);
    const end = (start ?? 0) + Number(length) * 60_000;
    const wrong = time === null ? a.badTime : start === null ? a.noSuchTime : start <= now ? a.pastTime : isOccupied(slots, start, end) ? a.overlap : "";
    setFault(wrong);
    command.clear();
    if (wrong || start === null) return;
    const slot = { start: new Date(start).toISOString(), end: new Date(end).toISOString(), mode };
    if (await command.run((requestId) => api.openSlots(agendaId, [slot], requestId))) onClose(longDate(slot.start, timeZone));
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
                  {days.map((one) => (
                    <option key={one.day} value={one.day}>{one.day === today ? a.today : one.day === today + 1 ? a.tomorrow : shortDay(one.day)}</option>
                  ))}
                </select>
              </div>
              <TextInput label={a.time} value={text} onChange={setTyped} error={fault || undefined} placeholder={a.timeHint} inputMode="numeric" maxLength={7} />
            </div>
            <Choice label={a.length} value={length} options={LENGTHS.map((one) => [one, m.time.minutes(Number(one))])} onChange={setLength} />
            <Choice label={a.mode} value={mode} options={MODES.map((one) => [one, m.modes[one]])} onChange={setMode} />
            <PhaseNote phase={command.phase} />
            <div className={css.actions}>
              <button type="submit" className="button primary" disabled={sending}>{a.openShort}</button>
              <button type="button" className="button quiet" disabled={sending} onClick={() => onClose()}>{a.cancelForm}</button>
            </div>
          </form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
