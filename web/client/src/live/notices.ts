import type { Notice, NoticeNews } from "../notifications/contract";
import { channel } from "./channel";

/** What the hub says about notices; "again": something was missed, look again. */
export const { on: onNotice, say: publishNotice } = channel<[news: NoticeNews, notice: Notice | null]>();
