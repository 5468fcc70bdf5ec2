// The task budgets: every interaction is counted, and time is the keystroke-level model's plus the real waits.
import assert from "node:assert/strict";

/** Seconds of the keystroke-level model (Card, Moran and Newell), as the task budgets name them. */
export const KLM = { character: 0.28, pointing: 1.1, decision: 1.35 };

/**
 * Does a task under a budget and fails when it goes over. `limits`: `{ interactions, seconds? }`. Everything the person
 * does goes through the hand: one click, one shortcut or one filled field is one interaction, each with one decision.
 * What the page takes (until it can be acted on, or shows what `sees` waits for) counts in real time.
 * @returns {Promise<{ interactions: number, seconds: number }>}
 */
export async function withBudget(name, limits, task) {
  const hand = new Hand();
  await task(hand);
  const { interactions, seconds } = hand;
  console.log(`budget: ${name}: ${interactions} of ${limits.interactions} interactions, ${seconds.toFixed(1)}${limits.seconds ? ` of ${limits.seconds}` : ""} s (${hand.steps.join(", ")})`);
  assert.ok(interactions <= limits.interactions, `${name}: ${interactions} interactions, ${limits.interactions} allowed: ${hand.steps.join(", ")}`);
  if (limits.seconds !== undefined) assert.ok(seconds <= limits.seconds, `${name}: ${seconds.toFixed(1)} s, ${limits.seconds} allowed`);
  return { interactions, seconds };
}

class Hand {
  interactions = 0;
  seconds = 0;
  steps = [];

  click(locator) {
    return this.#does("click", KLM.pointing, () => locator.click());
  }

  /** Press, move, release: `from` and `to` are viewport points. */
  drag(page, from, to) {
    return this.#does("drag", 2 * KLM.pointing, async () => {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
      await page.mouse.move(to.x, to.y, { steps: 4 });
      await page.mouse.up();
    });
  }

  /** One shortcut, modifiers included ("Control+Enter"). */
  press(page, shortcut) {
    return this.#does(shortcut, shortcut.split("+").length * KLM.character, () => page.keyboard.press(shortcut));
  }

  /** One field; `reached` names the one key that got there (Tab) or "focused", else it is pointed at. */
  fill(locator, text, { reached } = {}) {
    const reaching = reached === "focused" ? 0 : reached ? KLM.character : KLM.pointing;
    return this.#does("fill", reaching + text.length * KLM.character, () => locator.fill(text));
  }

  /** One choice in a list box of the browser: pointed at twice (open, choose). */
  choose(locator, option) {
    return this.#does("choose", 2 * KLM.pointing, () => locator.selectOption(option));
  }

  /** What the person waits for; no interaction. */
  async sees(locator, options) {
    await this.#really(() => locator.waitFor(options));
  }

  async #does(step, modelled, act) {
    this.interactions++;
    this.steps.push(step);
    this.seconds += KLM.decision + modelled;
    await this.#really(act);
  }

  async #really(act) {
    const at = performance.now();
    await act();
    this.seconds += (performance.now() - at) / 1000;
  }
}
