import { Component, type ReactNode } from "react";
import { m } from "../messages";
import css from "./shell.module.css";

/** The last net: a page that broke says so, and how to go on. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <main className={css.waiting} role="alert">
        <p className={css.waitingTitle}>{m.app.crashed}</p>
        <p>{m.app.crashedHelp}</p>
        <button type="button" className="button primary" onClick={() => location.reload()}>
          {m.app.reload}
        </button>
      </main>
    );
  }
}
