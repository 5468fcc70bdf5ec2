import { useId, useState } from "react";
import { CheckGroup } from "../agenda/CheckGroup";
import { PhaseNote } from "../agenda/PhaseNote";
import type { CommandPhase } from "../agenda/useCommand";
import accounts from "../accounts/accounts.module.css";
import { dayOf, whenOf } from "../accounts/when";
import forms from "../forms/forms.module.css";
import type { Grant } from "./contract";
import css from "./grants.module.css";
import { type GrantGroup, isOpen } from "./groups";
import { g, word } from "./messages";

interface Props {
  group: GrantGroup;
  today: string;
  /** What became of the command given here; null: none was. */
  phase: CommandPhase | null;
  onCorrect: () => void;
  /** Whether all ended. Without a day: at once. */
  onEnd: (grants: readonly Grant[], lastDay: string | undefined) => Promise<boolean>;
}

/** Grants of the same terms: who, what, for which stream, from when to when, after which decision. */
export function GrantRow({ group: { first, grants }, today, phase, onCorrect, onEnd }: Props): React.JSX.Element {
  const [asking, setAsking] = useState(false);
  const who = whoOf(first);
  const what = word(g.streams, first.stream);
  return (
    <li className={`${accounts.member} ${css.grant}`} data-state={first.state}>
      <div className={accounts.who}>
        <strong>{who}</strong>
        {first.condition !== "none" && <span className={accounts.note}>{conditionOf(first)}</span>}
      </div>
      <div className={accounts.who}>
        <span>{what}</span>
        <span className={css.can}>{grants.map(({ action }) => word(g.actions, action)).join(", ")}</span>
      </div>
      <div className={accounts.who}>
        <span className={accounts.badge} data-status={{ inForce: "active", coming: "invited", ended: "none" }[first.state]}>{g.states[first.state]}</span>
        <span className={accounts.note}>{first.endedAt ? g.endedAt(whenOf(first.endedAt)) : periodOf(first)}</span>
      </div>
      <p className={css.source}>
        {first.source} <span>({first.decidedBy ? g.decidedBy(first.decidedBy, dayOf(first.decidedAt)) : g.fromFile})</span>
      </p>
      {isOpen(first.state) && !asking && (
        <div className={accounts.rowActions}>
          <button type="button" className="button" aria-label={g.correctOf(who, what)} onClick={onCorrect}>{g.correct}</button>
          <button type="button" className="button" aria-label={g.endOf(who, what)} onClick={() => setAsking(true)}>{g.end}</button>
        </div>
      )}
      {asking && <EndForm grants={grants} today={today} sending={phase?.kind === "sending"} onClose={() => setAsking(false)} onEnd={async (chosen, day) => void ((await onEnd(chosen, day)) && setAsking(false))} />}
      {phase && <PhaseNote phase={phase} />}
    </li>
  );
}

interface EndProps {
  grants: readonly Grant[];
  today: string;
  sending: boolean;
  onEnd: (grants: readonly Grant[], lastDay: string | undefined) => void;
  onClose: () => void;
}

function EndForm({ grants, today, sending, onEnd, onClose }: EndProps): React.JSX.Element {
  const [actions, setActions] = useState(grants.map(({ action }) => action));
  const [later, setLater] = useState(false);
  const [day, setDay] = useState(today);
  const name = useId();
  const send = (event: React.FormEvent): void => {
    event.preventDefault();
    onEnd(grants.filter(({ action }) => actions.includes(action)), later ? day : undefined);
  };
  return (
    <form className={accounts.ask} onSubmit={send} noValidate>
      {grants.length > 1 && (
        <div className={css.checks}>
          <CheckGroup label={g.ask.what} values={actions} options={grants.map(({ action }) => [action, word(g.actions, action)] as const)} onChange={setActions} />
        </div>
      )}
      <fieldset className={forms.field}>
        <legend className={forms.label}>{g.ask.when}</legend>
        <div className={css.when}>
          <label><input type="radio" name={name} autoFocus checked={!later} onChange={() => setLater(false)} /> {g.ask.now}</label>
          <label><input type="radio" name={name} checked={later} onChange={() => setLater(true)} /> {g.ask.on}</label>
          <input type="date" className={forms.input} aria-label={g.ask.lastDay} min={today} value={day} onChange={(event) => (setDay(event.target.value), setLater(true))} />
        </div>
      </fieldset>
      {!later && <p className={accounts.note}>{g.ask.nowHelp}</p>}
      <p className={accounts.actions}>
        <button type="submit" className="button primary" disabled={sending || actions.length === 0 || (later && day === "")}>{g.end}</button>
        <button type="button" className="button" disabled={sending} onClick={onClose}>{g.cancel}</button>
      </p>
    </form>
  );
}

const whoOf = ({ role, personName }: Grant): string => personName ?? word(g.roles, role);

function conditionOf({ condition, group, role }: Grant): string {
  if (condition === "inGroup") return g.inGroup(group ?? "");
  return condition === "namedPerson" ? word(g.roles, role) : word(g.conditions, condition);
}

function periodOf({ from, to }: Grant): string {
  if (from && to) return g.between(dayOf(from), dayOf(to));
  return from ? g.from(dayOf(from)) : to ? g.until(dayOf(to)) : g.always;
}
