import { useEffect, useMemo, useRef, useState } from "react";
import { I18nProvider } from "react-aria-components";
import type { Identity, Slot, Territory } from "../api/contract";
import type { BoardItem } from "../board/items";
import { stateAt } from "../live/slotState";
import type { Live } from "../live/useLive";
import { m } from "../messages";
import { insideSas, ticksVitalSigns } from "../session/roles";
import { TextInput } from "../forms/TextInput";
import { Alternatives } from "./Alternatives";
import { BookingForm } from "./BookingForm";
import { HoldBar } from "./HoldBar";
import { Slip } from "./Slip";
import { SlotHead } from "./SlotHead";
import css from "./drawer.module.css";
import { type Draft, EMPTY_DRAFT, type FieldErrors, type Needs, fromServerErrors, isDirty, nearestFree, toBody, validate } from "./draft";
import { isGone, isLostRace, refusalText } from "./refusal";
import { useBooking } from "./useBooking";
import { useHold } from "./useHold";
import { useMembers, useReasons } from "./useReference";

export type DrawerStage = "form" | "sending" | "done";

export interface DrawerProps {
  slot: Slot;
  territory: Territory;
  identity: Identity;
  onBehalf: boolean;
  live: Live;
  now: number;
  items: readonly BoardItem[];
  onHeld: (slotId: string | null) => void;
  onTake: (slot: Slot) => void;
  onStage: (stage: DrawerStage) => void;
  onClose: () => void;
}

export function BookingDrawer(props: DrawerProps): React.JSX.Element {
  const { slot, territory, identity, onBehalf, live, now, items, onHeld, onTake, onStage, onClose } = props;
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [others, setOthers] = useState<readonly string[]>([]);
  const [asksClose, setAsksClose] = useState(false);
  const { hold, retake, extend, spend } = useHold(slot.id);
  const { phase, submit, clearRefusal } = useBooking();
  const reasons = useReasons();
  const members = useMembers(onBehalf ? territory.id : null);
  const panel = useRef<HTMLDivElement>(null);

  const isLive = live.link.kind === "live";
  const held = hold.kind === "held" && hold.until > now;
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

  useEffect(() => onHeld(held ? slot.id : null), [held, slot.id, onHeld]);
  useEffect(() => onStage(phase.kind), [phase.kind, onStage]);
  useEffect(() => clearRefusal(), [slot.id]); // another slot: the refusal of the former says nothing about it
  useEffect(() => panel.current?.querySelector<HTMLElement>("input, [role=combobox]")?.focus(), []);

  const change = (part: Partial<Draft>): void => {
    setDraft((known) => ({ ...known, ...part }));
    setErrors((known) => Object.fromEntries(Object.entries(known).filter(([name]) => !(name in part))));
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
    const holdId = held ? hold.holdId : undefined;
    const end = await submit(slot, (requestId) => toBody(draft, needs, requestId, holdId));
    if (end.kind === "done") spend();
    if (end.kind === "form" && end.refusal) {
      const { fields, others: rest } = fromServerErrors(end.refusal.fieldErrors);
      show(end.refusal.code === "vital-signs-not-excluded" ? { ...fields, vitalSignsExcluded: m.booking.vitalMissing } : fields, rest);
    }
  };

  const askClose = (): void => {
    if (phase.kind === "sending") return;
    if (phase.kind === "form" && isDirty(draft)) setAsksClose(true);
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
  };

  return (
    <I18nProvider locale="fr-FR">
      <div ref={panel} className={css.drawer} role="dialog" aria-labelledby="drawer-title" onKeyDown={onKeyDown}>
        <SlotHead slot={slot} territory={territory} done={phase.kind === "done"} busy={phase.kind === "sending"} onClose={askClose} />
        {phase.kind === "done" ? (
          <Slip slot={phase.slot} territory={territory} onDone={onClose} />
        ) : (
          <>
            {refusal && (
              <Alternatives key={`${slot.id} ${refusal.code}`} text={refusalText(refusal)} slots={alternatives} territory={territory} disabled={!isLive} onTake={onTake}>
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
              <BookingForm
                draft={draft}
                errors={errors}
                needs={needs}
                territory={territory}
                members={members}
                now={now}
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
                  <button type="submit" form="booking" className={`button primary ${css.submit}`} disabled={!isLive || phase.kind === "sending" || hold.kind === "asking" || (refusal !== null && isGone(refusal))}>
                    {phase.kind === "sending" ? m.booking.sending : m.booking.submit}
                  </button>
                </>
              )}
            </div>
          </>
        )}
      </div>
    </I18nProvider>
  );
}
