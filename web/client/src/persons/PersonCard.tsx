import { useState } from "react";
import { useCommand } from "../agenda/useCommand";
import { Note } from "../accounts/Note";
import { dayOf, whenOf } from "../accounts/when";
import { m } from "../messages";
import { phoneText } from "../phone";
import { Correction } from "./Correction";
import type { PersonBooking, PersonCall, PersonFile, Scope } from "./contract";
import { p } from "./messages";
import css from "./persons.module.css";
import { personsApi } from "./personsApi";

interface Props {
  file: PersonFile;
  scope: Scope;
  /** Null: the file is gone. */
  onChanged: (file: PersonFile | null, said: string) => void;
}

/** One person's file, and what may be done with it. */
export function PersonCard({ file, scope, onChanged }: Props): React.JSX.Element {
  const [asking, setAsking] = useState<"correct" | "erase" | null>(null);
  const [said, setSaid] = useState("");
  const { phase, run, clear } = useCommand();
  const { personId: id, identity } = file;
  const known = file.bookings.length > 0;
  const busy = phase.kind === "sending";

  const act = async (send: () => Promise<unknown>, text: string): Promise<void> => {
    setSaid("");
    if (!(await run(send))) return;
    setAsking(null);
    const opened = await run(() => personsApi.open(scope, id));
    if (!opened) return onChanged(null, text);
    onChanged(opened.answer, "");
    setSaid(text); // here: the top of the page may be out of sight
  };
  const erase = async (): Promise<void> => {
    setSaid("");
    if (await run(() => personsApi.erase(scope, id))) onChanged(null, p.erased);
  };
  const download = async (): Promise<void> => {
    setSaid("");
    const answer = await run(() => personsApi.export(scope, id));
    if (!answer) return;
    save(answer.answer);
    setSaid(p.exported);
  };
  const ask = (next: "correct" | "erase" | null): void => {
    clear();
    setSaid("");
    setAsking(next);
  };

  return (
    <section className={css.card} aria-labelledby="person" data-testid="person">
      <header>
        <h2 id="person" tabIndex={-1}>{identity.lastName} {identity.firstName}</h2>
        <p>{p.born(identity.birthDate.split("-").reverse().join("/"))} · {m.booking.sexes[identity.sex]}</p>
        {identity.usedName && <p>{p.usedName(identity.usedName)}</p>}
      </header>
      <dl className={css.facts}>
        {identity.communeCode && <Fact name={p.commune}>{identity.communeCode}</Fact>}
        {identity.registeredGp && <Fact name={p.gp}>{identity.registeredGp}</Fact>}
        {known && <Fact name={p.objection}>{file.objectionSince ? p.objects(dayOf(file.objectionSince)) : p.noObjection}</Fact>}
      </dl>
      <div className={css.actions}>
        <button type="button" className="button" disabled={busy} onClick={() => void download()}>{p.exportIt}</button>
        {known && <button type="button" className="button" disabled={busy} aria-expanded={asking === "correct"} onClick={() => ask(asking === "correct" ? null : "correct")}>{p.correct}</button>}
        {known && <button type="button" className="button" disabled={busy} onClick={() => void act(() => personsApi.objection(scope, id, !file.objectionSince), file.objectionSince ? p.unobjected : p.objected)}>{file.objectionSince ? p.unobject : p.object}</button>}
        <button type="button" className={`button ${css.danger}`} disabled={busy} aria-expanded={asking === "erase"} onClick={() => ask(asking === "erase" ? null : "erase")}>{p.erase}</button>
      </div>
      {asking === "correct" && <Correction identity={identity} phase={phase} onSave={(next) => void act(() => personsApi.correct(scope, id, next), p.corrected)} onCancel={() => ask(null)} />}
      {asking === "erase" && (
        <div className={css.ask} role="group" aria-label={p.erase}>
          <p>{p.eraseAsk}</p>
          <div className={css.actions}>
            <button type="button" className={`button ${css.danger}`} disabled={busy} autoFocus onClick={() => void erase()}>{p.eraseGo}</button>
            <button type="button" className="button" onClick={() => ask(null)}>{p.cancel}</button>
          </div>
        </div>
      )}
      <Note phase={phase} />
      <p role="status" className={css.done}>{said}</p>
      {known ? (
        <>
          <h3>{p.bookings(file.bookings.length)}</h3>
          <ul className={css.bookings}>
            {file.bookings.map((one) => <Booking key={one.id} one={one} />)}
          </ul>
        </>
      ) : (
        <p className={css.lead}>{p.onlyCalls}</p>
      )}
      {file.calls ? (
        <>
          <h3>{p.calls(file.calls.length)}</h3>
          <ul className={css.bookings}>
            {file.calls.map((one) => <Call key={one.id} one={one} />)}
          </ul>
        </>
      ) : (
        <p className={css.lead}>{p.callsElsewhere}</p>
      )}
      <p className={css.lead}>{p.kept(dayOf(file.keptUntil))}</p>
    </section>
  );
}

function Booking({ one }: { one: PersonBooking }): React.JSX.Element {
  return (
    <li data-kind={one.kind}>
      <p className={css.head}><strong>{one.kind === "booking" ? p.booking(one.practitioner) : p.request}</strong><span className={css.until}>{p.until(whenOf(one.until))}</span></p>
      <Facts of={[[p.phone, one.phone && phoneText(one.phone)], [p.contact, one.contactName], [p.address, one.address], [p.note, one.note], [p.override, one.overrideReason]]} />
    </li>
  );
}

function Call({ one }: { one: PersonCall }): React.JSX.Element {
  return (
    <li data-kind="call">
      <p className={css.head}><strong>{p.call(whenOf(one.at))}</strong></p>
      <Facts
        of={[
          [p.caller, one.callerName], [p.callerPhone, one.callerPhone && phoneText(one.callerPhone)], [p.phone, one.phone && phoneText(one.phone)], [p.address, one.address],
          [p.commune, one.communeCode], [p.gp, one.registeredGp], [p.note, one.notes.join(" · ")],
        ]}
      />
    </li>
  );
}

/** What is kept of it; or that nothing is any more. */
const Facts = ({ of }: { of: readonly (readonly [string, string | undefined])[] }): React.JSX.Element =>
  of.some(([, value]) => value) ? <dl className={css.facts}>{of.map(([name, value]) => value && <Fact key={name} name={name}>{value}</Fact>)}</dl> : <p className={css.until}>{p.spent}</p>;

const Fact = ({ name, children }: { name: string; children: React.ReactNode }): React.JSX.Element => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** The browser's own download; the name of the file names nobody. */
function save(file: PersonFile): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(file, null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `personne-${file.personId.slice(0, 8)}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
