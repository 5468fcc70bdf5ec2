import { CopyButton } from "./CopyButton";
import { t } from "./messages";
import css from "./accounts.module.css";

/** Shown once. */
export function RecoveryCodes({ codes, children }: { codes: readonly string[]; children: React.ReactNode }): React.JSX.Element {
  return (
    <section className={css.form} aria-labelledby="recovery-codes">
      <h2 id="recovery-codes">{t.recovery.title}</h2>
      <p>{t.recovery.lead}</p>
      <ul className={css.codes}>{codes.map((one) => <li key={one}><code>{one}</code></li>)}</ul>
      <p className={css.actions}>
        <CopyButton text={codes.join("\n")} label={t.recovery.copy} />
        <button type="button" className="button" onClick={() => window.print()}>{t.recovery.print}</button>
        {children}
      </p>
    </section>
  );
}
