import { useEffect, useState } from "react";
import { useCommand } from "../agenda/useCommand";
import { Problem } from "../api/problem";
import { TextInput } from "../forms/TextInput";
import { m } from "../messages";
import { useWays } from "../session/ways";
import { Waiting } from "../shell/Waiting";
import { Factor } from "./Factor";
import { Note, faultsOf } from "./Note";
import { RecoveryCodes } from "./RecoveryCodes";
import { accountsApi } from "./accountsApi";
import type { Invitation, Provisioning } from "./contract";
import { t } from "./messages";
import { whenOf } from "./when";
import css from "./accounts.module.css";

/** From the one-time link to an open session. The link's secret stands behind the #, which no server is sent by itself. */
export function InvitationPage(): React.JSX.Element {
  const [token] = useState(() => location.hash.slice(1));
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [problem, setProblem] = useState(token ? "" : t.invitation.noLink);
  const [shown, setShown] = useState<Provisioning | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const activation = useCommand();
  const { ways, ask } = useWays();
  const provider = ways?.provider;
  useEffect(() => void ask().catch(() => undefined), [ask]);

  useEffect(() => {
    document.title = `${t.invitation.title} — ${m.app.name}`;
    if (token) accountsApi.look(token).then(setInvitation, (error: unknown) => setProblem(error instanceof Problem ? (error.detail ?? error.message) : t.signIn.unreachable));
  }, [token]);

  const activate = async (code: string): Promise<void> => {
    const done = await activation.run((requestId) => accountsApi.activate(token, code, requestId));
    if (!done) return;
    history.replaceState(null, "", location.pathname + location.search); // the link is used: it need not stay in this browser
    setCodes(done.answer.recoveryCodes);
  };

  if (!invitation && !problem) return <Waiting title={m.app.loading} />;
  return (
    <main id="creneaux" tabIndex={-1} className={css.narrow}>
      <h1>{codes ? t.invitation.done : t.invitation.title}</h1>
      {problem && <p role="alert" className={css.problem}>{problem}</p>}
      {invitation?.providerOnly && !codes && (
        <div className={css.card}>
          <p>{t.invitation.withProvider}</p>
          {provider ? <a className="button primary" href={provider.path}>{t.signIn.at(provider.name)}</a> : <a className="button primary" href="/?page=connexion">{t.signIn.title}</a>}
        </div>
      )}
      {invitation && !invitation.providerOnly && !codes && (
        <>
          <p className={css.lead}><strong>{t.invitation.hello(invitation.name)}</strong><br />{t.invitation.lead(m.roles[invitation.role], invitation.organization)}</p>
          <div className={css.card}>
            <h2>{shown ? t.invitation.step2 : t.invitation.step1}</h2>
            {shown ? <Factor shown={shown} phase={activation.phase} onCode={(code) => void activate(code)} /> : <PasswordStep token={token} login={invitation.login} onShown={setShown} />}
          </div>
          <p className={css.note}>{t.invitation.until(whenOf(invitation.expires))}</p>
        </>
      )}
      {codes && (
        <>
          <p className={css.lead}>{t.invitation.doneLead}</p>
          <div className={css.card}>
            <RecoveryCodes codes={codes}><a className="button primary" href="/">{t.invitation.open}</a></RecoveryCodes>
          </div>
        </>
      )}
    </main>
  );
}

function PasswordStep({ token, login, onShown }: { token: string; login: string; onShown: (shown: Provisioning) => void }): React.JSX.Element {
  const [password, setPassword] = useState("");
  const [repeat, setRepeat] = useState("");
  const [differs, setDiffers] = useState(false);
  const { phase, run } = useCommand();
  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    setDiffers(password !== repeat);
    if (password !== repeat) return;
    const done = await run((requestId) => accountsApi.accept(token, password, requestId));
    if (done) onShown(done.answer);
  };
  const fault = faultsOf(phase).password?.[0];
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
      {/* For password managers: whose password it is. */}
      <label className={css.login}>{t.account.login}<input name="login" type="email" autoComplete="username" value={login} readOnly /></label>
      <TextInput label={t.signIn.password} type="password" name="password" autoComplete="new-password" value={password} onChange={setPassword} error={fault} help={t.invitation.passwordHelp} maxLength={200} autoFocus />
      <TextInput label={t.invitation.repeat} type="password" name="repeat" autoComplete="new-password" value={repeat} onChange={setRepeat} error={differs ? t.invitation.different : undefined} maxLength={200} />
      {!fault && <Note phase={phase} />}
      <button type="submit" className="button primary" aria-busy={phase.kind === "sending"}>{t.invitation.next}</button>
    </form>
  );
}
