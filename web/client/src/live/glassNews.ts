import { channel } from "./channel";

/** The hub says that in a territory a glass was broken, or one was examined: look again. */
export const { on: onGlassNews, say: publishGlassNews } = channel<[territoryId: string]>();
