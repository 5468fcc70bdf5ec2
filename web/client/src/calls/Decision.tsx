import { useState } from "react";
import { TextInput } from "../forms/TextInput";
import { callsApi } from "./callsApi";
import css from "./calls.module.css";
import type { CallFile, Centre, Exit } from "./contract";
import { c } from "./messages";

interface Props {
  file: CallFile;
  centre: Centre;
  mine: boolean;
  role: string;
  ready: boolean;
  run: (send: (requestId: string) => Promise<unknown>, said?: string) => Promise<boolean>;
}

/** How the call goes on: a decision, another level, back to the queue, closed. The emergency exit has its own place and key. */
export function Decision({ file, centre, mine, role, ready, run }: Props): React.JSX.Element {
  const [protocol, setProtocol] = useState("");
  const [why, setWhy] = useState("");
  const { id, allowed } = file;
  const exits = allowed.exits.filter((exit) => exit !== "emergency");
  const protocols = centre.protocols.filter((one) => one.roles.includes(role));
  const needed = (exit: Exit): boolean => exit === "protocol" || (exit === "appointment" && allowed.appointmentNeeds === "protocol");
  const decide = (exit: Exit): void => void run((requestId) => callsApi.decide(id, exit, needed(exit) ? protocol : undefined, requestId), c.said.decided(c.exits[exit]));

  if (!mine)
    return role !== "regulator" ? <></> : (
      <section className={css.decision} aria-label={c.sendBack}>
        <TextInput label={c.sendBackWhy} value={why} onChange={setWhy} maxLength={300} />
        <button type="button" className="button" disabled={!ready || why.trim().length < 5} onClick={() => void run((requestId) => callsApi.sendBack(id, why.trim(), requestId), c.sendBackGo)}>{c.sendBackGo}</button>
      </section>
    );
  return (
    <section className={css.decision} aria-label={c.decide}>
      {exits.length > 0 && !file.decisionMade && (
        <>
          <h3>{c.decide}</h3>
          {allowed.appointmentNeeds === "regulator" && <p className={css.facts}>{c.needsRegulator}</p>}
          {protocols.length > 0 && exits.some(needed) && (
            <label className={css.select}>
              <span>{c.protocol}</span>
              <select value={protocol} onChange={(event) => setProtocol(event.target.value)}>
                <option value="">{c.notSaid}</option>
                {protocols.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
              </select>
            </label>
          )}
          <div className={css.buttons}>
            {exits.map((exit) => <button key={exit} type="button" className={`button ${exit === "appointment" ? "primary" : ""}`} disabled={!ready || (needed(exit) && !protocol)} onClick={() => decide(exit)}>{c.exits[exit]}</button>)}
          </div>
        </>
      )}
      <div className={css.buttons}>
        {allowed.transferTo.map((to) => {
          const name = centre.levels.find((level) => level.id === to)?.name ?? to;
          return <button key={to} type="button" className="button" disabled={!ready} onClick={() => void run((requestId) => callsApi.transfer(id, to, requestId), c.said.transferred(name))}>{c.transfer} {name}</button>;
        })}
        <button type="button" className="button" disabled={!ready} onClick={() => void run((requestId) => callsApi.release(id, requestId), c.said.released)}>{c.release}</button>
        {file.callerOnLine && <button type="button" className="button" disabled={!ready} onClick={() => void run((requestId) => callsApi.hangUp(id, requestId), c.said.hungUp)}>{c.hangUp}</button>}
        {file.decisionMade?.exit === "appointment" && <button type="button" className={`button ${file.bookings.length > 0 ? "primary" : ""}`} disabled={!ready} onClick={() => void run((requestId) => callsApi.close(id, requestId), c.said.closed)}>{c.close}</button>}
      </div>
    </section>
  );
}
