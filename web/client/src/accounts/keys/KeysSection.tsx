import { useCallback, useEffect, useState } from "react";
import { useCommand } from "../../agenda/useCommand";
import { CopyButton } from "../CopyButton";
import { Note } from "../Note";
import { t } from "../messages";
import { dayOf } from "../when";
import css from "../accounts.module.css";
import { KeyForm } from "./KeyForm";
import { type MachineKey, type MachineKeys, keysApi } from "./keysApi";
import { k } from "./messages";

/** The keys of a territory's machines, for its coordination. */
export function KeysSection({ territoryId }: { territoryId: string }): React.JSX.Element {
  const [read, setRead] = useState<MachineKeys | "failed" | null>(null);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<{ key: MachineKey; secret?: string } | null>(null);
  const [said, setSaid] = useState("");
  const look = useCallback(() => {
    keysApi.list(territoryId).then(setRead, () => setRead("failed"));
  }, [territoryId]);
  useEffect(look, [look]);

  return (
    <section className={css.card} aria-labelledby="machine-keys">
      <h2 id="machine-keys">{k.title}</h2>
      <p className={css.note}>{k.lead}</p>
      <p role="status" className={css.done}>{said}</p>
      {read === null && <p>{t.account.loading}</p>}
      {read === "failed" && <p role="alert" className={css.problem}>{k.failed} <button type="button" className="button" onClick={look}>{t.account.retry}</button></p>}
      {made && <Shown made={made} onSeen={() => setMade(null)} />}
      {read !== null && read !== "failed" && (
        <>
          {!made && !making && <button type="button" className="button" onClick={() => setMaking(true)}>{k.open}</button>}
          {making && (
            <KeyForm
              territoryId={territoryId}
              offered={read}
              onCancel={() => setMaking(false)}
              onMade={(one) => {
                setMaking(false);
                setMade(one);
                setSaid(k.made(one.key.name));
                look();
              }}
            />
          )}
          {read.keys.length === 0 ? (
            <p className={css.note}>{k.none}</p>
          ) : (
            <ul className={css.plain} aria-label={k.title}>
              {read.keys.map((one) => (
                <KeyRow
                  key={one.id}
                  territoryId={territoryId}
                  one={one}
                  onRevoked={() => {
                    setSaid(k.revoked(one.name));
                    look();
                  }}
                />
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  );
}

function Shown({ made, onSeen }: { made: { key: MachineKey; secret?: string }; onSeen: () => void }): React.JSX.Element {
  return (
    <div className={css.ask}>
      {made.secret ? (
        <>
          <p className={css.warn}>{k.once}</p>
          <div className={css.link}>
            <input readOnly value={made.secret} aria-label={k.secret(made.key.name)} onFocus={(event) => event.target.select()} />
            <CopyButton text={made.secret} label={k.copy} primary />
          </div>
        </>
      ) : (
        <p className={css.warn}>{k.lost}</p>
      )}
      <p><button type="button" className="button" onClick={onSeen}>{k.seen}</button></p>
    </div>
  );
}

function KeyRow({ territoryId, one, onRevoked }: { territoryId: string; one: MachineKey; onRevoked: () => void }): React.JSX.Element {
  const [asking, setAsking] = useState(false);
  const { phase, run } = useCommand();
  const revoke = async (): Promise<void> => {
    if (await run((requestId) => keysApi.revoke(territoryId, one.id, requestId))) {
      setAsking(false);
      onRevoked();
    }
  };
  return (
    <li className={css.member} data-key={one.id}>
      <div className={css.who}>
        <strong>{one.name}</strong>
        <span className={css.note}>{one.scopes.map((scope) => k.scopes[scope]).join(", ")}</span>
        <span className={css.note}>{k.by(dayOf(one.createdAt), one.createdBy)}</span>
      </div>
      <p className={css.state}>
        <span className={css.badge} data-status={one.status}>{k.statuses[one.status]}</span>
        <span className={css.note}>{one.revokedAt ? k.since(dayOf(one.revokedAt)) : one.status === "expired" ? k.since(dayOf(one.expires)) : k.until(dayOf(one.expires))}</span>
        <span className={css.note}>{one.lastUsed ? k.used(dayOf(one.lastUsed)) : k.unused}</span>
      </p>
      <div className={css.rowActions}>
        {one.status === "active" && !asking && <button type="button" className="button" aria-label={k.revokeOf(one.name)} onClick={() => setAsking(true)}>{k.revoke}</button>}
      </div>
      {asking && (
        <div className={css.ask}>
          <p>{k.revokeAsk(one.name)}</p>
          <p className={css.actions}>
            <button type="button" className="button primary" autoFocus aria-busy={phase.kind === "sending"} onClick={() => void revoke()}>{k.revoke}</button>
            <button type="button" className="button" onClick={() => setAsking(false)}>{k.cancel}</button>
          </p>
          <Note phase={phase} />
        </div>
      )}
    </li>
  );
}
