import { longDay, wallOf } from "../time/wall";
import { type Absence, type AgendaSettings, agendaApi } from "./agendaApi";
import { a } from "./messages";
import parts from "./parts.module.css";
import { PhaseNote } from "./PhaseNote";
import css from "./settings.module.css";
import { useCommand } from "./useCommand";

const t = a.absence;

interface Props {
  settings: AgendaSettings;
  timeZone: string;
  now: number;
  isLive: boolean;
  onDeclare: () => void;
  onDone: (text: string) => void;
}

export function AbsencesSection({ settings, timeZone, now, isLive, onDeclare, onDone }: Props): React.JSX.Element {
  const shown = settings.absences.filter(({ to }) => Date.parse(to) > now).sort((one, other) => Date.parse(one.from) - Date.parse(other.from));
  return (
    <section className={css.section} aria-labelledby="absences">
      <h2 id="absences">{t.list}</h2>
      <p className={css.lead}>{t.lead}</p>
      {shown.length === 0 ? <p className={css.empty}>{t.empty}</p> : (
        <ul className={css.rows}>
          {shown.map((absence) => <AbsenceRow key={absence.id} absence={absence} timeZone={timeZone} isLive={isLive} onDone={onDone} />)}
        </ul>
      )}
      <button type="button" className="button primary" disabled={!isLive} onClick={onDeclare}>{t.declare}</button>
    </section>
  );
}

function AbsenceRow({ absence, timeZone, isLive, onDone }: { absence: Absence; timeZone: string; isLive: boolean; onDone: (text: string) => void }): React.JSX.Element {
  const command = useCommand();
  // The end is excluded: an absence until midnight ends on the day before.
  const lastInstant = new Date(Date.parse(absence.to) - 1).toISOString();
  const span = t.span(longDay(wallOf(absence.from, timeZone).day), longDay(wallOf(lastInstant, timeZone).day));
  const end = async (): Promise<void> => {
    if (await command.run((requestId) => agendaApi.endAbsence(absence.id, requestId))) onDone(t.ended);
  };
  return (
    <li data-absence={absence.id}>
      <span><strong>{span}</strong>{absence.locumName && ` · ${t.with(absence.locumName)}`}{absence.ended && ` · ${t.endedMark}`}</span>
      {!absence.ended && <button type="button" className={`button ${parts.small}`} aria-label={t.endOf(span)} disabled={!isLive || command.phase.kind === "sending"} onClick={() => void end()}>{t.end}</button>}
      <PhaseNote phase={command.phase} />
    </li>
  );
}
