import { useEffect, useId, useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { api } from "../api/api";
import type { Agenda } from "../api/contract";
import { useMembers } from "../booking/useReference";
import forms from "../forms/forms.module.css";
import modal from "../unserved/unserved.module.css";
import { type AbsenceEffect, dayOfDate, effectOf } from "./absence";
import { agendaApi } from "./agendaApi";
import css from "./dialog.module.css";
import { a } from "./messages";
import parts from "./parts.module.css";
import { PhaseNote } from "./PhaseNote";
import { useCommand } from "./useCommand";
import { dateOf, midnight } from "./week";

const t = a.absence;

interface Props {
  agenda: Agenda;
  today: number;
  timeZone: string;
  now: number;
  isLive: boolean;
  onClose: (done?: string) => void;
}

/** Says before it is sent how many patients will have to be booked elsewhere. */
export function AbsenceDialog({ agenda, today, timeZone, now, isLive, onClose }: Props): React.JSX.Element {
  const [from, setFrom] = useState(dateOf(today + 1));
  const [until, setUntil] = useState<string | null>(null);
  const [locum, setLocum] = useState("");
  const command = useCommand();
  const members = useMembers(agenda.territoryId);
  const ids = useId();
  const to = until ?? from;
  const [first, last] = [dayOfDate(from), dayOfDate(to)];
  const backwards = first === null || last === null || last < first;
  const effect = useEffectOf(agenda.id, backwards ? null : first, last ?? 0, now, timeZone);
  const toReplace = effect !== "asking" && effect !== "failed" && !locum ? effect.patients : 0;
  const sending = command.phase.kind === "sending";

  const send = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    if (backwards) return;
    const declared = await command.run((requestId) => agendaApi.declareAbsence(agenda.id, from, to, locum, requestId));
    if (declared) onClose(t.done(declared.answer.toReplace.length, declared.answer.withdrawn));
  };

  return (
    <ModalOverlay className={modal.overlay} isOpen isDismissable={!sending} isKeyboardDismissDisabled={sending} onOpenChange={(open) => open || onClose()}>
      <Modal className={modal.modal}>
        <Dialog className={modal.dialog}>
          <Heading slot="title" className={modal.title}>{t.declare}</Heading>
          <p className={modal.lead}>{t.lead}</p>
          <form className={css.form} onSubmit={(event) => void send(event)} onChange={command.clear} noValidate>
            <div className={css.pair}>
              <div className={forms.field}>
                <label className={forms.label} htmlFor={`${ids}de`}>{t.from}</label>
                <input id={`${ids}de`} type="date" className={forms.input} autoFocus min={dateOf(today)} value={from} onChange={(event) => setFrom(event.target.value)} />
              </div>
              <div className={forms.field}>
                <label className={forms.label} htmlFor={`${ids}a`}>{t.to}</label>
                <input id={`${ids}a`} type="date" className={forms.input} min={from} value={to} onChange={(event) => setUntil(event.target.value)} />
              </div>
            </div>
            <div className={forms.field}>
              <label className={forms.label} htmlFor={`${ids}qui`}>{t.locum}</label>
              <select id={`${ids}qui`} className={forms.input} value={locum} onChange={(event) => setLocum(event.target.value)}>
                <option value="">{t.noLocum}</option>
                {members.filter(({ name }) => name !== agenda.practitioner?.name).map(({ id, name, speciality }) => <option key={id} value={id}>{[name, speciality].filter(Boolean).join(" — ")}</option>)}
              </select>
              <p className={forms.help}>{t.locumHelp}</p>
            </div>
            <p className={css.effect} role="status" data-patients={toReplace || undefined}>{backwards ? t.backwards : effectText(effect, locum !== "")}</p>
            <PhaseNote phase={command.phase} />
            <div className={parts.actions}>
              <button type="submit" className="button primary" disabled={sending || !isLive || backwards || effect === "asking"}>{toReplace > 0 ? t.sendWith(toReplace) : t.send}</button>
              <button type="button" className="button quiet" disabled={sending} onClick={() => onClose()}>{a.cancelForm}</button>
            </div>
          </form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

type Asked = AbsenceEffect | "asking" | "failed";

function effectText(effect: Asked, locum: boolean): string {
  if (effect === "asking") return t.counting;
  if (effect === "failed") return t.countFailed;
  return locum ? t.kept(effect.patients) : t.effect(effect.patients, effect.free);
}

/** Asked from the server for just these days: they may lie beyond what the page shows. */
function useEffectOf(agendaId: string, first: number | null, last: number, now: number, timeZone: string): Asked {
  const [effect, setEffect] = useState<Asked>("asking");
  useEffect(() => {
    if (first === null) return;
    let gone = false;
    setEffect("asking");
    api.agenda(agendaId, midnight(first, timeZone), midnight(last + 1, timeZone)).then(
      (detail) => void (gone || setEffect(effectOf(detail, first, last, now, timeZone))),
      () => void (gone || setEffect("failed")),
    );
    return () => void (gone = true);
    // The clock's ticks ask nothing again: what has begun meanwhile the server knows best.
  }, [agendaId, first, last, timeZone]);
  return effect;
}
