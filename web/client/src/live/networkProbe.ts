/**
 * `navigator.onLine` is only a hint: a server on this very machine, or on a network without internet, is reachable
 * while it says "offline". So "offline" is believed only once a request to our own server failed.
 */
export function watchNetwork(tell: (online: boolean) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const verify = async (): Promise<void> => {
    clearTimeout(timer);
    const reachable = navigator.onLine || (await reach());
    if (stopped) return;
    tell(reachable);
    if (!navigator.onLine) timer = setTimeout(() => void verify(), 2_000);
  };
  const onEvent = (): void => void verify();

  window.addEventListener("online", onEvent);
  window.addEventListener("offline", onEvent);
  void verify();
  return () => {
    stopped = true;
    clearTimeout(timer);
    window.removeEventListener("online", onEvent);
    window.removeEventListener("offline", onEvent);
  };
}

async function reach(): Promise<boolean> {
  try {
    await fetch("/favicon.svg", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(1_500) });
    return true;
  } catch {
    return false;
  }
}
