import { useState } from "react";
import { Tick } from "../forms/Tick";
import forms from "../forms/forms.module.css";
import { m } from "../messages";
import type { Role } from "../api/contract";
import { type AgendaSettings, type Delegate, agendaApi } from "./agendaApi";
import { a } from "./messages";
import parts from "./parts.module.css";
import { PhaseNote } from "./PhaseNote";
import css from "./settings.module.css";
import { useCommand } from "./useCommand";

interface Props {
  settings: AgendaSettings;
  isLive: boolean;
  onDone: (text: string) => void;
}

/** Who can book, “en sus”, and who manages the agenda besides the practitioner. */
export function SettingsSection({ settings, isLive, onDone }: Props): React.JSX.Element {
  return (
    <div className={css.sections}>
      <section className={css.section} aria-labelledby="qui-reserve">
        <h2 id="qui-reserve">{a.whoCanBook}</h2>
        <p className={css.lead}>{a.who.lead}</p>
        {settings.bookableBy.length === 0 ? <p>{a.who.nobody}</p> : <ul className={css.plain}>{settings.bookableBy.map((one) => <li key={one}>{one}</li>)}</ul>}
      </section>
      <Overbook settings={settings} isLive={isLive} onDone={onDone} />
      <Delegates settings={settings} isLive={isLive} onDone={onDone} />
    </div>
  );
}

function Overbook({ settings, isLive, onDone }: Props): React.JSX.Element {
  const t = a.overbook;
  const command = useCommand();
  const change = async (allowed: boolean): Promise<void> => {
    if (isLive && (await command.run((requestId) => agendaApi.allowOverbook(settings.agendaId, allowed, requestId)))) onDone(allowed ? t.on : t.off);
  };
  return (
    <section className={css.section} aria-labelledby="en-sus">
      <h2 id="en-sus">{t.title}</h2>
      {settings.canOverbook
        ? <Tick label={t.label} help={t.help} value={settings.overbook} onChange={(allowed) => void change(allowed)} />
        : <p className={css.lead}>{settings.overbook ? t.on : t.off} {t.notMine}</p>}
      <PhaseNote phase={command.phase} />
    </section>
  );
}

function Delegates({ settings, isLive, onDone }: Props): React.JSX.Element {
  const t = a.delegates;
  const [chosen, setChosen] = useState("");
  const command = useCommand();
  const { delegates, canDelegate } = settings;
  const others = (settings.delegateCandidates ?? []).filter(({ id }) => delegates.every((one) => one.id !== id));
  const busy = !isLive || command.phase.kind === "sending";
  const save = async (ids: string[]): Promise<void> => {
    if (!(await command.run((requestId) => agendaApi.setDelegates(settings.agendaId, ids, requestId)))) return;
    setChosen("");
    onDone(t.saved);
  };
  return (
    <section className={css.section} aria-labelledby="delegues">
      <h2 id="delegues">{t.title}</h2>
      <p className={css.lead}>{t.lead}</p>
      {delegates.length === 0 ? <p className={css.empty}>{t.none}</p> : (
        <ul className={css.rows}>
          {delegates.map((one) => (
            <li key={one.id} data-delegate={one.id}>
              <span><strong>{one.name}</strong> · {roleName(one)}</span>
              {canDelegate && <button type="button" className={`button ${parts.small}`} aria-label={t.removeWho(one.name)} disabled={busy} onClick={() => void save(delegates.filter(({ id }) => id !== one.id).map(({ id }) => id))}>{t.remove}</button>}
            </li>
          ))}
        </ul>
      )}
      {canDelegate ? (
        <form className={css.addDelegate} onSubmit={(event) => (event.preventDefault(), chosen && void save([...delegates.map(({ id }) => id), chosen]))}>
          <div className={forms.field}>
            <label className={forms.label} htmlFor="delegue">{t.name}</label>
            <select id="delegue" className={forms.input} value={chosen} onChange={(event) => setChosen(event.target.value)}>
              <option value="">—</option>
              {others.map((one) => <option key={one.id} value={one.id}>{one.name} — {roleName(one)}</option>)}
            </select>
          </div>
          <button type="submit" className="button" disabled={busy || !chosen}>{t.add}</button>
        </form>
      ) : <p className={css.lead}>{t.notMine}</p>}
      <PhaseNote phase={command.phase} />
    </section>
  );
}

const roleName = ({ role }: Delegate): string => m.roles[role as Role] ?? a.roles[role] ?? role;
