import { useCallback, useEffect, useState } from "react";
import { api } from "../api/api";
import type { Identity } from "../api/contract";
import { m } from "../messages";
import { BareBar } from "../shell/BareBar";
import { DemoRibbon } from "../shell/DemoRibbon";
import { Footer } from "../shell/Footer";
import { Waiting } from "../shell/Waiting";
import { RoleIcon } from "./RoleIcon";
import css from "./picker.module.css";
import { ROLES } from "./roles";

export function IdentityPicker({ onSignedIn }: { onSignedIn: () => void }): React.JSX.Element {
  const [identities, setIdentities] = useState<Identity[] | "failed" | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);

  const load = useCallback(() => {
    api.identities().then(setIdentities, () => setIdentities("failed"));
  }, []);
  useEffect(load, [load]);

  const signIn = async (identity: Identity): Promise<void> => {
    if (chosen) return;
    setChosen(identity.id);
    setFailed(false);
    try {
      await api.signIn(identity.id);
      onSignedIn();
    } catch {
      setFailed(true);
      setChosen(null);
    }
  };

  if (identities === null) return <Frame><Waiting title={m.app.loading} /></Frame>;
  if (identities === "failed") {
    return <Frame><Waiting title={m.app.unreachable} help={m.app.unreachableHelp} onRetry={load} /></Frame>;
  }
  const groups = ROLES.map((role) => ({ role, people: identities.filter((one) => one.role === role) })).filter((g) => g.people.length > 0);

  return (
    <Frame>
      <main className={css.page}>
        <header className={css.header}>
          <p className={css.tagline}>{m.app.tagline}</p>
          <h1 className={css.title}>{m.picker.title}</h1>
          <p className={css.lead}>{m.picker.lead}</p>
          <p><a href="/?page=connexion">{m.picker.withAccount}</a></p>
          <p role="status" className={css.failed}>{failed ? m.picker.failed : ""}</p>
        </header>
        {groups.length === 0 && <p>{m.picker.none}</p>}
        <div className={css.groups}>
          {groups.map(({ role, people }) => (
            <section key={role} className={css.group} aria-labelledby={`role-${role}`}>
              <div className={css.groupHead}>
                <RoleIcon role={role} />
                <div>
                  <h2 id={`role-${role}`}>{m.roles[role]}</h2>
                  <p>{m.roleHelp[role]}</p>
                </div>
              </div>
              <ul>
                {people.map((person) => (
                  <li key={person.id}>
                    <button type="button" className={css.person} aria-busy={chosen === person.id} onClick={() => void signIn(person)}>
                      <span className={css.name}>{person.name}</span>
                      <span className={css.organization}>{chosen === person.id ? m.picker.signingIn : person.organization}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </main>
    </Frame>
  );
}

function Frame({ children }: { children: React.ReactNode }): React.JSX.Element {
  return (
    <>
      <DemoRibbon />
      <BareBar />
      {children}
      <Footer />
    </>
  );
}
