import { a } from "./messages";
import css from "./settings.module.css";
import { type Rule, isInForce, minutesPerWeek, previewOf } from "./template";

const t = a.template;

/** The usual week that the rules in force today make, as it will open. */
export function TemplatePreview({ rules: all, today }: { rules: readonly Rule[]; today: string }): React.JSX.Element {
  const rules = all.filter((rule) => isInForce(rule, today));
  const days = previewOf(rules);
  const slots = days.reduce((sum, { times }) => sum + times.length, 0);
  return (
    <section aria-labelledby="apercu" className={css.preview}>
      <h2 id="apercu">{t.preview}</h2>
      <p role="status">{t.total(slots, hours(minutesPerWeek(rules)))}</p>
      {rules.length < all.length && <p className={css.lead}>{t.notNow(all.length - rules.length)}</p>}
      <dl>
        {days.map(({ day, times }) => (
          <div key={day} data-empty={times.length === 0 || undefined}>
            <dt>{t.longDays[day]}</dt>
            <dd>{times.length === 0 ? t.none : times.map((time) => <span key={time}>{time}</span>)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const hours = (minutes: number): string => `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? "" : ` ${String(minutes % 60).padStart(2, "0")}`}`;
