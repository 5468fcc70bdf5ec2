import { useEffect, useRef, useState } from "react";
import { type CareStream, type Identity, STREAMS, type Territory } from "../api/contract";
import { PhaseNote } from "../agenda/PhaseNote";
import { useCommand } from "../agenda/useCommand";
import { BookingForm } from "../booking/BookingForm";
import { type Draft, EMPTY_DRAFT, type FieldErrors, type Needs, fromServerErrors, isDirty, toBody, validate } from "../booking/draft";
import drawer from "../booking/drawer.module.css";
import { Paste, pastedLine } from "../booking/Paste";
import type { Pasted } from "../booking/paste";
import { useMembers, useReasons } from "../booking/useReference";
import { Choice } from "../forms/Choice";
import { SearchSelect } from "../forms/SearchSelect";
import { m } from "../messages";
import { actsOnBehalf, insideSas } from "../session/roles";
import { type CareRequest, GP_CONTACTS, type GpContact } from "./contract";
import { q } from "./messages";
import css from "./requests.module.css";
import { requestsApi } from "./requestsApi";

interface Props {
  identity: Identity;
  territories: readonly Territory[];
  now: number;
  isLive: boolean;
  onOpened: (request: CareRequest) => void;
  onClose: () => void;
}

const FORM = "new-request";

/** Opens a request, with the booking form's own fields: one order, one paste, one way to be wrong. */
export function RequestForm({ identity, territories, now, isLive, onOpened, onClose }: Props): React.JSX.Element {
  const [territoryId, setTerritoryId] = useState(territories[0]?.id ?? "");
  const [stream, setStream] = useState<CareStream>("gp");
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const [gp, setGp] = useState<GpContact | "">("");
  const [errors, setErrors] = useState<FieldErrors & { gp?: string }>({});
  const [others, setOthers] = useState<readonly string[]>([]);
  const [pasted, setPasted] = useState<Pasted | null>(null);
  const [asksClose, setAsksClose] = useState(false);
  const command = useCommand();
  const panel = useRef<HTMLDivElement>(null);
  const onBehalf = actsOnBehalf(identity.role);
  const members = useMembers(onBehalf ? territoryId : null);
  const territory = territories.find(({ id }) => id === territoryId) ?? territories[0];
  const needs: Needs = { ticksVitalSigns: !insideSas(identity.role), insideSas: insideSas(identity.role), onBehalf, home: false, reasons: useReasons(), today: now };
  const asksGp = draft.eligibility !== "" && draft.eligibility !== "NoRegisteredGp";
  const dirty = isDirty(draft) || gp !== "";

  useEffect(() => panel.current?.querySelector<HTMLElement>("form input")?.focus(), []);

  const change = (part: Partial<Draft>): void => {
    setDraft((known) => ({ ...known, ...part }));
    setErrors((known) => Object.fromEntries(Object.entries(known).filter(([name]) => !(name in part))));
  };
  const takePasted = (next: Pasted): void => {
    setPasted(next);
    change(next.fields);
  };
  const show = (found: typeof errors, rest: readonly string[] = []): void => {
    setErrors(found);
    setOthers(rest);
    if (Object.keys(found).length > 0) requestAnimationFrame(() => panel.current?.querySelector<HTMLElement>("[data-invalid] input, [aria-invalid=true]")?.focus());
  };
  const send = async (): Promise<void> => {
    const found: typeof errors = { ...validate(draft, needs), ...(asksGp && !gp ? { gp: m.booking.missing } : {}) };
    show(found);
    if (Object.keys(found).length > 0 || !isLive) return;
    let refused: Record<string, string[]> = {};
    const done = await command.run(async (requestId) => {
      const { patient, eligibility, reason, vitalSignsExcluded, note, onBehalfOf } = toBody(draft, needs, requestId, undefined);
      const body = { requestId, territoryId, stream, patient, eligibility, reason, vitalSignsExcluded, ...(note ? { note } : {}), ...(onBehalfOf ? { onBehalfOf } : {}), ...(asksGp && gp ? { registeredGp: gp } : {}) };
      return requestsApi.open(body).catch((error: unknown) => {
        if (error && typeof error === "object" && "fieldErrors" in error) refused = error.fieldErrors as typeof refused;
        throw error;
      });
    });
    if (done) return onOpened(done.answer);
    const { fields, others: rest } = fromServerErrors(refused);
    show(fields, rest);
  };
  const askClose = (): void => {
    if (command.phase.kind === "sending") return;
    if (dirty) setAsksClose(true);
    else onClose();
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const inOpenList = event.target instanceof Element && event.target.getAttribute("aria-expanded") === "true";
    if (event.key !== "Escape" || event.defaultPrevented || inOpenList) return;
    if (asksClose) setAsksClose(false);
    else askClose();
  };
  const onPaste = (event: React.ClipboardEvent): void => {
    const line = territory && pastedLine(event, territory, now);
    if (line) takePasted(line);
  };
  const wrong = Object.keys(errors).length;
  const summary = [wrong > 0 ? m.booking.fieldsWrong(wrong) : "", ...others].filter(Boolean).join(" ");
  if (!territory) return <></>;

  return (
    <aside className={`${drawer.drawer} ${css.form}`}>
      <div ref={panel} className={drawer.panel} role="dialog" aria-labelledby="new-request-title" tabIndex={-1} onKeyDown={onKeyDown} onPaste={onPaste}>
        <div className={drawer.head}>
          <div className={drawer.headText}>
            <h2 id="new-request-title">{q.form.title}</h2>
            <p className={drawer.headPlace}>{q.form.lead}</p>
          </div>
          <button type="button" className={`button quiet ${drawer.close}`} aria-label={q.form.close} onClick={askClose}>
            <svg viewBox="0 0 16 16" width="18" height="18" aria-hidden="true"><path d="M3 3l10 10M13 3L3 13" stroke="currentColor" strokeWidth="2" strokeLinecap="round" /></svg>
          </button>
        </div>
        <div className={drawer.scroll}>
          <BookingForm
            formId={FORM}
            slotId={null}
            draft={draft}
            errors={errors}
            needs={needs}
            territory={territory}
            members={members}
            now={now}
            paste={<Paste territory={territory} now={now} result={pasted} onPasted={takePasted} />}
            afterEligibility={asksGp && (
              <Choice label={q.form.gp} value={gp} options={GP_CONTACTS.map((one) => [one, q.form.gps[one]])} error={errors.gp} onChange={(next) => {
                setGp(next);
                setErrors(({ gp: _, ...rest }) => rest);
              }} />
            )}
            afterReason={
              <div className={drawer.group}>
                <SearchSelect label={q.form.stream} value={stream} choices={STREAMS.map((id) => ({ id, text: m.streams[id] }))} onChange={(id) => id && setStream(id as CareStream)} />
                {territories.length > 1 && <SearchSelect label={q.form.territory} value={territoryId} choices={territories.map(({ id, name }) => ({ id, text: name }))} onChange={(id) => id && setTerritoryId(id)} />}
              </div>
            }
            onChange={change}
            onSubmit={() => void send()}
          />
        </div>
        <div className={drawer.foot}>
          {asksClose ? (
            <div role="alertdialog" aria-label={q.form.abandon} className={drawer.abandon}>
              <p>{q.form.abandon}</p>
              <button type="button" className="button primary" autoFocus onClick={() => setAsksClose(false)}>{q.form.keep}</button>
              <button type="button" className="button" onClick={onClose}>{q.form.drop}</button>
            </div>
          ) : (
            <>
              <p role="alert" className={drawer.problem}>{!isLive ? q.notLive : summary}</p>
              <PhaseNote phase={command.phase} />
              <button type="submit" form={FORM} className={`button primary ${drawer.submit}`} disabled={!isLive || command.phase.kind === "sending"}>{q.form.submit}</button>
            </>
          )}
        </div>
      </div>
    </aside>
  );
}
