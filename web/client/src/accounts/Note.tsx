import type { CommandPhase } from "../agenda/useCommand";
import { t } from "./messages";
import css from "./accounts.module.css";

/** What became of a command; what is wrong with a field stands at the field. */
export function Note({ phase }: { phase: CommandPhase }): React.JSX.Element | null {
  if (phase.kind === "idle") return null;
  if (phase.kind === "sending") return <p role="status" className={css.note}>{phase.unknown ? t.unknown : t.sending}</p>;
  return <p role="alert" className={css.problem}>{phase.problem.detail ?? t.refused}</p>;
}

/** The faults of the fields, by name. */
export const faultsOf = (phase: CommandPhase): Record<string, string[]> => (phase.kind === "refused" ? phase.problem.fieldErrors : {});
