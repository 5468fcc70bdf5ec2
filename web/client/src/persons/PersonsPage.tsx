import { useEffect, useRef, useState } from "react";
import { useCommand } from "../agenda/useCommand";
import { Note, faultsOf } from "../accounts/Note";
import type { Territory } from "../api/contract";
import { parseBirthDate } from "../booking/draft";
import { TextInput } from "../forms/TextInput";
import { m } from "../messages";
import { PersonCard } from "./PersonCard";
import { type PersonFile, REASONS, type Reason, type Scope } from "./contract";
import { p } from "./messages";
import css from "./persons.module.css";
import { personsApi } from "./personsApi";

const b = m.booking;
const EMPTY = { lastName: "", firstName: "", birthDate: "" };

interface Props {
  territories: readonly Territory[];
  /** Ids of those whose data officer one is. */
  audits: readonly string[];
}

/** “Personnes”, for the territory's data officer. What was found is forgotten when the page closes. */
export function PersonsPage({ territories, audits }: Props): React.JSX.Element {
  const [wanted, setTerritory] = useState("");
  const territory = audits.includes(wanted) ? wanted : (audits[0] ?? "");
  const [reason, setReason] = useState<Reason>("access");
  const [typed, setTyped] = useState(EMPTY);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [file, setFile] = useState<PersonFile | "nobody" | null>(null);
  const [said, setSaid] = useState("");
  const { phase, run, clear } = useCommand();
  const result = useRef<HTMLDivElement>(null);
  const scope: Scope = { territory, reason };
  const found = file !== null && file !== "nobody";
  useEffect(() => void (found && result.current?.querySelector("h2")?.focus()), [found]);

  const forget = (): void => {
    setFile(null);
    clear();
  };
  const search = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    setSaid("");
    const birthDate = parseBirthDate(typed.birthDate);
    const missing = Object.fromEntries(Object.entries(typed).filter(([, text]) => !text.trim()).map(([name]) => [name, b.missing]));
    const next = { ...missing, ...(typed.birthDate.trim() && !birthDate ? { birthDate: b.badDate } : {}) };
    setWrong(next);
    if (Object.keys(next).length > 0 || !birthDate) return;
    forget();
    const answer = await run(() => personsApi.search(scope, typed.lastName, typed.firstName, birthDate));
    if (!answer) return;
    const id = answer.answer.personId;
    if (!id) return setFile("nobody");
    const opened = await run(() => personsApi.open(scope, id));
    if (opened) setFile(opened.answer);
  };
  const text = (name: keyof typeof EMPTY, label: string, more: { placeholder?: string; inputMode?: "numeric" } = {}): React.JSX.Element => (
    <TextInput label={label} value={typed[name]} error={wrong[name] ?? faultsOf(phase)[name]?.[0]} onChange={(value) => setTyped({ ...typed, [name]: value })} maxLength={100} {...more} />
  );

  return (
    <main id="creneaux" tabIndex={-1} className={css.page}>
      <h1>{p.title}</h1>
      <p className={css.lead}>{p.lead}</p>
      <form className={css.search} onSubmit={(event) => void search(event)} noValidate>
        {audits.length > 1 && (
          <label className={css.select}>
            <span>{p.territory}</span>
            <select value={territory} onChange={(event) => { setTerritory(event.target.value); forget(); }}>
              {audits.map((id) => <option key={id} value={id}>{territories.find((one) => one.id === id)?.name ?? id}</option>)}
            </select>
          </label>
        )}
        <label className={css.select}>
          <span>{p.reason}</span>
          <select value={reason} onChange={(event) => setReason(event.target.value as Reason)}>
            {REASONS.map((one) => <option key={one} value={one}>{p.reasons[one]}</option>)}
          </select>
        </label>
        {text("lastName", b.lastName)}
        {text("firstName", b.firstName)}
        {text("birthDate", b.birthDate, { placeholder: "jj/mm/aaaa", inputMode: "numeric" })}
        <button type="submit" className="button primary" disabled={phase.kind === "sending"}>{p.search}</button>
      </form>
      {!found && <Note phase={phase} />}
      {file === "nobody" && <p role="status" className={css.none}>{p.nobody}</p>}
      <p role="status" className={css.done}>{said}</p>
      <div ref={result}>
        {found && (
          <PersonCard
            key={file.personId}
            file={file}
            scope={scope}
            onChanged={(next, text) => {
              setFile(next);
              setSaid(text);
            }}
          />
        )}
      </div>
    </main>
  );
}
