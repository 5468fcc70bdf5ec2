import { Suspense, lazy, memo, useId, useState } from "react";
import { MODES, STREAMS, type Commune, type Territory, type VisitMode } from "../api/contract";
import { m } from "../messages";
import { Segmented } from "./Segmented";
import { type Counts, type Filters, NO_FILTERS, isNarrowed } from "./filters";
import type { Choices } from "./look";
import css from "./toolbar.module.css";
import type { ChangeFilters } from "./useFilters";

const Finder = lazy(() => import("./Finder").then(({ Finder: it }) => ({ default: it })));

interface Props {
  filters: Filters;
  onChange: ChangeFilters;
  territories: Territory[];
  chosen: Territory[];
  communes: readonly Commune[];
  counts: Counts;
  choices: Choices;
  live: boolean;
  onUnserved: (() => void) | undefined;
}

export const Toolbar = memo(function Toolbar({ filters, onChange, territories, chosen, communes, counts, choices, live, onUnserved }: Props) {
  const ids = { mode: useId(), search: useId() };
  const [open, setOpen] = useState(false); // on a phone only: wider screens always show them
  const streams = STREAMS.filter((stream) => counts.byStream.has(stream) || filters.streams.includes(stream));
  const toggleTerritory = (id: string): void => {
    const now = chosen.map((one) => one.id);
    const next = now.includes(id) ? now.filter((one) => one !== id) : [...now, id];
    onChange({ territories: next.length === territories.length ? [] : next });
  };
  const toggleStream = (stream: (typeof STREAMS)[number]): void =>
    onChange({ streams: filters.streams.includes(stream) ? filters.streams.filter((one) => one !== stream) : [...filters.streams, stream] });

  return (
    <section className={css.toolbar} aria-label={m.board.toolbar} data-toolbar>
      <div className={css.row}>
        <dl className={css.counters} aria-label={m.board.counters} data-live={live}>
          <div>
            <dd data-testid="free-24">{live ? counts.in24 : "–"}</dd>
            <dt>{m.board.free} <span>{m.board.under} </span>{m.board.in24}</dt>
          </div>
          <div>
            <dd data-testid="free-48">{live ? counts.in48 : "–"}</dd>
            <dt>{m.board.free} <span>{m.board.under} </span>{m.board.in48}</dt>
          </div>
        </dl>
        <div className={`${css.chips} ${css.territories}`} role="group" aria-label={m.board.territories} data-closed={!open || undefined}>
          {territories.map((territory) => (
            <button
              key={territory.id}
              type="button"
              className={css.chip}
              aria-pressed={chosen.includes(territory)}
              disabled={chosen.length === 1 && chosen[0] === territory}
              onClick={() => toggleTerritory(territory.id)}
            >
              {territory.name}
              {territories.length <= 3 && <span className={css.sas}>{territory.sas.name}</span>}
            </button>
          ))}
        </div>
        {onUnserved && (
          <button type="button" className={`button ${css.unserved}`} data-unserved onClick={onUnserved}>
            {m.board.unserved}
          </button>
        )}
      </div>
      <div className={css.row}>
        <div className={css.find}>
          <label className="visually-hidden" htmlFor={ids.search}>{m.board.searchLabel}</label>
          <input
            id={ids.search}
            className={css.search}
            type="search"
            placeholder={m.board.search}
            value={filters.text}
            maxLength={80}
            onChange={(event) => onChange({ text: event.target.value })}
          />
          <button type="button" className={`button ${css.more}`} aria-expanded={open} onClick={() => setOpen(!open)}>
            {m.board.filters}
          </button>
        </div>
        <div className={`${css.chips} ${css.streams}`} role="group" aria-label={m.board.streams}>
          {streams.map((stream) => {
            const { in24 = 0, in48 = 0 } = counts.byStream.get(stream) ?? {};
            return (
              <button key={stream} type="button" className={css.chip} aria-pressed={filters.streams.includes(stream)} onClick={() => toggleStream(stream)}>
                {m.streams[stream]}
                {live && (
                  <>
                    <span className={css.count} aria-hidden="true" title={m.board.freeWithin(in24, in48)}>{in24}<span> / {in48}</span></span>
                    <span className="visually-hidden">{m.board.freeWithin(in24, in48)}</span>
                  </>
                )}
              </button>
            );
          })}
        </div>
        <div className={css.settings} data-closed={!open || undefined}>
          <label className="visually-hidden" htmlFor={ids.mode}>{m.board.modes}</label>
          <select
            id={ids.mode}
            className={css.select}
            value={filters.modes[0] ?? ""}
            onChange={(event) => onChange({ modes: event.target.value ? [event.target.value as VisitMode] : [] })}
          >
            <option value="">{m.board.allModes}</option>
            {MODES.map((mode) => <option key={mode} value={mode}>{m.modes[mode]}</option>)}
          </select>
          <Segmented
            label={m.board.horizon}
            value={filters.horizon}
            options={[["24", m.board.horizons["24"]], ["48", m.board.horizons["48"]], ["all", m.board.horizons.all]]}
            onChange={(horizon) => onChange({ horizon })}
          />
          <Segmented
            label={m.board.states}
            value={filters.everyState ? "all" : "open"}
            options={[["open", m.board.openOnly], ["all", m.board.everyState]]}
            onChange={(value) => onChange({ everyState: value === "all" })}
          />
          <Segmented
            label={m.board.view}
            value={filters.list ? "list" : "columns"}
            options={[["columns", m.board.columns], ["list", m.board.list]]}
            onChange={(value) => onChange({ list: value === "list" })}
          />
          {isNarrowed(filters) && (
            <button
              type="button"
              className="button quiet"
              onClick={() => onChange({ ...NO_FILTERS, territories: filters.territories, list: filters.list, commune: filters.commune, sort: filters.sort })}
            >
              {m.board.reset}
            </button>
          )}
        </div>
      </div>
      <div className={css.row} data-closed={!open || undefined}>
        <Suspense fallback={<div className={css.finder} />}>
          <Finder filters={filters} onChange={onChange} communes={communes} choices={choices} />
        </Suspense>
      </div>
    </section>
  );
});
