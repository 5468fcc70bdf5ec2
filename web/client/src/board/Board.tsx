import { type ReactNode, type RefObject, useDeferredValue, useEffect, useMemo } from "react";
import type { Commune, Identity, Territory } from "../api/contract";
import type { Live } from "../live/useLive";
import { m } from "../messages";
import { canBook } from "../session/roles";
import { wallOf } from "../time/wall";
import { BoardView } from "./BoardView";
import { Proposals } from "./Proposals";
import { Toolbar } from "./Toolbar";
import css from "./board.module.css";
import type { Filters } from "./filters";
import type { BoardItem, Wanted } from "./items";
import { useActivity } from "./useActivity";
import type { ChangeFilters } from "./useFilters";
import { useLook } from "./useLook";
import { useTurns } from "./useTurns";

interface Props {
  boardRef: RefObject<HTMLDivElement | null>;
  identity: Identity;
  live: Live;
  /** Territories that may be chosen, and those that are. */
  reachable: Territory[];
  chosen: Territory[];
  filters: Filters;
  onChange: ChangeFilters;
  /** Another page stands in its place; the drawer keeps its hold and what was typed. */
  hidden: boolean;
  mySlot: string | null;
  openSlot: string | null;
  /** Said in the status line until the next change. */
  notice: string;
  onMessage: (message: string) => void;
  onOpen: (item: BoardItem) => void;
  onUnserved: () => void;
  /** The drawer beside the board. */
  children: (items: readonly BoardItem[]) => ReactNode;
}

/** Counters, filters, slots and the drawer beside them. */
export function Board(props: Props): React.JSX.Element {
  const { identity, live, reachable, chosen, filters, hidden, onMessage } = props;
  const timeZone = chosen[0]?.timeZone ?? "Europe/Paris";
  const isLive = live.link.kind === "live";
  const seesSlots = canBook(identity.role);

  const communes = useMemo(() => communesOf(reachable), [reachable]);
  const origin = useMemo(() => communes.find(({ code }) => code === filters.commune) ?? null, [communes, filters.commune]);
  const turns = useTurns(chosen, isLive);
  const wanted = useMemo((): Wanted => ({ origin, turns, sort: origin ? filters.sort : "soonest" }), [origin, turns, filters.sort]);
  const { recent, message } = useActivity(live, timeZone);
  const shown = useDeferredValue(filters); // a key typed into the search stands there at once; what it finds follows
  const look = useLook(live, chosen, shown, wanted, recent);
  useEffect(() => onMessage(message), [message, onMessage]);

  return (
    <>
      {!hidden && (
        <Toolbar
          filters={filters}
          onChange={props.onChange}
          territories={reachable}
          chosen={chosen}
          communes={communes}
          counts={look.counts}
          choices={look.choices}
          live={isLive && seesSlots}
          onUnserved={seesSlots ? props.onUnserved : undefined}
        />
      )}
      <div className={css.body} hidden={hidden}>
        {!hidden && (
          <main className={css.main}>
            <h1 className="visually-hidden">{m.board.title}</h1>
            {isLive && seesSlots && look.best.length > 0 && (
              <Proposals
                best={look.best}
                commune={origin?.name ?? ""}
                filters={filters}
                today={wallOf(live.clock.now(), timeZone).day}
                onChange={props.onChange}
                onOpen={props.onOpen}
              />
            )}
            <BoardView
              scroller={props.boardRef}
              look={look}
              clock={live.clock}
              filters={shown}
              live={isLive}
              started={live.link.kind !== "connecting"}
              mySlot={props.mySlot}
              openSlot={props.openSlot}
              seesSlots={seesSlots}
              onOpen={props.onOpen}
            />
            <p role="status" className={css.status}>{props.notice || message || <span aria-hidden="true">{m.activity.none}</span>}</p>
          </main>
        )}
        {props.children(look.items)}
      </div>
    </>
  );
}

/** Communes of all territories in reach, once each, by name: where patients come from. */
function communesOf(territories: readonly Territory[]): Commune[] {
  const communes = new Map(territories.flatMap((territory) => territory.communes.map((commune) => [commune.code, commune] as const)));
  return [...communes.values()].sort((a, b) => a.name.localeCompare(b.name, "fr"));
}
