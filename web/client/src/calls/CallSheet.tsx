import { useEffect, useRef, useState } from "react";
import { PhaseNote } from "../agenda/PhaseNote";
import type { CommandPhase } from "../agenda/useCommand";
import type { Reason, Sex, Territory } from "../api/contract";
import { parseBirthDate } from "../booking/draft";
import { Choice } from "../forms/Choice";
import { SearchSelect } from "../forms/SearchSelect";
import { TextInput } from "../forms/TextInput";
import { m } from "../messages";
import { phoneHref, phoneText } from "../phone";
import { wallOf } from "../time/wall";
import { type Qualification, callsApi } from "./callsApi";
import css from "./calls.module.css";
import { CALLER_KINDS, CARES_FOR, CARE_LEVELS, COMMUNICATIONS, type CallFile, type CallPatient, type Centre, type Exit, PRIORITIES, REGULATION_STREAMS } from "./contract";
import { Decision } from "./Decision";
import { c } from "./messages";

interface Props {
  file: CallFile;
  centre: Centre;
  territories: readonly Territory[];
  reasons: readonly Reason[];
  mine: boolean;
  role: string;
  isLive: boolean;
  /** What became of the last thing saved, and of the last decision. */
  phases: readonly CommandPhase[];
  /** Saves a choice or a field, in order. */
  save: (send: (requestId: string) => Promise<unknown>) => Promise<boolean>;
  /** Sends a decision about this call, after what was saved; says what was done. */
  run: (send: (requestId: string) => Promise<unknown>, said?: string) => Promise<boolean>;
}

/** The file of one call: short, in the order of the talk, every choice saved as it is made. */
export function CallSheet({ file, centre, territories, reasons, mine, role, isLive, phases, save, run }: Props): React.JSX.Element {
  const communes = [...new Map(territories.flatMap((one) => one.communes.map((commune) => [commune.code, commune] as const))).values()];
  const time = (at: string): string => wallOf(at, centre.timeZone).time;
  const qualify = (part: Qualification): void => void save((requestId) => callsApi.qualify(file.id, part, requestId));
  const levelName = (id: string): string => centre.levels.find((one) => one.id === id)?.name ?? id;

  return (
    <article className={css.sheet} aria-label={c.of(c.file, file.label)} data-testid="call-file">
      <header className={css.sheetHead}>
        <h2>{c.of(c.file, file.label)}</h2>
        <p className={css.facts}>
          {c.lines[file.line]} · {c.statuses[file.status]} · {levelName(file.level)}
          {file.caller?.phone && <> · <a href={phoneHref(file.caller.phone)}>{phoneText(file.caller.phone)}</a></>}
          {file.externalNumber && ` · ${file.externalNumber}`}
        </p>
        {file.decisionMade && <p className={css.decided}>{c.decided(c.exits[file.decisionMade.exit], file.decisionMade.by.name)}</p>}
      </header>
      {mine ? (
        <>
          <section aria-label={c.priority} className={css.fields}>
            <Choice label={c.priority} value={file.priority} options={PRIORITIES.map((one) => [one, c.priorities[one]])} onChange={(priority) => qualify({ priority })} compact />
            <Choice label={c.careLevel} value={file.careLevel ?? ""} options={CARE_LEVELS.map((one) => [one, c.careLevels[one]])} onChange={(careLevel) => qualify({ careLevel })} compact />
            <Choice label={c.stream} value={file.stream ?? ""} options={REGULATION_STREAMS.map((one) => [one, c.streams[one]])} onChange={(stream) => qualify({ stream })} compact />
            <SearchSelect label={c.reason} opensOnTyping value={file.reason ?? ""} choices={reasons.map(({ code, label, vital }) => ({ id: code, text: label, note: vital ? "15" : code }))} onChange={(reason) => reason && reason !== file.reason && qualify({ reason })} />
            <SearchSelect label={c.commune} opensOnTyping value={file.communeCode ?? ""} choices={communes.map(({ code, name, postalCode }) => ({ id: code, text: name, note: postalCode }))} onChange={(communeCode) => communeCode && communeCode !== file.communeCode && qualify({ communeCode })} />
            <Select label={c.callerKind} value={file.callerKind ?? ""} options={CALLER_KINDS.map((one) => [one, c.callerKinds[one]])} onChange={(callerKind) => qualify({ callerKind })} />
            <Select label={c.communication} value={file.communication ?? ""} options={COMMUNICATIONS.map((one) => [one, c.communications[one]])} onChange={(communication) => qualify({ communication })} />
          </section>
          <People key={file.id} file={file} save={(caller, patient) => save((requestId) => callsApi.write(file.id, caller, patient, requestId))} />
          <Select label={c.caresFor} value={file.caresFor} options={CARES_FOR.map((one) => [one, c.caresForValues[one]])} onChange={(caresFor) => qualify({ caresFor })} />
        </>
      ) : (
        <ReadOnly file={file} reasons={reasons} />
      )}
      <Notes file={file} time={time} canAdd={isLive && (mine || file.status === "emergency")} add={(text) => run((requestId) => callsApi.note(file.id, text, requestId))} />
      {(mine || file.status === "emergency") && <Decision file={file} centre={centre} mine={mine} role={role} ready={isLive && phases[1]?.kind !== "sending"} run={run} />}
      <div className={css.phases}>{phases.filter(({ kind }) => kind !== "idle").map((phase, index) => <PhaseNote key={index} phase={phase} />)}</div>
      <details className={css.more}>
        <summary>{c.steps}</summary>
        <ol>{file.steps.map((step) => <li key={`${step.level} ${step.rangAt}`}>{levelName(step.level)} · {time(step.rangAt)}{step.answeredAt && ` · ${c.answered(time(step.answeredAt))}`}{step.by && ` · ${step.by.name}`}</li>)}</ol>
        {file.otherFiles.length > 0 && <><p>{c.otherFiles}</p><ul>{file.otherFiles.map((one) => <li key={one.id}>{one.label} · {time(one.rangAt)} · {one.decision ? c.exits[one.decision as Exit] : c.statuses[one.status]}</li>)}</ul></>}
      </details>
    </article>
  );
}

type PeopleDraft = Required<Record<keyof CallPatient, string>> & { callerName: string; callerPhone: string };

const draftOf = ({ patient, caller }: CallFile): PeopleDraft => ({
  lastName: patient?.lastName ?? "", firstName: patient?.firstName ?? "", birthDate: patient?.birthDate?.split("-").reverse().join("/") ?? "", sex: patient?.sex ?? "",
  phone: patient?.phone ?? caller?.phone ?? "", address: patient?.address ?? "", communeCode: patient?.communeCode ?? "", registeredGp: patient?.registeredGp ?? "",
  callerName: caller?.name ?? "", callerPhone: caller?.phone ?? "",
});

/** Who calls and who needs care; saved as a whole when a field is left. */
function People({ file, save }: { file: CallFile; save: (caller: CallFile["caller"], patient: CallPatient) => Promise<boolean> }): React.JSX.Element {
  const [draft, setDraft] = useState(() => draftOf(file));
  // A press on a choice comes before the blur of the field that it leaves, and both before the next drawing: whoever saves must see what was said last.
  const said = useRef(draft);
  const say = (part: Partial<PeopleDraft>): void => setDraft((said.current = { ...said.current, ...part }));
  const [kept, setKept] = useState(() => JSON.stringify(draftOf(file)));
  const leave = (): void => {
    const next = said.current;
    const now = JSON.stringify(next);
    const birthDate = parseBirthDate(next.birthDate);
    if (now === kept || (next.birthDate.trim() !== "" && !birthDate)) return;
    const filled = Object.fromEntries(
      Object.entries({ lastName: next.lastName, firstName: next.firstName, birthDate: birthDate ?? "", sex: next.sex as Sex | "", phone: next.phone, address: next.address, communeCode: file.communeCode ?? "", registeredGp: next.registeredGp }).filter(([, value]) => value.trim() !== ""),
    );
    const caller = Object.fromEntries(Object.entries({ name: next.callerName, phone: next.callerPhone }).filter(([, value]) => value.trim() !== ""));
    void save(caller, filled).then((done) => done && setKept(now));
  };
  const text = (name: keyof PeopleDraft, label: string, more: Partial<React.ComponentProps<typeof TextInput>> = {}): React.JSX.Element => (
    <TextInput label={label} value={draft[name]} onChange={(value) => say({ [name]: value })} {...more} />
  );
  return (
    <section aria-label={c.patient} className={css.fields} onBlur={leave}>
      {text("lastName", m.booking.lastName)}
      {text("firstName", m.booking.firstName)}
      {text("birthDate", m.booking.birthDate, { placeholder: m.booking.birthDateHint, inputMode: "numeric", error: draft.birthDate.trim() && !parseBirthDate(draft.birthDate) ? m.booking.badDate : undefined })}
      <Choice label={m.booking.sex} value={draft.sex as Sex | ""} options={(["F", "M", "I"] as const).map((sex) => [sex, m.booking.sexes[sex]])} compact onChange={(sex) => {
        say({ sex });
        leave();
      }} />
      {text("phone", m.booking.phone, { inputMode: "tel" })}
      {text("callerName", c.callerName, { optional: true })}
    </section>
  );
}

function ReadOnly({ file, reasons }: { file: CallFile; reasons: readonly Reason[] }): React.JSX.Element {
  const { patient } = file;
  const facts = [
    patient && `${patient.lastName ?? ""} ${patient.firstName ?? ""}`.trim(), patient?.birthDate?.split("-").reverse().join("/"), patient?.phone && phoneText(patient.phone), patient?.address,
    file.reason && (reasons.find(({ code }) => code === file.reason)?.label ?? file.reason), c.priorities[file.priority],
  ].filter(Boolean);
  return <p>{facts.join(" · ")}</p>;
}

function Notes({ file, time, canAdd, add }: { file: CallFile; time: (at: string) => string; canAdd: boolean; add: (text: string) => Promise<boolean> }): React.JSX.Element {
  const [text, setText] = useState("");
  useEffect(() => setText(""), [file.id]);
  return (
    <section aria-label={c.notes} className={css.notes}>
      {file.notes.length > 0 && <ul>{file.notes.map((note) => <li key={note.id}><span className={css.facts}>{time(note.at)} {note.by.name}</span> {note.text}</li>)}</ul>}
      {canAdd && (
        <form
          className={css.noteForm}
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim()) void add(text.trim()).then((done) => done && setText(""));
          }}
        >
          <TextInput label={c.note} value={text} onChange={setText} maxLength={500} />
          <button type="submit" className="button">{c.noteAdd}</button>
        </form>
      )}
    </section>
  );
}

function Select<T extends string>({ label, value, options, onChange }: { label: string; value: T | ""; options: readonly (readonly [T, string])[]; onChange: (value: T) => void }): React.JSX.Element {
  return (
    <label className={css.select}>
      <span>{label}</span>
      <select value={value} onChange={(event) => event.target.value && onChange(event.target.value as T)}>
        {value === "" && <option value="">{c.notSaid}</option>}
        {options.map(([one, text]) => <option key={one} value={one}>{text}</option>)}
      </select>
    </label>
  );
}
