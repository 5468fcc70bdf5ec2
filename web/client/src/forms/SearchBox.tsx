import { type ReactNode, useContext, useEffect } from "react";
import { ComboBoxStateContext, type Key, useFilter } from "react-aria-components";
import css from "./forms.module.css";

/** The box of a ComboBox. What was typed points at its first match, so that Enter or Tab takes it. */
export function SearchBox({ children }: { children: ReactNode }): React.JSX.Element {
  const state = useContext(ComboBoxStateContext);
  const { contains } = useFilter({ sensitivity: "base" });
  const { isOpen = false, inputValue = "", collection, selectionManager, selectedItem } = state ?? {};

  const fits = (key: Key | null | undefined): boolean => key != null && contains(collection?.getItem(key)?.textValue ?? "", inputValue);
  const typed = isOpen && inputValue !== "" && inputValue !== selectedItem?.textValue;
  const first = typed ? ([...(collection?.getKeys() ?? [])].find(fits) ?? null) : null;
  const pointAtFirst = (): void => {
    if (first !== null && !fits(selectionManager?.focusedKey)) selectionManager?.setFocusedKey(first);
  };
  useEffect(pointAtFirst, [first, inputValue]);

  const onKeyDownCapture = (event: React.KeyboardEvent): void => {
    // A fast hand, or choices that have come this very moment, are before the effect above.
    if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) pointAtFirst();
  };

  return <span className={css.box} onKeyDownCapture={onKeyDownCapture}>{children}</span>;
}
