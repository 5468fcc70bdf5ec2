import { type ComponentType, lazy } from "react";
import type { ReplacementsRead } from "../agenda/useReplacements";
import type { Agenda, Identity, Territory } from "../api/contract";
import type { Dossier } from "../dossier/dossier";
import type { GlassAccess } from "../glass/contract";
import type { Live } from "../live/useLive";
import type { Read } from "../live/useRead";
import { m } from "../messages";
import type { LinkedRequest } from "../requests/prefill";
import { canBook, insideSas } from "../session/roles";

/** Who looks; what decides which pages there are for this person. */
export interface Visitor {
  identity: Identity;
  /** Null until the server told. */
  own: readonly Agenda[] | null;
  territories: readonly Territory[];
}

/** What every page is given. */
export interface PageContext extends Visitor {
  territories: Territory[];
  /** The territories chosen on the board. */
  chosen: Territory[];
  own: Agenda[];
  /** What the medical lead has to examine. */
  glass: Read<GlassAccess[]>;
  live: Live;
  now: number;
  goTo: (page: string) => void;
  replacements: ReplacementsRead;
  /** Opens the board for a request, which the next booking serves. */
  bookFor: (request: LinkedRequest) => void;
  /** Opens the board for a file of the SAMU's software. */
  openDossier: (dossier: Dossier) => void;
}

export interface PageEntry {
  /** In the address: `?page=id`. */
  id: string;
  label: string;
  /** Null while it is not known yet. Only what the screen proposes: the server decides. */
  isFor: (visitor: Visitor) => boolean | null;
  /** False: reached from elsewhere than the tabs. */
  inTabs?: boolean;
  /** Territories to be watched live besides the chosen ones. */
  watches?: (own: readonly Agenda[], reachable: readonly Territory[]) => string[];
  render: (context: PageContext) => React.JSX.Element;
}

export const BOARD = "board";
export const OFFLINE = "secours";
export const REPLACE = "a-replacer";
export const REQUESTS = "demandes";
export const REGULATION = "regulation";
export const MEMBERS = "membres";
export const ACCOUNT = "compte";
export const GLASS = "acces-exceptionnels";

type TerritoryRight = NonNullable<Territory["may"]>[number];

const may = (what: TerritoryRight) => ({ territories }: Visitor): boolean => whereOne(territories, what).length > 0;
const whereOne = (territories: readonly Territory[], mayDo: TerritoryRight): string[] => territories.filter((one) => one.may?.includes(mayDo)).map(({ id }) => id);
const hasAgenda = ({ own }: Visitor): boolean | null => own && own.length > 0;

const AgendaPage = page(() => import("../agenda/AgendaPage").then(({ AgendaPage: it }) => it));
const ReplacementsPage = page(() => import("../agenda/ReplacementsPage").then(({ ReplacementsPage: it }) => it));

const OfflinePage = page(() => import("../offline/OfflinePage").then(({ OfflinePage: it }) => it));
const RequestsPage = page(() => import("../requests/RequestsPage").then(({ RequestsPage: it }) => it));
const RegulationPage = page(() => import("../calls/RegulationPage").then(({ RegulationPage: it }) => it));
const MembersPage = page(() => import("../accounts/MembersPage").then(({ MembersPage: it }) => it));
const AccountPage = page(() => import("../accounts/AccountPage").then(({ AccountPage: it }) => it));
const AuditPage = page(() => import("../audit/AuditPage").then(({ AuditPage: it }) => it));
const GrantsPage = page(() => import("../grants/GrantsPage").then(({ GrantsPage: it }) => it));
const GlassPage = page(() => import("../glass/GlassPage").then(({ GlassPage: it }) => it));
const PersonsPage = page(() => import("../persons/PersonsPage").then(({ PersonsPage: it }) => it));
const BookingsPage = page(() => import("../bookings/BookingsPage").then(({ BookingsPage: it }) => it));

/** The pages beside the board, in the order of the tabs. A page's code is loaded when it is first opened. */
export const PAGES: readonly PageEntry[] = [
  {
    id: REGULATION,
    label: m.app.regulation,
    isFor: ({ identity }) => insideSas(identity.role),
    watches: (_, reachable) => reachable.map(({ id }) => id),
    render: ({ identity, territories, live, now, openDossier }) => <RegulationPage identity={identity} territories={territories} live={live} now={now} onDossier={openDossier} />,
  },
  {
    id: "reservations",
    label: m.app.bookings,
    isFor: ({ identity }) => canBook(identity.role),
    watches: (_, reachable) => reachable.map(({ id }) => id),
    render: ({ identity, territories, live, now }) => <BookingsPage identity={identity} territories={territories} live={live} now={now} />,
  },
  { id: "agenda", label: m.app.agenda, isFor: hasAgenda, watches: territoriesOf, render: ({ own, ...context }) => <AgendaPage agendas={own} {...context} /> },
  {
    id: REPLACE,
    label: m.app.replace,
    isFor: ({ identity }) => canBook(identity.role),
    render: ({ chosen, live, now, replacements }) => <ReplacementsPage territories={chosen} live={live} now={now} replacements={replacements} />,
  },
  {
    id: REQUESTS,
    label: m.app.requests,
    isFor: () => true,
    render: ({ identity, chosen, live, now, bookFor }) => <RequestsPage identity={identity} territories={chosen} live={live} now={now} onBook={bookFor} />,
  },
  { id: MEMBERS, label: m.app.members, isFor: ({ identity }) => identity.role === "coordinator", render: ({ identity, territories }) => <MembersPage identity={identity} territories={territories} /> },
  { id: "droits", label: m.app.grants, isFor: may("manageGrants"), render: ({ territories }) => <GrantsPage territories={territories} /> },
  { id: GLASS, label: m.app.glass, isFor: may("reviewBreakGlass"), render: ({ glass }) => <GlassPage read={glass} /> },
  { id: ACCOUNT, label: m.session.account, isFor: () => true, inTabs: false, render: () => <AccountPage /> },
  {
    id: "journal",
    label: m.app.audit,
    isFor: may("readAudit"),
    render: ({ territories, now }) => <AuditPage territories={territories} audits={whereOne(territories, "readAudit")} now={now} />,
  },
  {
    id: "personnes",
    label: m.app.persons,
    isFor: may("readAudit"),
    render: ({ territories }) => <PersonsPage territories={territories} audits={whereOne(territories, "readAudit")} />,
  },
  {
    id: OFFLINE,
    label: m.link.list,
    isFor: () => true,
    inTabs: false,
    render: ({ live, goTo }) => <OfflinePage lost={live.link.kind !== "live"} onBack={() => goTo(BOARD)} />,
  },
];

export const pageOf = (id: string): PageEntry | undefined => PAGES.find((one) => one.id === id);

function page<P extends object>(load: () => Promise<ComponentType<P>>): React.LazyExoticComponent<ComponentType<P>> {
  return lazy(() => load().then((it) => ({ default: it })));
}

function territoriesOf(own: readonly Agenda[]): string[] {
  return own.map(({ territoryId }) => territoryId);
}
