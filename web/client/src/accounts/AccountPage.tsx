import { useCallback, useEffect, useState } from "react";
import { type CommandPhase, useCommand } from "../agenda/useCommand";
import { Problem } from "../api/problem";
import { TextInput } from "../forms/TextInput";
import { SharedPcSection } from "../session/lock/SharedPcSection";
import { Factor } from "./Factor";
import { Note, faultsOf } from "./Note";
import { RecoveryCodes } from "./RecoveryCodes";
import { accountsApi } from "./accountsApi";
import type { Account, Provisioning } from "./contract";
import { t } from "./messages";
import { whenOf } from "./when";
import css from "./accounts.module.css";

const a = t.account;

/** One's own password, second factor and sessions. */
export function AccountPage(): React.JSX.Element {
  const [account, setAccount] = useState<Account | "other" | "failed" | null>(null);
  const [said, setSaid] = useState("");
  const [open, setOpen] = useState<"password" | "factor" | null>(null);
  const ending = useCommand();
  const read = useCallback(() => {
    accountsApi.own().then(setAccount, (error: unknown) => setAccount(error instanceof Problem && error.code === "account-unknown" ? "other" : "failed"));
  }, []);
  useEffect(read, [read]);
  const done = (text: string): void => {
    setOpen(null);
    setSaid(text);
    read();
  };
  const endOthers = async (): Promise<void> => {
    if (await ending.run((requestId) => accountsApi.endOthers(requestId))) done(a.ended);
  };

  return (
    <main id="creneaux" tabIndex={-1} className={css.page}>
      <h1>{a.title}</h1>
      <p role="status" className={css.done}>{said}</p>
      {account === null && <p>{a.loading}</p>}
      {account === "other" && <p className={css.lead}>{a.other}</p>}
      {account === "failed" && <p role="alert" className={css.problem}>{a.failed} <button type="button" className="button" onClick={read}>{a.retry}</button></p>}
      {account !== null && typeof account === "object" && (
        <div className={css.sections}>
          <section className={css.card} aria-labelledby="own-password">
            <h2 id="own-password">{a.password}</h2>
            <p className={css.note}>{a.login} : <strong>{account.login}</strong></p>
            {open === "password" ? <PasswordForm login={account.login} onDone={() => done(a.changed)} onCancel={() => setOpen(null)} /> : <button type="button" className="button" onClick={() => setOpen("password")}>{a.change}</button>}
          </section>
          <section className={css.card} aria-labelledby="own-factor">
            <h2 id="own-factor">{a.factor}</h2>
            <p className={account.recoveryCodesLeft > 2 ? css.note : css.warn}>{a.recoveryLeft(account.recoveryCodesLeft)}</p>
            {open === "factor" ? <FactorForm login={account.login} onDone={() => done(a.renewed)} onCancel={() => setOpen(null)} /> : <button type="button" className="button" onClick={() => setOpen("factor")}>{a.renew}</button>}
          </section>
          <section className={css.card} aria-labelledby="own-sessions">
            <h2 id="own-sessions">{a.sessions}</h2>
            <ul className={css.list}>
              {account.sessions.map((one) => (
                <li key={one.since}>
                  <strong>{one.device || a.unknownDevice}</strong>{one.current && <em> ({a.current})</em>}
                  <span className={css.note}> {a.since(whenOf(one.since))}</span>
                </li>
              ))}
            </ul>
            {account.sessions.length > 1 ? <button type="button" className="button" onClick={() => void endOthers()}>{a.endOthers}</button> : <p className={css.note}>{a.only}</p>}
            <Note phase={ending.phase} />
          </section>
        </div>
      )}
      {account !== null && account !== "failed" && <SharedPcSection />}
    </main>
  );
}

interface FormProps {
  login: string;
  onDone: () => void;
  onCancel: () => void;
}

function PasswordForm({ login, onDone, onCancel }: FormProps): React.JSX.Element {
  const [next, setNext] = useState("");
  const { phase, run } = useCommand();
  const send = async (password: string, code: string): Promise<void> => {
    if (await run((requestId) => accountsApi.changePassword(password, code, next, requestId))) onDone();
  };
  return (
    <ProofForm lead={a.changeLead} login={login} phase={phase} onProof={(password, code) => void send(password, code)} onCancel={onCancel}>
      <TextInput label={a.next} type="password" name="newPassword" autoComplete="new-password" value={next} onChange={setNext} error={faultsOf(phase).newPassword?.[0]} help={t.invitation.passwordHelp} maxLength={200} />
    </ProofForm>
  );
}

function FactorForm({ login, onDone, onCancel }: FormProps): React.JSX.Element {
  const [shown, setShown] = useState<Provisioning | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const { phase, run } = useCommand();
  const propose = async (password: string, code: string): Promise<void> => {
    const done = await run((requestId) => accountsApi.proposeFactor(password, code, requestId));
    if (done) setShown(done.answer);
  };
  const confirm = async (code: string): Promise<void> => {
    const done = await run((requestId) => accountsApi.confirmFactor(code, requestId));
    if (done) setCodes(done.answer.recoveryCodes);
  };
  if (codes) return <RecoveryCodes codes={codes}><button type="button" className="button primary" onClick={onDone}>{t.recovery.kept}</button></RecoveryCodes>;
  if (shown) return <Factor shown={shown} phase={phase} onCode={(code) => void confirm(code)} />;
  return <ProofForm lead={a.renewLead} login={login} phase={phase} onProof={(password, code) => void propose(password, code)} onCancel={onCancel} />;
}

interface ProofProps {
  lead: string;
  login: string;
  phase: CommandPhase;
  onProof: (password: string, code: string) => void;
  onCancel: () => void;
  children?: React.ReactNode;
}

/** The present password and a code: an unlocked screen is not enough to take an account over. */
function ProofForm({ lead, login, phase, onProof, onCancel, children }: ProofProps): React.JSX.Element {
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const faults = faultsOf(phase);
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    onProof(password, code.trim());
    setCode("");
  };
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <p className={css.note}>{lead}</p>
      <input className="visually-hidden" name="login" type="email" autoComplete="username" value={login} readOnly tabIndex={-1} aria-hidden="true" />
      <TextInput label={a.present} type="password" name="password" autoComplete="current-password" value={password} onChange={setPassword} error={faults.password?.[0]} maxLength={200} autoFocus />
      <TextInput label={t.signIn.code} name="code" inputMode="numeric" autoComplete="one-time-code" value={code} onChange={setCode} error={faults.code?.[0]} help={t.signIn.codeHelp} maxLength={40} />
      {children}
      {Object.keys(faults).length === 0 && <Note phase={phase} />}
      <p className={css.actions}>
        <button type="submit" className="button primary" aria-busy={phase.kind === "sending"}>{a.go}</button>
        <button type="button" className="button" onClick={onCancel}>{a.cancel}</button>
      </p>
    </form>
  );
}
