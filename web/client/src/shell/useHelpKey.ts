import { useEffect } from "react";

const TYPING = "input, textarea, select, [contenteditable], [role=combobox]";

/** "?" wherever one is not typing, and not over a dialog. */
export function useHelpKey(open: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target instanceof Element ? event.target : null;
      if (event.key !== "?" || event.ctrlKey || event.metaKey || target?.closest(`${TYPING}, [role=dialog], dialog`)) return;
      event.preventDefault();
      open();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [open]);
}
