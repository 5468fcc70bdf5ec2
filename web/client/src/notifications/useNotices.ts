import { useCallback, useEffect, useRef, useState } from "react";
import { onNotice } from "../live/notices";
import { noticesApi } from "./api";
import type { Notice, NoticeList, NoticeNews } from "./contract";
import { merged } from "./news";

export interface Notices {
  list: NoticeList | null;
  failed: boolean;
  refresh: () => void;
}

const RETRY_MS = 5_000;

/** Asked again at each news and whenever the link comes back: no polling. `own`: there are agendas of one's own; `territories`: the telesecretariat's list. */
export function useNotices(own: boolean, territories: readonly string[] | null, isLive: boolean, onNews: (news: NoticeNews, notice: Notice | null) => void): Notices {
  const [list, setList] = useState<NoticeList | null>(null);
  const [failed, setFailed] = useState(false);
  const asked = useRef(0);
  const key = territories?.join(",");
  const wanted = own || key !== undefined;

  const refresh = useCallback(() => {
    if (!wanted) return;
    const mine = ++asked.current; // an older answer never replaces a newer one
    Promise.all([own ? noticesApi.list() : null, ...(key ?? "").split(",").filter(Boolean).map(noticesApi.unseen)]).then(
      ([first, ...desks]) => {
        if (mine !== asked.current) return;
        setList(merged(first ?? null, desks.filter((one) => one !== null)));
        setFailed(false);
      },
      () => void (mine === asked.current && setFailed(true)),
    );
  }, [own, wanted, key]);

  useEffect(() => {
    if (isLive) refresh();
  }, [refresh, isLive]);
  useEffect(() => {
    if (!failed) return;
    const timer = setTimeout(refresh, RETRY_MS);
    return () => clearTimeout(timer);
  }, [failed, refresh]);
  useEffect(
    () =>
      onNotice((news, notice) => {
        refresh();
        onNews(news, notice);
      }),
    [refresh, onNews],
  );
  return { list, failed, refresh };
}
