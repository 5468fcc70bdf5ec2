import forms from "../forms/forms.module.css";
import css from "./settings.module.css";

interface Props<T extends string> {
  label: string;
  values: readonly T[];
  /** Value, text, and a longer text for screen readers. */
  options: readonly (readonly [T, string, string?])[];
  onChange: (values: T[]) => void;
  error?: string | undefined;
  inRow?: boolean;
}

/** Several of a few: native check boxes. */
export function CheckGroup<T extends string>({ label, values, options, onChange, error, inRow }: Props<T>): React.JSX.Element {
  return (
    <fieldset className={forms.field}>
      <legend className={forms.label}>{label}</legend>
      <div className={inRow ? css.checksInRow : css.checks}>
        {options.map(([value, text, spoken]) => {
          const on = values.includes(value);
          return (
            <label key={value} className={css.check} data-checked={on || undefined}>
              <input type="checkbox" checked={on} aria-label={spoken} onChange={() => onChange(on ? values.filter((one) => one !== value) : [...values, value])} />
              {text}
            </label>
          );
        })}
      </div>
      {error && <p className={forms.error} role="alert">{error}</p>}
    </fieldset>
  );
}
