import { useId, useState } from "react";
import { MODES } from "../api/contract";
import { Choice } from "../forms/Choice";
import { TextInput } from "../forms/TextInput";
import { Tick } from "../forms/Tick";
import forms from "../forms/forms.module.css";
import { m } from "../messages";
import { AUDIENCES, type AgendaSettings, WEEKDAYS, agendaApi } from "./agendaApi";
import { CheckGroup } from "./CheckGroup";
import { a } from "./messages";
import parts from "./parts.module.css";
import { PhaseNote } from "./PhaseNote";
import css from "./settings.module.css";
import { type Field, type Rule, faultOf, newRule, overlapOf, ruleOf, toTemplate } from "./template";
import { TemplatePreview } from "./TemplatePreview";
import { useCommand } from "./useCommand";

const LENGTHS = ["10", "15", "20", "30", "45", "60"] as const;
const t = a.template;

interface Props {
  agendaId: string;
  settings: AgendaSettings;
  /** Civil day of the territory, "2026-12-01". */
  today: string;
  isLive: boolean;
  onDone: (text: string) => void;
}

/** The weekly template: what opens by itself, week after week. */
export function TemplateEditor({ agendaId, settings, today, isLive, onDone }: Props): React.JSX.Element {
  const [rules, setRules] = useState<Rule[]>(() => (settings.templates.length > 0 ? settings.templates.map(ruleOf) : [newRule([])]));
  const [takeBack, setTakeBack] = useState(settings.takeBackBefore ? String(settings.takeBackBefore) : "");
  const [skipHolidays, setSkipHolidays] = useState(settings.skipHolidays);
  const [checked, setChecked] = useState(false);
  const command = useCommand();
  const overlap = overlapOf(rules);
  const faulty = checked ? rules.flatMap((rule, i) => (faultOf(rule) ? [i + 1] : [])) : [];
  const takeBacks = t.takeBacks.some(([value]) => value === takeBack) ? t.takeBacks : [...t.takeBacks, [takeBack, `${takeBack} min avant`] as const];

  const save = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (overlap || rules.some(faultOf)) return;
    const body = { templates: rules.map(toTemplate), skipHolidays, ...(takeBack ? { takeBackBefore: Number(takeBack) } : {}) };
    const saved = await command.run((requestId) => agendaApi.saveTemplate(agendaId, body, requestId));
    if (saved) onDone(t.saved(saved.answer.opened, saved.answer.withdrawn));
  };

  return (
    <form className={css.template} onSubmit={(event) => void save(event)} noValidate>
      <div className={css.rules}>
        <p className={css.lead}>{t.lead}</p>
        {!settings.ownTemplate && settings.templates.length > 0 && <p className={css.lead}>{t.imported}</p>}
        {rules.map((rule, i) => (
          <RuleEditor
            key={rule.id}
            rule={rule}
            number={i + 1}
            checked={checked}
            onChange={(part) => setRules(rules.map((one) => (one.id === rule.id ? { ...one, ...part } : one)))}
            onRemove={() => setRules(rules.filter(({ id }) => id !== rule.id))}
          />
        ))}
        <button type="button" className={`button ${css.addRule}`} onClick={() => setRules([...rules, newRule(rules)])}>{t.add}</button>
        <div className={forms.field}>
          <label className={forms.label} htmlFor="me-revient">{t.takeBack}</label>
          <select id="me-revient" className={forms.input} value={takeBack} onChange={(event) => setTakeBack(event.target.value)}>
            {takeBacks.map(([value, text]) => <option key={value} value={value}>{text}</option>)}
          </select>
        </div>
        <Tick label={t.skipHolidays} help={t.skipHolidaysHelp} value={skipHolidays} onChange={setSkipHolidays} />
      </div>
      <div className={css.side}>
        <TemplatePreview rules={rules} today={today} />
        {overlap && <p className={forms.error} role="alert">{t.overlap(overlap)}</p>}
        {faulty.length > 0 && <p className={forms.error} role="alert">{t.toCorrect(faulty)}</p>}
        <PhaseNote phase={command.phase} />
        <button type="submit" className="button primary" disabled={!isLive || command.phase.kind === "sending"}>{t.save}</button>
      </div>
    </form>
  );
}

interface RuleProps {
  rule: Rule;
  number: number;
  checked: boolean;
  onChange: (part: Partial<Rule>) => void;
  onRemove: () => void;
}

function RuleEditor({ rule, number, checked, onChange, onRemove }: RuleProps): React.JSX.Element {
  const fault = checked ? faultOf(rule) : null;
  const ids = useId();
  const error = (field: Field): string | undefined => (fault?.field === field ? fault.text : undefined);
  return (
    <fieldset className={css.rule}>
      <legend>{t.rule(number)}</legend>
      <CheckGroup label={t.days} values={rule.days} options={WEEKDAYS.map((day) => [day, t.weekdays[day], t.longDays[day]])} onChange={(days) => onChange({ days: WEEKDAYS.filter((day) => days.includes(day)) })} error={error("days")} inRow />
      <TextInput label={t.times} value={rule.times} onChange={(times) => onChange({ times })} help={t.timesHelp} error={error("times")} maxLength={600} lines={rule.times.length > 60 ? 3 : 1} />
      <Choice label={t.minutes} value={String(rule.minutes)} options={lengths(rule.minutes).map((one) => [one, m.time.minutes(Number(one))])} onChange={(one) => onChange({ minutes: Number(one) })} />
      <Choice label={t.mode} value={rule.mode} options={MODES.map((one) => [one, m.modes[one]])} onChange={(mode) => onChange({ mode })} />
      <CheckGroup label={t.audience} values={rule.audience} options={AUDIENCES.map((one) => [one, t.audiences[one] ?? one])} onChange={(audience) => onChange({ audience })} error={error("audience")} />
      <div className={css.limits}>
        <TextInput label={t.capacity} value={rule.capacity} onChange={(capacity) => onChange({ capacity })} error={error("capacity")} inputMode="numeric" maxLength={3} />
        {(["validFrom", "validTo"] as const).map((end) => (
          <div key={end} className={forms.field}>
            <label className={forms.label} htmlFor={`${ids}${end}`}>{t[end]}</label>
            <input
              id={`${ids}${end}`}
              type="date"
              className={forms.input}
              value={rule[end]}
              data-invalid={error("validity") !== undefined || undefined}
              aria-invalid={error("validity") !== undefined}
              aria-describedby={`${ids}periode`}
              onChange={(event) => onChange(end === "validFrom" ? { validFrom: event.target.value } : { validTo: event.target.value })}
            />
          </div>
        ))}
        {error("validity") === undefined
          ? <p id={`${ids}periode`} className={forms.help}>{t.validityHelp}</p>
          : <p id={`${ids}periode`} className={forms.error} role="alert">{error("validity")}</p>}
      </div>
      <button type="button" className={`button ${parts.small} ${css.removeRule}`} onClick={onRemove}>{t.remove(number)}</button>
    </fieldset>
  );
}

const lengths = (minutes: number): string[] => ((LENGTHS as readonly string[]).includes(String(minutes)) ? [...LENGTHS] : [...LENGTHS, String(minutes)]);
