/** After the first page has come: the worker's own downloads must not hold it up. */
export function registerWorker(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const register = (): void => void navigator.serviceWorker.register("/sw.js").catch(() => undefined); // forbidden by the browser: only offline is missing
  if (document.readyState === "complete") register();
  else window.addEventListener("load", register, { once: true });
}
