import { useId, useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { CheckGroup } from "../agenda/CheckGroup";
import { PhaseNote } from "../agenda/PhaseNote";
import dialog from "../agenda/dialog.module.css";
import parts from "../agenda/parts.module.css";
import type { CommandPhase } from "../agenda/useCommand";
import { TextInput } from "../forms/TextInput";
import forms from "../forms/forms.module.css";
import modal from "../unserved/unserved.module.css";
import type { Condition, Grants, Terms } from "./contract";
import css from "./grants.module.css";
import { type GrantGroup, cleaned, termsOf } from "./groups";
import { g, word } from "./messages";

const t = g.form;
const NEW: Terms = { role: "", stream: "gp", condition: "none", source: "" };

interface Props {
  all: Grants;
  /** What is corrected; null: a new one. */
  group: GrantGroup | null;
  phase: CommandPhase;
  onSave: (terms: Terms, actions: string[]) => void;
  onClose: () => void;
}

/** Gives a grant, or corrects one. */
export function GrantDialog({ all, group, phase, onSave, onClose }: Props): React.JSX.Element {
  const [terms, setTerms] = useState<Terms>(group ? termsOf(group.first) : NEW);
  const [actions, setActions] = useState<string[]>(group ? group.grants.map(({ action }) => action) : []);
  const change = (part: Partial<Terms>): void => setTerms((now) => ({ ...now, ...part }));
  const sending = phase.kind === "sending";
  const { role, condition } = terms;
  const people = all.people.filter((one) => one.role === role);
  const faults = phase.kind === "refused" ? phase.problem.fieldErrors : {};
  const complete = role !== "" && actions.length > 0 && terms.source.trim().length >= 3 && (condition !== "inGroup" || terms.group) && (condition !== "namedPerson" || terms.person);
  const send = (event: React.FormEvent): void => {
    event.preventDefault();
    if (complete) onSave(cleaned(terms), actions);
  };

  return (
    <ModalOverlay className={modal.overlay} isOpen isDismissable={false} isKeyboardDismissDisabled={sending} onOpenChange={(open) => open || onClose()}>
      <Modal className={modal.modal}>
        <Dialog className={modal.dialog}>
          <Heading slot="title" className={modal.title}>{group ? t.correctTitle : t.addTitle}</Heading>
          {group && <p className={modal.lead}>{t.correctLead}</p>}
          <form className={dialog.form} onSubmit={send} noValidate>
            <div className={css.pair}>
              <Select label={t.role} value={role} autoFocus options={[...(role ? [] : [["", t.choose] as const]), ...all.roles.map((one) => [one, word(g.roles, one)] as const)]} onChange={(value) => change({ role: value, person: "" })} />
              <Select label={t.condition} value={condition} options={all.conditions.map((one) => [one, word(g.conditions, one)] as const)} onChange={(value) => change({ condition: value as Condition })} />
            </div>
            {condition === "inGroup" && <Select label={t.group} value={terms.group ?? ""} options={[["", t.choose], ...all.groups.map((one) => [one, one] as const)]} onChange={(group) => change({ group })} />}
            {condition === "namedPerson" && <Select label={t.person} value={terms.person ?? ""} options={[["", t.choose], ...people.map(({ id, name }) => [id, name] as const)]} onChange={(person) => change({ person })} />}
            <Select label={t.stream} value={terms.stream} options={all.streams.map((one) => [one, word(g.streams, one)] as const)} onChange={(stream) => change({ stream })} />
            <div className={css.checks}>
              <CheckGroup label={group ? t.action : t.actions} values={actions} options={(group ? group.grants.map(({ action }) => action) : all.actions).map((one) => [one, word(g.actions, one)] as const)} onChange={setActions} />
            </div>
            <div className={css.pair}>
              <Day label={t.from} value={terms.from ?? ""} onChange={(from) => change({ from })} />
              <Day label={t.to} value={terms.to ?? ""} min={terms.from} onChange={(to) => change({ to })} />
            </div>
            <p className={forms.help}>{t.dates}</p>
            <TextInput label={t.source} value={terms.source} onChange={(source) => change({ source })} help={t.sourceHelp} maxLength={300} error={faults.source?.[0]} />
            <PhaseNote phase={phase} />
            <div className={parts.actions}>
              <button type="submit" className="button primary" disabled={sending || !complete}>{group ? t.save : t.give}</button>
              <button type="button" className="button quiet" disabled={sending} onClick={onClose}>{g.cancel}</button>
            </div>
          </form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface SelectProps {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  autoFocus?: boolean;
  onChange: (value: string) => void;
}

function Select({ label, value, options, autoFocus = false, onChange }: SelectProps): React.JSX.Element {
  const id = useId();
  return (
    <div className={forms.field}>
      <label className={forms.label} htmlFor={id}>{label}</label>
      <select id={id} className={forms.input} autoFocus={autoFocus} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}
      </select>
    </div>
  );
}

function Day({ label, value, min, onChange }: { label: string; value: string; min?: string | undefined; onChange: (value: string) => void }): React.JSX.Element {
  const id = useId();
  return (
    <div className={forms.field}>
      <label className={forms.label} htmlFor={id}>{label}</label>
      <input id={id} type="date" className={forms.input} value={value} {...(min ? { min } : {})} onChange={(event) => onChange(event.target.value)} />
    </div>
  );
}
