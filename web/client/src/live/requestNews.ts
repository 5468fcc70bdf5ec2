import { channel } from "./channel";

/** The hub says that a territory's requests are not what they were: look again. */
export const { on: onRequestNews, say: publishRequestNews } = channel<[territoryId: string]>();
