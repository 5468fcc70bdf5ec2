import { FieldError, Input, Label, Text, TextArea, TextField } from "react-aria-components";
import { m } from "../messages";
import css from "./forms.module.css";

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  help?: string;
  placeholder?: string;
  optional?: boolean;
  inputMode?: "text" | "numeric" | "tel";
  /** Shown inside the field, at its end: what the value means. */
  after?: string;
  lines?: number;
  maxLength?: number;
  type?: "text" | "password" | "email";
  /** What a password manager or the browser may fill in; nothing when left out: patients' data is nobody's history. */
  autoComplete?: string;
  name?: string;
  autoFocus?: boolean;
}

export function TextInput({ label, value, onChange, error, help, placeholder, optional, inputMode, after, lines, maxLength = 120, type = "text", autoComplete = "off", name, autoFocus = false }: Props): React.JSX.Element {
  return (
    <TextField className={css.field} value={value} onChange={onChange} isInvalid={error !== undefined} maxLength={maxLength} autoComplete={autoComplete} type={type} autoFocus={autoFocus} {...(name ? { name } : {})} {...(inputMode ? { inputMode } : {})}>
      <Label className={css.label}>
        {label}
        {optional && <span className={css.optional}> {m.booking.optional}</span>}
      </Label>
      <span className={css.box}>
        {lines ? <TextArea className={css.input} rows={lines} placeholder={placeholder} /> : <Input className={css.input} placeholder={placeholder} />}
        {after && <span className={css.after}>{after}</span>}
      </span>
      {help && <Text slot="description" className={css.help}>{help}</Text>}
      <FieldError className={css.error}>{error}</FieldError>
    </TextField>
  );
}
