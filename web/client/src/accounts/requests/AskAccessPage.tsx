import { useCallback, useEffect, useId, useState } from "react";
import { useCommand } from "../../agenda/useCommand";
import { TextInput } from "../../forms/TextInput";
import { m } from "../../messages";
import { Waiting } from "../../shell/Waiting";
import { Note, faultsOf } from "../Note";
import { t } from "../messages";
import css from "../accounts.module.css";
import { r } from "./messages";
import { type AccessForm, requestsApi } from "./requestsApi";

/** For who has no account yet; the answer comes from the coordination and not from here. */
export function AskAccessPage(): React.JSX.Element {
  const [form, setForm] = useState<AccessForm | "failed" | null>(null);
  const [sent, setSent] = useState(false);
  const load = useCallback(() => {
    setForm(null);
    requestsApi.form().then(setForm, () => setForm("failed"));
  }, []);
  useEffect(() => {
    document.title = `${r.title} — ${m.app.name}`;
    load();
  }, [load]);

  if (form === null) return <Waiting title={m.app.loading} />;
  if (form === "failed") return <Waiting title={r.failed} help={m.app.unreachableHelp} onRetry={load} />;
  return (
    <main id="creneaux" tabIndex={-1} className={css.narrow}>
      <h1>{sent ? r.sentTitle : r.title}</h1>
      <p className={css.lead} role={sent ? "status" : undefined}>{sent ? r.sent : r.lead}</p>
      {!sent && <div className={css.card}><AskForm form={form} onSent={() => setSent(true)} /></div>}
      <p className={css.note}><a href="/?page=connexion">{r.signIn}</a></p>
    </main>
  );
}

function AskForm({ form, onSent }: { form: AccessForm; onSent: () => void }): React.JSX.Element {
  const [territoryId, setTerritoryId] = useState(form.territories.length === 1 ? (form.territories[0]?.id ?? "") : "");
  const [name, setName] = useState("");
  const [role, setRole] = useState("");
  const [structure, setStructure] = useState("");
  const [email, setEmail] = useState("");
  const [rpps, setRpps] = useState("");
  const { phase, run } = useCommand();
  const faults = faultsOf(phase);
  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    const plain = rpps.replaceAll(/\s/g, "");
    if (await run((requestId) => requestsApi.ask({ territoryId, name: name.trim(), role, structure: structure.trim(), email: email.trim(), ...(plain && { rpps: plain }) }, requestId))) onSent();
  };
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
      <Select label={r.territory} value={territoryId} options={form.territories.map((one) => [one.id, one.name])} onChange={setTerritoryId} error={faults.territoryId && r.required} />
      <TextInput label={r.name} name="name" autoComplete="name" value={name} onChange={setName} error={faults.name?.[0]} maxLength={100} />
      <Select label={r.role} value={role} options={form.roles.map((one) => [one, m.roles[one]])} onChange={setRole} error={faults.role && r.required} />
      <TextInput label={r.structure} placeholder={r.structurePlaceholder} value={structure} onChange={setStructure} error={faults.structure?.[0]} maxLength={100} />
      <TextInput label={r.email} type="email" name="email" autoComplete="email" value={email} onChange={setEmail} error={faults.email?.[0]} maxLength={254} />
      <TextInput label={r.rpps} optional inputMode="numeric" value={rpps} onChange={setRpps} error={faults.rpps?.[0]} help={r.rppsHelp} maxLength={14} />
      {Object.keys(faults).length === 0 && <Note phase={phase} />}
      <button type="submit" className="button primary" aria-busy={phase.kind === "sending"}>{phase.kind === "sending" ? t.sending : r.submit}</button>
    </form>
  );
}

interface SelectProps {
  label: string;
  value: string;
  options: (readonly [string, string])[];
  onChange: (value: string) => void;
  error?: string | undefined;
}

/** A list of the browser's own, with nothing chosen at first. */
export function Select({ label, value, options, onChange, error }: SelectProps): React.JSX.Element {
  const id = useId();
  return (
    <div className={css.select}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} aria-invalid={error !== undefined || undefined} aria-describedby={error && `${id}-error`} onChange={(event) => onChange(event.target.value)}>
        <option value="">{r.choose}</option>
        {options.map(([code, text]) => <option key={code} value={code}>{text}</option>)}
      </select>
      {error && <span id={`${id}-error`} role="alert" className={css.problem}>{error}</span>}
    </div>
  );
}
