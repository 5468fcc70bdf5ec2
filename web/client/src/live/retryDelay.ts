/** Endless, capped, with jitter: at once, then 0.5, 1, 2, 4, 5, 5 … seconds, each ± 40 % so that screens spread out. */
export function retryDelay(attempt: number, random: () => number = Math.random): number {
  if (attempt <= 0) return 100 * random();
  const base = Math.min(500 * 2 ** (attempt - 1), 5_000);
  return base * (0.6 + 0.8 * random());
}
