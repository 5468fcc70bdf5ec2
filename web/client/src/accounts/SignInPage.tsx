import { useEffect } from "react";
import { m } from "../messages";
import { useWays } from "../session/ways";
import { SignInForm } from "./SignInForm";
import { t } from "./messages";
import css from "./accounts.module.css";

export function SignInPage({ onSignedIn }: { onSignedIn: () => void }): React.JSX.Element {
  const { ways, ask } = useWays();
  const failure = new URLSearchParams(location.search).get("erreur");
  useEffect(() => {
    if (!ways) ask().catch(() => undefined);
  }, [ways, ask]);
  useEffect(() => {
    document.title = `${t.signIn.title} — ${m.app.name}`;
    return () => void (document.title = m.app.name);
  }, []);
  return (
    <main id="creneaux" tabIndex={-1} className={css.narrow}>
      <p className={css.tagline}>{m.app.tagline}</p>
      <h1>{t.signIn.title}</h1>
      {failure && <p role="alert" className={css.problem}>{t.signIn.failures[failure] ?? t.signIn.failures.refusee}</p>}
      {ways?.provider && (
        <div className={css.card}>
          <a className="button primary" href={ways.provider.path}>{t.signIn.at(ways.provider.name)}</a>
          <p className={css.note}>{t.signIn.atHelp}</p>
        </div>
      )}
      <p className={css.lead}>{ways?.provider ? t.signIn.otherwise : t.signIn.lead}</p>
      <div className={css.card}><SignInForm onSignedIn={onSignedIn} /></div>
      <p className={css.note}>{t.signIn.lost}</p>
      <p className={css.note}>{t.signIn.none} <a href="/?page=demander-un-acces">{t.signIn.ask}</a></p>
    </main>
  );
}
