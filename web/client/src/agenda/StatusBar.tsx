import { m } from "../messages";
import { a } from "./messages";
import css from "./page.module.css";
import parts from "./parts.module.css";
import { PhaseNote } from "./PhaseNote";
import { useCommand } from "./useCommand";

/** What was done last, and how to take it back. */
export interface Done {
  text: string;
  undo?: Undo | undefined;
}

export interface Undo {
  send: (requestId: string) => Promise<unknown>;
  /** Said once it is taken back. */
  text: string;
}

export function StatusBar({ done, isLive, onDone }: { done: Done | null; isLive: boolean; onDone: (text: string) => void }): React.JSX.Element {
  const command = useCommand();
  const undo = done?.undo;
  const takeBack = async (): Promise<void> => {
    if (undo && (await command.run(undo.send))) onDone(undo.text);
  };
  return (
    <div className={css.status}>
      <p role="status">{isLive ? (done?.text ?? <span aria-hidden="true">{m.activity.none}</span>) : a.notLive}</p>
      {undo && isLive && <button type="button" className={`button ${parts.small}`} disabled={command.phase.kind === "sending"} onClick={() => void takeBack()}>{a.undo}</button>}
      <PhaseNote phase={command.phase} />
    </div>
  );
}
