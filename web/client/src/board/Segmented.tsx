import { useId } from "react";
import css from "./toolbar.module.css";

interface Props<T extends string> {
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}

/** Native radio buttons in a row: arrow keys, one tab stop, no script needed. */
export function Segmented<T extends string>({ label, value, options, onChange }: Props<T>): React.JSX.Element {
  const name = useId();
  return (
    <fieldset className={css.segmented}>
      <legend className="visually-hidden">{label}</legend>
      {options.map(([option, text]) => (
        <label key={option} data-checked={option === value || undefined}>
          <input className="visually-hidden" type="radio" name={name} checked={option === value} onChange={() => onChange(option)} />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
