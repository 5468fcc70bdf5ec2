import { useEffect, useState } from "react";
import type { Slot, Territory } from "../api/contract";
import type { Draft } from "../booking/draft";
import { useReasons } from "../booking/useReference";
import { SearchSelect } from "../forms/SearchSelect";
import { shortDay, wallOf } from "../time/wall";
import type { CareRequest } from "./contract";
import css from "./linked.module.css";
import { isOpen } from "./list";
import { k } from "./linkMessages";
import { type LinkedRequest, linkTo } from "./prefill";
import { requestsApi } from "./requestsApi";

interface Props {
  slot: Slot;
  territory: Territory;
  /** The request that the drawer was opened for. */
  from: LinkedRequest | undefined;
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
}

/** In the drawer: the request that this booking serves; without one, those that wait may be chosen. */
export function LinkChoice({ slot, territory, from, draft, onChange }: Props): React.JSX.Element | null {
  const [waiting, setWaiting] = useState<readonly CareRequest[]>([]);
  const [chosen, setChosen] = useState(from);
  const [failed, setFailed] = useState(false);
  const reasons = useReasons();
  const reasonOf = (code: string): string => reasons.find((one) => one.code === code)?.label ?? code;
  const untilOf = (deadline: string): string => {
    const { day, time } = wallOf(deadline, territory.timeZone);
    return k.until(`${shortDay(day)} ${time}`);
  };

  useEffect(() => {
    if (from) return;
    let gone = false;
    // Only an offer: without it one books all the same.
    requestsApi.list(territory.id).then(({ requests }) => void (gone || setWaiting(requests)), () => undefined);
    return () => void (gone = true);
  }, [from, territory.id]);

  const choose = (id: string): void => {
    if (!id) return;
    setFailed(false);
    requestsApi.one(id).then(
      (detail) => {
        const link = linkTo(detail);
        setChosen(link);
        // What has been typed already is not overwritten.
        onChange({ ...Object.fromEntries(Object.entries(link.draft).filter(([name]) => !draft[name as keyof Draft])), careRequestId: link.id });
      },
      () => setFailed(true),
    );
  };
  const choices = waiting.filter((one) => one.stream === slot.stream && one.allowed.includes("book") && isOpen(one, Date.parse(slot.start) - 1));

  if (draft.careRequestId) {
    const text = chosen ? [chosen.patient, reasonOf(chosen.reason), untilOf(chosen.deadline)].filter(Boolean).join(" · ") : draft.careRequestId;
    return (
      <p className={css.linked} data-testid="linked">
        <span><strong>{k.linked}</strong> {text}</span>
        <button type="button" className="button quiet" onClick={() => onChange({ careRequestId: "" })}>{k.detach}</button>
      </p>
    );
  }
  if (choices.length === 0) return null;
  return (
    <>
      <SearchSelect
        key={choices.length}
        label={k.choose}
        optional
        opensOnTyping
        value=""
        choices={choices.map((one) => ({ id: one.id, text: k.option(one.organization, reasonOf(one.reason)), note: untilOf(one.deadline) }))}
        onChange={choose}
      />
      {failed && <p role="alert">{k.failed}</p>}
    </>
  );
}
