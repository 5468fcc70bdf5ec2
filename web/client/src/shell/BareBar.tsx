import { EmergencyButton } from "../emergency/EmergencyButton";
import { Brand } from "./Brand";
import css from "./shell.module.css";

/** The head of a page that needs no session. */
export function BareBar({ inside = false, children }: { inside?: boolean; children?: React.ReactNode }): React.JSX.Element {
  return (
    <header className={css.bare}>
      <Brand />
      {children}
      <EmergencyButton inside={inside} />
    </header>
  );
}
