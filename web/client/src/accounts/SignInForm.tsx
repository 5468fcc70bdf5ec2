import { useState } from "react";
import { api } from "../api/api";
import { Problem } from "../api/problem";
import { TextInput } from "../forms/TextInput";
import { useWays } from "../session/ways";
import { t } from "./messages";
import css from "./accounts.module.css";

/** Login, password and code in one form: what is wrong is not told, so there is nothing to be told in between. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => void }): React.JSX.Element {
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | "unreachable" | null>(null);

  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await api.signInWithPassword(login.trim(), password, code.trim());
      onSignedIn();
    } catch (error) {
      setProblem(error instanceof Problem ? error : "unreachable");
      setCode("");
      setBusy(false);
    }
  };
  const provider = useWays().ways?.provider;
  const faults = problem instanceof Problem ? problem.fieldErrors : {};

  return (
    <form className={css.form} onSubmit={(event) => void submit(event)} noValidate>
      <TextInput label={t.signIn.login} type="email" name="login" autoComplete="username" value={login} onChange={setLogin} error={faults.login?.[0]} maxLength={254} autoFocus />
      <TextInput label={t.signIn.password} type="password" name="password" autoComplete="current-password" value={password} onChange={setPassword} error={faults.password?.[0]} maxLength={200} />
      <TextInput label={t.signIn.code} name="code" inputMode="numeric" autoComplete="one-time-code" value={code} onChange={setCode} error={faults.code?.[0]} help={t.signIn.codeHelp} maxLength={40} />
      <p role="alert" className={css.problem}>{problem === "unreachable" ? t.signIn.unreachable : problem && (problem.detail ?? problem.message)}</p>
      {problem instanceof Problem && problem.code === "provider-only" && provider && <a className="button primary" href={provider.path}>{t.signIn.at(provider.name)}</a>}
      <button type="submit" className="button primary" aria-busy={busy}>{busy ? t.signIn.submitting : t.signIn.submit}</button>
    </form>
  );
}
