import { type ReactNode, useContext, useEffect, useRef } from "react";
import { ComboBoxStateContext, type Key, useFilter } from "react-aria-components";
import css from "./forms.module.css";

const AFTER_FOCUS_MS = 500;

/**
 * The box of a ComboBox. What was typed points at its first match, so that Enter or Tab takes it. A list that closed only because its field
 * scrolled into view on focus opens again: the last field of a long form would otherwise never show it.
 */
export function SearchBox({ children }: { children: ReactNode }): React.JSX.Element {
  const state = useContext(ComboBoxStateContext);
  const { contains } = useFilter({ sensitivity: "base" });
  const { isOpen = false, isFocused = false, inputValue = "", collection, selectionManager, selectedItem } = state ?? {};

  const fits = (key: Key | null | undefined): boolean => key != null && contains(collection?.getItem(key)?.textValue ?? "", inputValue);
  const typed = isOpen && inputValue !== "" && inputValue !== selectedItem?.textValue;
  const first = typed ? ([...(collection?.getKeys() ?? [])].find(fits) ?? null) : null;
  const pointAtFirst = (): void => {
    if (first !== null && !fits(selectionManager?.focusedKey)) selectionManager?.setFocusedKey(first);
  };
  useEffect(pointAtFirst, [first, inputValue]);

  const focusedAt = useRef(-Infinity);
  const onKeyDownCapture = (event: React.KeyboardEvent): void => {
    focusedAt.current = -Infinity; // a key that closes the list means it
    // A fast hand, or choices that have come this very moment, are before the effect above.
    if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) pointAtFirst();
  };
  useEffect(() => {
    if (!isOpen && isFocused && performance.now() - focusedAt.current < AFTER_FOCUS_MS) state?.open(null, "focus");
  }, [isOpen]);

  return (
    <span className={css.box} onKeyDownCapture={onKeyDownCapture} onFocus={() => (focusedAt.current = performance.now())}>
      {children}
    </span>
  );
}
