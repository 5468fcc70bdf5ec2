/** “1 créneau”, “2 créneaux”: in French, zero is singular. */
export const plural = (n: number, one: string, many: string): string => `${n} ${n > 1 ? many : one}`;
