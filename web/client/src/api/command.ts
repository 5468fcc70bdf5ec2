import { OutcomeUnknown, isUnavailable } from "./problem";

export const newRequestId = (): string => crypto.randomUUID();

export interface CommandOptions {
  /** Told before each repetition, so that the screen can say "réponse non reçue". */
  onUnknown?: (attempt: number) => void;
  maxAttempts?: number;
  wait?: (ms: number) => Promise<void>;
}

/**
 * Sends a command until its outcome is known. The caller makes the request id before the first send and closes
 * over it: each repetition is the same command, so it can never act twice. Once one attempt is unknown, only an
 * acceptance or a refusal is definitive; "unavailable" then speaks of the repetition alone.
 */
export async function runCommand<T>(send: () => Promise<T>, options: CommandOptions = {}): Promise<T> {
  const { onUnknown, maxAttempts = Infinity, wait = sleep } = options;
  let unknown = false;
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      unknown ||= error instanceof OutcomeUnknown;
      const retry = unknown && (error instanceof OutcomeUnknown || isUnavailable(error));
      if (!retry) throw error;
      if (attempt >= maxAttempts) throw error instanceof OutcomeUnknown ? error : new OutcomeUnknown(String(error));
      onUnknown?.(attempt);
      await wait(Math.min(500 * 2 ** (attempt - 1), 4_000));
    }
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
