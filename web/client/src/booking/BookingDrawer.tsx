import { useEffect, useMemo, useRef, useState } from "react";
import type { Identity, Slot } from "../api/contract";
import type { BoardItem } from "../board/items";
import { stateAt } from "../live/slotState";
import type { Live } from "../live/useLive";
import { m } from "../messages";
import { insideSas, ticksVitalSigns } from "../session/roles";
import { TextInput } from "../forms/TextInput";
import { LinkChoice } from "../requests/LinkChoice";
import { wallOf } from "../time/wall";
import { Alternatives } from "./Alternatives";
import { BookingForm } from "./BookingForm";
import { HoldBar } from "./HoldBar";
import { Paste, pastedLine } from "./Paste";
import { Slip } from "./Slip";
import { SlotHead } from "./SlotHead";
import css from "./drawer.module.css";
import { type Draft, type FieldErrors, type Needs, fromServerErrors, isDirty, nearestFree, toBody, validate } from "./draft";
import { type BookingFile, type FileStage, startOf } from "./files";
import { b } from "./messages";
import type { Pasted } from "./paste";
import { isGone, isLostRace, refusalText } from "./refusal";
import { useBooking } from "./useBooking";
import { useHold } from "./useHold";
import { useMembers, useReasons } from "./useReference";

interface Props {
  file: BookingFile;
  inFront: boolean;
  identity: Identity;
  onBehalf: boolean;
  live: Live;
  now: number;
  items: readonly BoardItem[];
  draft: Draft;
  onDraft: (part: Partial<Draft>) => void;
  /** The other tab's patient may be meant; null when there is none, or this file has been begun. */
  samePatient: { slot: Slot; take: () => void } | null;
  /** Until when this file holds its slot. */
  onHold: (until: number | null) => void;
  onTake: (slot: Slot) => void;
  onStage: (stage: FileStage) => void;
  onClose: () => void;
}

export function BookingDrawer(props: Props): React.JSX.Element {
  const { file: { id, slot, territory, request, dossier }, inFront, identity, onBehalf, live, now, items, draft, samePatient, onHold, onTake, onStage, onClose } = props;
  const [errors, setErrors] = useState<FieldErrors>({});
  const [others, setOthers] = useState<readonly string[]>([]);
  const [asksClose, setAsksClose] = useState(false);
  const [pasted, setPasted] = useState<Pasted | null>(null);
  const { hold, retake, extend, spend } = useHold(slot.id);
  const { phase, submit, clearRefusal } = useBooking();
  const reasons = useReasons();
  const members = useMembers(onBehalf ? territory.id : null);
  const panel = useRef<HTMLDivElement>(null);
  const lastFocus = useRef<HTMLElement | null>(null);

  const isLive = live.link.kind === "live";
  const until = hold.kind === "held" && phase.kind !== "done" ? hold.until : null;
  const held = until !== null && until > now;
  const refusal = phase.kind === "form" ? (phase.refusal ?? (hold.kind === "refused" ? hold.problem : null)) : null;
  const needs: Needs = {
    ticksVitalSigns: ticksVitalSigns(identity.role),
    insideSas: insideSas(identity.role),
    onBehalf,
    home: slot.mode === "home",
    reasons,
    today: now,
  };
  const alternatives = useMemo(() => {
    if (!refusal) return [];
    if (!isLostRace(refusal) && refusal.alternatives.length === 0) return null;
    const named = refusal.alternatives.filter((other) => stateAt(other, now) === "free");
    const free = items.filter(({ state, current }) => state === "free" && current).map((item) => item.slot);
    return named.length > 0 ? named.slice(0, 3) : nearestFree(slot, free);
  }, [refusal, items, slot, now]);

  useEffect(() => onHold(until), [until]);
  useEffect(() => onStage(phase.kind), [phase.kind]);
  useEffect(() => clearRefusal(), [slot.id]); // another slot: the refusal of the former says nothing about it
  useEffect(() => {
    if (!inFront) return;
    // Back to where one was in this tab; to the first field of a new file, and after an alternative was taken.
    // A file for a request is filled in already: what is left is to confirm.
    const first = (): HTMLElement | null | undefined => (request ? panel.current : panel.current?.querySelector<HTMLElement>("form input"));
    const field = lastFocus.current?.closest("form") ? lastFocus.current : first();
    field?.focus();
  }, [inFront, slot.id]);
  useEffect(() => {
    if (request && hold.kind === "held" && document.activeElement === panel.current) panel.current?.querySelector<HTMLElement>("button[type=submit]")?.focus();
  }, [request, hold.kind]);

  const change = (part: Partial<Draft>): void => {
    props.onDraft(part);
    setErrors((known) => Object.fromEntries(Object.entries(known).filter(([name]) => !(name in part))));
  };
  const takePasted = (next: Pasted): void => {
    setPasted(next);
    change(next.fields);
  };
  const takeSamePatient = (): void => {
    samePatient?.take();
    panel.current?.querySelector<HTMLElement>("form input")?.focus(); // the button is gone with the choice
  };
  const wrong = Object.keys(errors).length;
  const summary = [wrong > 0 ? m.booking.fieldsWrong(wrong) : "", ...others].filter(Boolean).join(" ");
  const show = (found: FieldErrors, rest: readonly string[] = []): void => {
    setErrors(found);
    setOthers(rest);
    if (Object.keys(found).length > 0) requestAnimationFrame(() => panel.current?.querySelector<HTMLElement>("[data-invalid] input, [aria-invalid=true]")?.focus());
  };

  const confirm = async (): Promise<void> => {
    const found = validate(draft, needs);
    show(found);
    if (Object.keys(found).length > 0 || !isLive) return;
    const holdId = held && hold.kind === "held" ? hold.holdId : undefined;
    const end = await submit(slot, (requestId) => toBody(draft, needs, requestId, holdId));
    if (end.kind === "done") spend();
    if (end.kind === "form" && end.refusal) {
      const { fields, others: rest } = fromServerErrors(end.refusal.fieldErrors);
      if (end.refusal.code === "vital-signs-not-excluded") fields.vitalSignsExcluded = m.booking.vitalMissing;
      show(fields, rest);
    }
  };

  const askClose = (): void => {
    if (phase.kind === "sending") return;
    if (phase.kind === "form" && isDirty(draft, startOf(props.file))) setAsksClose(true);
    else onClose();
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const inOpenList = event.target instanceof Element && event.target.getAttribute("aria-expanded") === "true";
    if (event.key === "Escape" && !event.defaultPrevented && !inOpenList) {
      if (asksClose) setAsksClose(false);
      else askClose();
    }
    if (event.altKey && event.code === "KeyP") {
      event.preventDefault();
      void extend();
    }
    const other = chosenBy(event, alternatives ?? []);
    if (other && refusal && isLive) {
      event.preventDefault();
      onTake(other);
    }
  };
  const onPaste = (event: React.ClipboardEvent): void => {
    const line = phase.kind === "form" ? pastedLine(event, territory, now) : null;
    if (line) takePasted(line);
  };

  return (
    <div
      ref={panel}
      className={css.panel}
      role="dialog"
      tabIndex={-1}
      aria-labelledby={`drawer-title-${id}`}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      onFocus={(event) => (lastFocus.current = event.target)}
    >
      <SlotHead titleId={`drawer-title-${id}`} slot={slot} territory={territory} done={phase.kind === "done"} busy={phase.kind === "sending"} onClose={askClose} />
      {phase.kind === "done" ? (
        <Slip slot={phase.slot} territory={territory} patientPhone={draft.phone} dossierNumber={dossier?.number} onDone={onClose} />
      ) : (
        <>
          {refusal && (
            <Alternatives key={`${slot.id} ${refusal.code}`} text={refusalText(refusal, territory.timeZone)} slots={alternatives} territory={territory} disabled={!isLive} onTake={onTake}>
              {refusal.code === "patient-already-booked" && (
                <TextInput label={m.booking.override} help={m.booking.overrideHelp} value={draft.override} onChange={(override) => change({ override })} />
              )}
              {refusal.code === "hold-expired" && (
                <button type="button" className="button" onClick={() => (clearRefusal(), retake())}>{m.booking.retake}</button>
              )}
            </Alternatives>
          )}
          {!(refusal && isLostRace(refusal)) && <HoldBar hold={hold} now={now} onExtend={() => void extend()} onRetake={retake} />}
          <div className={css.scroll}>
            {samePatient && (
              <p className={css.same}>
                <button type="button" className="button" onClick={takeSamePatient}>{b.samePatient}</button>
                <span>{b.samePatientHelp(wallOf(samePatient.slot.start, territory.timeZone).time)}</span>
              </p>
            )}
            <BookingForm
              formId={`booking-${id}`}
              slotId={slot.id}
              draft={draft}
              errors={errors}
              needs={needs}
              territory={territory}
              members={members}
              now={now}
              paste={
                <>
                  <LinkChoice slot={slot} territory={territory} from={request} draft={draft} onChange={change} />
                  <Paste territory={territory} now={now} result={pasted} onPasted={takePasted} />
                </>
              }
              onChange={change}
              onSubmit={() => void confirm()}
            />
          </div>
          <div className={css.foot}>
            {asksClose ? (
              <div role="alertdialog" aria-label={m.booking.abandon} className={css.abandon}>
                <p>{m.booking.abandon}</p>
                <button type="button" className="button primary" autoFocus onClick={() => setAsksClose(false)}>{m.booking.keep}</button>
                <button type="button" className="button" onClick={onClose}>{m.booking.drop}</button>
              </div>
            ) : (
              <>
                <p role="alert" className={css.problem}>
                  {phase.kind === "sending" && phase.unknown ? m.booking.unknown : !isLive ? m.booking.notLive : summary}
                </p>
                <button type="submit" form={`booking-${id}`} className={`button primary ${css.submit}`} disabled={!isLive || phase.kind === "sending" || hold.kind === "asking" || (refusal !== null && isGone(refusal))}>
                  {phase.kind === "sending" ? m.booking.sending : m.booking.submit}
                </button>
              </>
            )}
          </div>
        </>
      )}
    </div>
  );
}

/** One key takes an alternative: its number, or Alt and its number from within a field. */
function chosenBy(event: React.KeyboardEvent, slots: readonly Slot[]): Slot | undefined {
  const number = /^(?:Digit|Numpad)([1-3])$/.exec(event.code)?.[1];
  const inField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
  return number && !event.ctrlKey && !event.metaKey && (event.altKey || !inField) ? slots[Number(number) - 1] : undefined;
}
