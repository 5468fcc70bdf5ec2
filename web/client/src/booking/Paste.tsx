import { useRef, useState } from "react";
import type { Territory } from "../api/contract";
import css from "./drawer.module.css";
import { b } from "./messages";
import { looksLikePatient, type Pasted, readPasted } from "./paste";

interface Props {
  territory: Territory;
  now: number;
  /** What the last paste came to; null before the first. */
  result: Pasted | null;
  onPasted: (pasted: Pasted) => void;
}

/** “Coller”: one line fills the form. The clipboard itself where the browser lets us, otherwise a field to paste into. */
export function Paste({ territory, now, result, onPasted }: Props): React.JSX.Element {
  const [byHand, setByHand] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setByHand(false);
    requestAnimationFrame(() => button.current?.focus());
  };
  const read = (text: string): void => {
    onPasted(readPasted(text, territory.communes, now));
    close();
  };
  const askClipboard = async (): Promise<void> => {
    try {
      const text = await navigator.clipboard.readText();
      if (text.trim()) return read(text);
    } catch {
      // refused, or not offered by this browser: the field below does it
    }
    setByHand(true);
    requestAnimationFrame(() => field.current?.focus());
  };
  const filled = result ? Object.keys(result.fields).length : 0;

  return (
    <div className={css.paste}>
      <button ref={button} type="button" className="button" onClick={() => void askClipboard()}>{b.paste.button} <kbd>{b.paste.key}</kbd></button>
      {!byHand && <p className={css.pasteNote} role="status" data-testid="pasted">
        {result ? <><strong>{filled > 0 ? b.paste.filled(filled) : b.paste.nothing}</strong> {result.told.join(" ")}</> : b.paste.help}
      </p>}
      {byHand && (
        <div className={css.pasteField}>
          <textarea
            ref={field}
            rows={2}
            aria-label={b.paste.label}
            placeholder={b.paste.hint}
            onPaste={(event) => {
              event.preventDefault();
              event.stopPropagation();
              read(event.clipboardData.getData("text/plain"));
            }}
            onKeyDown={(event) => {
              if (event.key !== "Escape" && event.key !== "Enter") return;
              event.preventDefault();
              event.stopPropagation();
              if (event.key === "Enter") read(event.currentTarget.value);
              else close();
            }}
          />
          <button type="button" className="button" onClick={() => read(field.current?.value ?? "")}>{b.paste.read}</button>
          <button type="button" className="button quiet" onClick={close}>{b.paste.cancel}</button>
        </div>
      )}
    </div>
  );
}

/** A paste anywhere in the drawer: taken when it is a patient's line; otherwise it is a field's own affair. */
export function pastedLine(event: React.ClipboardEvent, territory: Territory, now: number): Pasted | null {
  const text = event.clipboardData.getData("text/plain");
  const pasted = readPasted(text, territory.communes, now);
  const intoField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
  if (!looksLikePatient(pasted) && (intoField || text.trim() === "")) return null;
  event.preventDefault();
  return pasted;
}

