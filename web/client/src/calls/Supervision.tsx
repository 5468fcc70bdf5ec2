import { m } from "../messages";
import css from "./calls.module.css";
import type { CallRow, Centre, Duty, Figures } from "./contract";
import { c } from "./messages";
import { clock, levelFigures, share } from "./waits";

interface Props {
  centre: Centre;
  calls: readonly CallRow[];
  duty: readonly Duty[];
  figures: Figures;
  now: number;
}

/** Levels, waits, pick-up shares, who is on duty and how loaded: told by numbers and words, colour only adds. */
export function Supervision({ centre, calls, duty, figures, now }: Props): React.JSX.Element {
  const { expected, alert } = centre.callsPerHour;
  const facts: readonly [string, string | number][] = [
    [c.qs30, share(figures.within30, figures.answered) ?? c.nothing], [c.qs60, share(figures.within60, figures.answered) ?? c.nothing], [c.answeredCount, figures.answered],
    [c.abandonedCount, figures.abandoned], [c.shortCount, figures.shortAbandons], [c.closedCount, figures.closed],
  ];
  return (
    <section className={css.supervision} aria-label={c.supervision}>
      <table>
        <caption className="visually-hidden">{c.supervision}</caption>
        <thead><tr><th scope="col">{c.table.level}</th><th scope="col">{c.table.waiting}</th><th scope="col">{c.table.longest}</th><th scope="col">{c.table.late}</th><th scope="col">{c.table.inHand}</th></tr></thead>
        <tbody>
          {levelFigures(centre.levels, calls, now).map(({ level, waiting, longest, late, inHand }) => (
            <tr key={level.id} data-late={late > 0 || undefined}>
              <th scope="row">{level.name}</th><td>{waiting}</td><td>{longest === null ? c.nothing : clock(longest)}</td><td>{late > 0 ? `▲ ${late}` : late}</td><td>{inHand}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{c.figures}</h3>
      <dl className={css.figures}>{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      <h3>{c.load(expected, alert)}</h3>
      {figures.perRegulator.length === 0 ? <p className={css.facts}>{c.noLoad}</p> : (
        <ul>{figures.perRegulator.map((one) => <li key={one.id} className={one.calls >= alert ? css.missing : undefined}>{one.name} : {c.loadOf(one.calls)}{one.calls >= alert && <strong> ▲ {c.loadAlert}</strong>}</li>)}</ul>
      )}
      <h3>{c.duty}</h3>
      {duty.length === 0 ? <p className={css.facts}>{c.noDuty}</p> : (
        <ul>{duty.map((one) => <li key={one.id}>{one.name} <span className={css.facts}>{(m.roles as Record<string, string>)[one.role] ?? one.role} · {one.callId ? c.inCall : c.free}</span></li>)}</ul>
      )}
    </section>
  );
}
