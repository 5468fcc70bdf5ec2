import { type ReactNode, useContext, useState } from "react";
import { ComboBoxStateContext, OverlayTriggerStateContext, Popover } from "react-aria-components";
import css from "./forms.module.css";

const OFFSET = 8;

/**
 * The list of a ComboBox. It stays open, and follows its field, when something scrolls: the library would close it, and closing takes back
 * what was typed, while a live board scrolls by itself whenever a slot above comes or goes, and a form when a field gets the focus.
 */
export function SearchList({ children }: { children: ReactNode }): React.JSX.Element {
  const state = useContext(ComboBoxStateContext);
  const [moves, setMoves] = useState(0);
  const close = (): void => (window.event?.type === "scroll" ? setMoves((count) => count + 1) : state?.close());
  return (
    <OverlayTriggerStateContext.Provider value={state && { ...state, close }}>
      {/* A changed offset is what makes the library measure where the field is now. */}
      <Popover className={css.popover} offset={OFFSET + (moves % 2) / 100}>{children}</Popover>
    </OverlayTriggerStateContext.Provider>
  );
}
