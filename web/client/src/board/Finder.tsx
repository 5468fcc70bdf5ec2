import { memo } from "react";
import { I18nProvider } from "react-aria-components";
import type { Commune } from "../api/contract";
import { SearchSelect } from "../forms/SearchSelect";
import { m } from "../messages";
import { DISTANCES, type Filters } from "./filters";
import type { Choices } from "./look";
import css from "./toolbar.module.css";
import type { ChangeFilters } from "./useFilters";

interface Props {
  filters: Filters;
  onChange: ChangeFilters;
  communes: readonly Commune[];
  choices: Choices;
}

/** Where the patient lives, how far they go, and to whom. Loaded beside the board: its lists need more script than the rest. */
export const Finder = memo(function Finder({ filters, onChange, communes, choices }: Props) {
  const known = communes.some(({ code }) => code === filters.commune);
  return (
    <I18nProvider locale="fr-FR">
      <div className={css.finder}>
        <SearchSelect
          label={m.board.commune}
          value={known ? filters.commune : ""}
          placeholder={m.board.communeHint}
          choices={communes.map(({ code, name, postalCode }) => ({ id: code, text: `${name} ${postalCode}` }))}
          onChange={(commune) => onChange(commune ? { commune } : { commune, km: null, sort: "soonest" })}
        />
        <label>
          <span className="visually-hidden">{m.board.distance}</span>
          <select className={css.select} value={filters.km ?? ""} disabled={!known} onChange={({ target }) => onChange({ km: target.value ? Number(target.value) : null })}>
            <option value="">{m.board.anyDistance}</option>
            {DISTANCES.map((km) => <option key={km} value={km}>{m.board.within(km)}</option>)}
          </select>
        </label>
        <SearchSelect
          label={m.board.practitioner}
          value={filters.practitioner}
          placeholder={m.board.all}
          choices={withChosen(choices.practitioners, filters.practitioner)}
          onChange={(practitioner) => onChange({ practitioner })}
        />
        <SearchSelect label={m.board.place} value={filters.place} placeholder={m.board.all} choices={withChosen(choices.places, filters.place)} onChange={(place) => onChange({ place })} />
      </div>
    </I18nProvider>
  );
});

/** What is chosen stays choosable although none of its slots is on the board. */
const withChosen = (names: readonly string[], chosen: string): { id: string; text: string }[] =>
  (chosen && !names.includes(chosen) ? [chosen, ...names] : names).map((name) => ({ id: name, text: name }));
