import type { Notice, NoticeList, NoticeNews } from "./contract";

/** Whose screen it is. */
export interface Hearer {
  /** The notice is about an agenda that this person owns or manages. */
  mine: boolean;
  /** A telesecretary: looks after what practices have not seen, and after what is to replace. */
  looksAfter: boolean;
}

export type Said = "happened" | "toReplace" | "escalated" | "seenByPractice";

/** What a piece of news says to this person; null: nothing to say aloud. */
export function saidBy(news: NoticeNews, notice: Notice, { mine, looksAfter }: Hearer): Said | null {
  if (news === "queued") return mine ? "happened" : notice.kind === "toReplace" ? "toReplace" : null;
  if (news === "unseen") return looksAfter ? "escalated" : null;
  return news === "seen" && notice.kind === "booked" && !mine && !looksAfter ? "seenByPractice" : null;
}

/** One's own notices, newest first, then those of the desk, soonest first; each once. */
export function merged(own: NoticeList | null, desks: readonly NoticeList[]): NoticeList {
  const known = new Set(own?.notices.map(({ id }) => id));
  const others = desks.flatMap(({ notices }) => notices).filter(({ id }) => !known.has(id) && known.add(id)).sort((x, y) => Date.parse(x.start) - Date.parse(y.start));
  return { notices: [...(own?.notices ?? []), ...others], unseen: (own?.unseen ?? 0) + others.length };
}
