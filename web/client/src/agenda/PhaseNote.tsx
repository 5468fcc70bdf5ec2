import css from "./parts.module.css";
import { a } from "./messages";
import type { CommandPhase } from "./useCommand";

/** What became of a command, where it was given; nothing once it is accepted. */
export function PhaseNote({ phase }: { phase: CommandPhase }): React.JSX.Element | null {
  if (phase.kind === "idle") return null;
  const text = phase.kind === "sending" ? (phase.unknown ? a.unknown : a.sending) : (a.refusals[phase.problem.code] ?? phase.problem.detail ?? a.refused);
  return <p className={css.phase} data-kind={phase.kind} role={phase.kind === "refused" ? "alert" : "status"}>{text}</p>;
}
