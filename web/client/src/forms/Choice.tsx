import { FieldError, Label, Radio, RadioGroup } from "react-aria-components";
import css from "./forms.module.css";

interface Props<T extends string> {
  label: string;
  value: T | "";
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
  error?: string | undefined;
  /** In one row, short labels. */
  compact?: boolean;
}

export function Choice<T extends string>({ label, value, options, onChange, error, compact }: Props<T>): React.JSX.Element {
  return (
    <RadioGroup className={css.field} value={value || null} onChange={(next) => onChange(next as T)} isInvalid={error !== undefined}>
      <Label className={css.label}>{label}</Label>
      <div className={compact ? css.choicesCompact : css.choices}>
        {options.map(([option, text]) => (
          <Radio key={option} value={option} className={css.choice} aria-label={text}>
            {compact ? option : text}
          </Radio>
        ))}
      </div>
      <FieldError className={css.error}>{error}</FieldError>
    </RadioGroup>
  );
}
