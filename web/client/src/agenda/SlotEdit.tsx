import { useState } from "react";
import type { Slot } from "../api/contract";
import { TextInput } from "../forms/TextInput";
import { wallOf } from "../time/wall";
import type { SlotContext } from "./AgendaSlot";
import { agendaApi } from "./agendaApi";
import { a } from "./messages";
import parts from "./parts.module.css";
import { PhaseNote } from "./PhaseNote";
import css from "./slot.module.css";
import type { Undo } from "./StatusBar";
import { useCommand } from "./useCommand";
import { instantOf, isOccupied, minutesBetween, readTime } from "./week";

interface Props {
  slot: Slot;
  context: SlotContext;
  onClose: () => void;
  onMoved: (text: string, undo: Undo) => void;
}

/** Takes a move back: the slot has another id by then. */
export const backTo = ({ start, end }: Slot, slotId: string, time: string): Undo => ({
  send: (requestId) => agendaApi.resize(slotId, start, end, requestId),
  text: a.done.reopened(time),
});

/** Moves or resizes a free slot without a pointer: what dragging it on the calendar does. */
export function SlotEdit({ slot, context, onClose, onMoved }: Props): React.JSX.Element {
  const { timeZone, now, isLive, all } = context;
  const { day, time } = wallOf(slot.start, timeZone);
  const [from, setFrom] = useState(time);
  const [length, setLength] = useState(String(minutesBetween(slot.start, slot.end)));
  const [fault, setFault] = useState("");
  const command = useCommand();

  const save = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    const read = readTime(from);
    const start = read === null ? null : instantOf(day, read, timeZone);
    const minutes = Number(length);
    const end = (start ?? 0) + minutes * 60_000;
    const others = all.filter(({ id }) => id !== slot.id);
    const wrong = read === null || !(minutes > 0) ? a.badTime : start === null ? a.noSuchTime : start <= now ? a.pastTime : isOccupied(others, start, end) ? a.overlap : "";
    setFault(wrong);
    if (wrong || start === null || read === null) return;
    const to = { start: new Date(start).toISOString(), end: new Date(end).toISOString() };
    const moved = await command.run((requestId) => agendaApi.resize(slot.id, to.start, to.end, requestId));
    if (moved) onMoved(a.done.moved(time, read), backTo(slot, moved.answer.slotId, time));
  };

  return (
    <form className={css.edit} onSubmit={(event) => void save(event)} noValidate>
      <TextInput label={a.time} value={from} onChange={setFrom} error={fault || undefined} inputMode="numeric" maxLength={7} />
      <TextInput label={a.length} value={length} onChange={setLength} inputMode="numeric" after="min" maxLength={3} />
      <PhaseNote phase={command.phase} />
      <div className={parts.actions}>
        <button type="submit" className="button primary" disabled={!isLive || command.phase.kind === "sending"}>{a.save}</button>
        <button type="button" className="button" onClick={onClose}>{a.keep}</button>
      </div>
    </form>
  );
}
