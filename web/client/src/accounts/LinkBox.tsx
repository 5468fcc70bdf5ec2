import { CopyButton } from "./CopyButton";
import type { InvitedLine } from "./contract";
import { t } from "./messages";
import { whenOf } from "./when";
import css from "./accounts.module.css";

const w = t.members;

/** A one-time link to be copied. */
export function LinkBox({ line, mail }: { line: InvitedLine; mail: boolean }): React.JSX.Element {
  return (
    <div className={css.link}>
      <input readOnly value={line.link} aria-label={w.link(line.name ?? "")} onFocus={(event) => event.target.select()} />
      <CopyButton text={line.link ?? ""} label={w.copy} />
      <p className={css.note}>{line.expires && w.handOver(whenOf(line.expires))} {mail && w.mailed}</p>
    </div>
  );
}
