type Listener<A extends unknown[]> = (...said: A) => void;

export interface Channel<A extends unknown[]> {
  /** Returns how to stop hearing. */
  on: (listener: Listener<A>) => () => void;
  say: Listener<A>;
}

/** What the hub says beside the boards, for whoever on this page wants to hear it. */
export function channel<A extends unknown[]>(): Channel<A> {
  const listeners = new Set<Listener<A>>();
  return {
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    say: (...said) => listeners.forEach((listener) => listener(...said)),
  };
}
