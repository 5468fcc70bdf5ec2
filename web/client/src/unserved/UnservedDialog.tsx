import { useRef, useState } from "react";
import { Dialog, Heading, I18nProvider, Modal, ModalOverlay } from "react-aria-components";
import { api } from "../api/api";
import { newRequestId, runCommand } from "../api/command";
import { type CareStream, ELIGIBILITIES, type Eligibility, STREAMS, type Territory, UNSERVED_REASONS, type UnservedReason } from "../api/contract";
import { useReasons } from "../booking/useReference";
import { Choice } from "../forms/Choice";
import { SearchSelect } from "../forms/SearchSelect";
import { m } from "../messages";
import { k } from "../requests/linkMessages";
import type { LinkedRequest } from "../requests/prefill";
import { requestsApi } from "../requests/requestsApi";
import css from "./unserved.module.css";

const NOT_STATED = "M07.00";

interface Props {
  territories: readonly Territory[];
  stream: CareStream;
  /** The request that one looked for a slot for: it ends unserved, and nothing else is recorded. */
  request: LinkedRequest | null;
  onClose: (recorded: boolean) => void;
}

/** Two interactions: open, and say why. The details are preset and may be made precise. */
export function UnservedDialog({ territories, stream: preset, request, onClose }: Props): React.JSX.Element {
  const [stream, setStream] = useState<CareStream>(preset);
  const [territoryId, setTerritoryId] = useState(territories[0]?.id ?? "");
  const [eligibility, setEligibility] = useState<Eligibility>("RegisteredGpUnavailable");
  const [reason, setReason] = useState(NOT_STATED);
  const [sending, setSending] = useState<UnservedReason | null>(null);
  const [failed, setFailed] = useState(false);
  const requestId = useRef(newRequestId());
  const reasons = useReasons();

  const send = async (reasonNotServed: UnservedReason): Promise<void> => {
    if (sending) return;
    setSending(reasonNotServed);
    setFailed(false);
    const body = { requestId: requestId.current, territoryId, stream, reasonNotServed, eligibility, reason: reason || NOT_STATED };
    try {
      await runCommand<unknown>(() => (request ? requestsApi.unserved(request.id, reasonNotServed, requestId.current) : api.unserved(body)), { maxAttempts: 4 });
      onClose(true);
    } catch {
      setFailed(true);
      setSending(null);
    }
  };

  return (
    <I18nProvider locale="fr-FR">
      <ModalOverlay className={css.overlay} isOpen isDismissable onOpenChange={(open) => open || onClose(false)}>
        <Modal className={css.modal}>
          <Dialog className={css.dialog}>
            <Heading slot="title" className={css.title}>{m.unserved.title}</Heading>
            <p className={css.lead}>{request ? k.unservedLead(request.patient) : m.unserved.lead}</p>
            <div className={css.reasons} role="group" aria-label={m.unserved.why}>
              {UNSERVED_REASONS.map((one, index) => (
                <button key={one} type="button" className="button" autoFocus={index === 0} disabled={sending !== null} onClick={() => void send(one)}>
                  {m.unserved.reasons[one]}
                </button>
              ))}
            </div>
            <p role="alert" className={css.failed}>{failed ? m.unserved.failed : ""}</p>
            {!request && <details className={css.details}>
              <summary>
                {m.unserved.details} <span>{m.streams[stream]} · {m.booking.eligibilities[eligibility]}</span>
              </summary>
              <div className={css.form}>
                {territories.length > 1 && (
                  <SearchSelect label={m.unserved.territory} value={territoryId} choices={territories.map(({ id, name }) => ({ id, text: name }))} onChange={(id) => id && setTerritoryId(id)} />
                )}
                <SearchSelect label={m.unserved.stream} value={stream} choices={STREAMS.map((id) => ({ id, text: m.streams[id] }))} onChange={(id) => id && setStream(id as CareStream)} />
                <SearchSelect label={m.booking.reason} value={reason} choices={reasons.map(({ code, label }) => ({ id: code, text: label, note: code }))} onChange={setReason} />
                <Choice label={m.booking.eligibility} value={eligibility} options={ELIGIBILITIES.map((one) => [one, m.booking.eligibilities[one]])} onChange={setEligibility} />
              </div>
            </details>}
            <button type="button" className={`button quiet ${css.cancel}`} onClick={() => onClose(false)}>{m.unserved.cancel}</button>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </I18nProvider>
  );
}
