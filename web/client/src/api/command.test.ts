import { describe, expect, it, vi } from "vitest";
import { runCommand } from "./command";
import { OutcomeUnknown, Problem } from "./problem";

const wait = (): Promise<void> => Promise.resolve();
const unavailable = new Problem(503, { code: "ledger-unavailable" });
const taken = new Problem(409, { code: "slot-taken" });

describe("runCommand", () => {
  it("repeats an unknown outcome until it is known", async () => {
    const send = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new OutcomeUnknown()).mockRejectedValueOnce(unavailable).mockResolvedValue("done");
    const onUnknown = vi.fn();
    expect(await runCommand(send, { wait, onUnknown })).toBe("done");
    expect(onUnknown).toHaveBeenCalledTimes(2);
  });

  it("tells a refusal at once", async () => {
    const send = vi.fn().mockRejectedValue(taken);
    await expect(runCommand(send, { wait })).rejects.toBe(taken);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it("does not repeat what was never sent to the ledger", async () => {
    await expect(runCommand(() => Promise.reject(unavailable), { wait })).rejects.toBe(unavailable);
  });

  it("never turns unknown into refused by 'unavailable'", async () => {
    const send = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new OutcomeUnknown()).mockRejectedValue(unavailable);
    await expect(runCommand(send, { wait, maxAttempts: 3 })).rejects.toBeInstanceOf(OutcomeUnknown);
  });
});
