import { useState } from "react";
import { I18nProvider } from "react-aria-components";
import type { Agenda, Territory } from "../api/contract";
import { Segmented } from "../board/Segmented";
import type { Live } from "../live/useLive";
import { m } from "../messages";
import { wallOf } from "../time/wall";
import { AbsenceDialog } from "./AbsenceDialog";
import { AbsencesSection } from "./AbsencesSection";
import { a } from "./messages";
import css from "./page.module.css";
import { SettingsSection } from "./SettingsSection";
import { StatusBar } from "./StatusBar";
import { TemplateEditor } from "./TemplateEditor";
import { useSettings } from "./useSettings";
import { dateOf } from "./week";
import { WeekSection } from "./WeekSection";

interface Props {
  agendas: Agenda[];
  territories: readonly Territory[];
  live: Live;
  now: number;
}

type Section = keyof typeof a.section;
const SECTIONS = Object.keys(a.section) as Section[];

export function AgendaPage({ agendas, territories, live, now }: Props): React.JSX.Element {
  const [wanted, setWanted] = useState(agendas[0]?.id ?? "");
  const agenda = agendas.find(({ id }) => id === wanted) ?? agendas[0];
  return (
    <I18nProvider locale="fr-FR">
      <main id="creneaux" tabIndex={-1} className={css.main}>
        {agenda && (
          <OneAgenda
            key={agenda.id}
            agenda={agenda}
            timeZone={territories.find(({ id }) => id === agenda.territoryId)?.timeZone ?? "Europe/Paris"}
            live={live}
            now={now}
            choice={agendas.length > 1 && <AgendaChoice agendas={agendas} value={agenda.id} onChange={setWanted} />}
          />
        )}
      </main>
    </I18nProvider>
  );
}

/** A few side by side; a secretariat with many gets a list. */
function AgendaChoice({ agendas, value, onChange }: { agendas: readonly Agenda[]; value: string; onChange: (id: string) => void }): React.JSX.Element {
  const name = (one: Agenda): string => [one.practitioner?.name ?? one.place.name, agendas.some((other) => other !== one && other.practitioner?.name === one.practitioner?.name) && m.streams[one.stream]].filter(Boolean).join(" · ");
  if (agendas.length <= 3) return <Segmented label={a.which} value={value} options={agendas.map((one) => [one.id, name(one)])} onChange={onChange} />;
  return (
    <select className={css.choice} aria-label={a.which} value={value} onChange={(event) => onChange(event.target.value)}>
      {agendas.map((one) => <option key={one.id} value={one.id}>{name(one)}</option>)}
    </select>
  );
}

function OneAgenda({ agenda, timeZone, live, now, choice }: { agenda: Agenda; timeZone: string; live: Live; now: number; choice: React.ReactNode }): React.JSX.Element {
  const isLive = live.link.kind === "live";
  const [section, setSection] = useState<Section>("week");
  const [absent, setAbsent] = useState(false);
  const [said, setSaid] = useState("");
  const { settings, failed, refresh } = useSettings(agenda.id, isLive);
  const done = (text: string): void => {
    setSaid(text);
    refresh();
  };

  return (
    <>
      <header className={css.head}>
        <div>
          <h1>{a.title}</h1>
          <p className={css.where}>
            {agenda.practitioner?.name ?? agenda.place.name} · {m.streams[agenda.stream]} · {agenda.place.name}, {agenda.place.commune}
            {agenda.delegated && ` · ${a.delegates.delegated}`}
          </p>
        </div>
        {choice}
        <div className={css.headRight}>
          <Segmented label={a.sections} value={section} options={SECTIONS.map((one) => [one, a.section[one]])} onChange={(one) => (setSaid(""), setSection(one))} />
        </div>
      </header>
      {section === "week" ? (
        <WeekSection agenda={agenda} timeZone={timeZone} live={live} now={now} overbook={settings?.overbook ?? false} said={said} onAbsence={() => setAbsent(true)} />
      ) : (
        <>
          <div className={css.scroll}>
            {settings === null
              ? <p className={css.note} role={failed ? "alert" : undefined}>{failed ? <>{a.settingsFailed} <button type="button" className="button" onClick={refresh}>{a.retry}</button></> : a.loading}</p>
              : <Chosen section={section} settings={settings} timeZone={timeZone} now={now} isLive={isLive} onDeclare={() => setAbsent(true)} onDone={done} />}
          </div>
          <StatusBar done={said ? { text: said } : null} isLive={isLive} onDone={done} />
        </>
      )}
      {absent && (
        <AbsenceDialog
          agenda={agenda}
          today={wallOf(now, timeZone).day}
          timeZone={timeZone}
          now={now}
          isLive={isLive}
          onClose={(text) => {
            setAbsent(false);
            if (text) done(text);
          }}
        />
      )}
    </>
  );
}

type ChosenProps = React.ComponentProps<typeof AbsencesSection> & { section: Section };

function Chosen({ section, ...props }: ChosenProps): React.JSX.Element {
  const { settings, isLive, onDone } = props;
  if (section === "absences") return <AbsencesSection {...props} />;
  if (section === "settings") return <SettingsSection settings={settings} isLive={isLive} onDone={onDone} />;
  return <TemplateEditor agendaId={settings.agendaId} settings={settings} today={dateOf(wallOf(props.now, props.timeZone).day)} isLive={isLive} onDone={onDone} />;
}
