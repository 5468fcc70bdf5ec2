import { Button, ComboBox, FieldError, Input, Label, ListBox, ListBoxItem } from "react-aria-components";
import { m } from "../messages";
import { SearchBox } from "./SearchBox";
import { SearchList } from "./SearchList";
import css from "./forms.module.css";

export interface SearchChoice {
  id: string;
  text: string;
  note?: string;
}

interface Props {
  label: string;
  value: string;
  choices: readonly SearchChoice[];
  onChange: (id: string) => void;
  error?: string | undefined;
  optional?: boolean;
  placeholder?: string;
  /** The list opens with the first letter, not with the focus: for a field that has the focus before anybody asked. */
  opensOnTyping?: boolean;
}

/** A list one types into; accents and case do not matter; Enter or Tab takes the first match. */
export function SearchSelect({ label, value, choices, onChange, error, optional, placeholder, opensOnTyping }: Props): React.JSX.Element {
  return (
    <ComboBox
      className={css.field}
      selectedKey={value || null}
      onSelectionChange={(key) => onChange(key === null ? "" : String(key))}
      isInvalid={error !== undefined}
      menuTrigger={opensOnTyping ? "input" : "focus"}
      defaultItems={choices}
      allowsEmptyCollection
    >
      <Label className={css.label}>
        {label}
        {optional && <span className={css.optional}> {m.booking.optional}</span>}
      </Label>
      <SearchBox>
        <Input className={css.input} placeholder={placeholder} />
        <Button className={css.drop} aria-label={m.booking.showChoices}>
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path d="M3.5 6l4.5 4.5L12.5 6" />
          </svg>
        </Button>
      </SearchBox>
      <FieldError className={css.error}>{error}</FieldError>
      <SearchList>
        <ListBox className={css.list} renderEmptyState={() => <p className={css.nothing}>{m.booking.noChoice}</p>}>
          {(choice: SearchChoice) => (
            <ListBoxItem id={choice.id} className={css.item} textValue={choice.text}>
              <span>{choice.text}</span>
              {choice.note && <span className={css.note}>{choice.note}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </SearchList>
    </ComboBox>
  );
}
