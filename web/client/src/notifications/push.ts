/** This browser's push subscription (RFC 8030); the application's service worker shows what arrives. */
export async function currentBrowser(): Promise<string | null> {
  const registration = await navigator.serviceWorker?.getRegistration("/");
  const subscription = await registration?.pushManager.getSubscription();
  return subscription ? idOf(subscription.endpoint) : null;
}

export async function subscribeBrowser(key: string): Promise<{ id: string; body: { endpoint: string; p256dh: string; auth: string } }> {
  if ((await Notification.requestPermission()) !== "granted") throw new Error("refused");
  const { pushManager } = await navigator.serviceWorker.ready;
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = subscription.toJSON();
  if (!endpoint || !keys?.["p256dh"] || !keys["auth"]) throw new Error("no keys");
  return { id: await idOf(endpoint), body: { endpoint, p256dh: keys["p256dh"], auth: keys["auth"] } };
}

/** As the server names it: the first 32 hex digits of SHA-256. */
async function idOf(endpoint: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint)));
  return [...digest.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
