import { useState } from "react";
import css from "./audit.module.css";
import { auditApi } from "./auditApi";
import { j } from "./messages";

/** The written reason of a break-glass: asked for on demand only, as reading it is an access too. */
export function Reason({ seq }: { seq: number }): React.JSX.Element {
  const [text, setText] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const ask = (): void => void auditApi.reason(seq).then(({ reason }) => setText(reason), () => setFailed(true));
  if (text !== null) return <blockquote className={css.reason}>{text}</blockquote>;
  return (
    <p className={css.reason}>
      <button type="button" className="button" onClick={ask}>{j.reason}</button> <span role={failed ? "alert" : undefined}>{failed ? j.reasonFailed : j.reasonHelp}</span>
    </p>
  );
}
