import { useState } from "react";
import { t } from "./messages";

/** Copies, and says that it did. */
export function CopyButton({ text, label, primary = false }: { text: string; label: string; primary?: boolean }): React.JSX.Element {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(false); // not allowed here: the text stands beside the button, to be selected
    }
  };
  return (
    <>
      <button type="button" className={`button ${primary ? "primary" : ""}`} onClick={() => void copy()}>{label}</button>
      <span role="status">{copied ? t.members.copied : ""}</span>
    </>
  );
}
