import { useId } from "react";
import { Checkbox } from "react-aria-components";
import css from "./forms.module.css";

interface Props {
  label: string;
  help: string;
  value: boolean;
  onChange: (value: boolean) => void;
  error?: string | undefined;
}

export function Tick({ label, help, value, onChange, error }: Props): React.JSX.Element {
  const id = useId();
  return (
    <div className={css.tickBox} data-checked={value || undefined} data-wrong={error ? true : undefined}>
      <Checkbox className={css.tick} isSelected={value} onChange={onChange} isInvalid={error !== undefined} aria-describedby={id}>
        <span className={css.tickSquare} aria-hidden="true">
          <svg viewBox="0 0 16 16" width="16" height="16">
            <path d="M3 8.5l3.2 3.2L13 5" />
          </svg>
        </span>
        {label}
      </Checkbox>
      <p id={id} className={error ? css.error : css.help}>{error ?? help}</p>
    </div>
  );
}
