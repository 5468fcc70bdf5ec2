import assert from "node:assert/strict";
import { test } from "node:test";
import { KLM, withBudget } from "./budget.mjs";

const thing = { click: async () => {}, fill: async () => {}, selectOption: async () => {}, waitFor: async () => {} };
const slow = { waitFor: () => new Promise((resolve) => setTimeout(resolve, 120)) };

test("a budget counts clicks, shortcuts and fields, and adds the model's time", async () => {
  const used = await withBudget("compte", { interactions: 3, seconds: 9 }, async (hand) => {
    await hand.click(thing);
    await hand.fill(thing, "Clisson");
    await hand.press({ keyboard: { press: async () => {} } }, "Control+Enter");
    await hand.sees(thing);
  });
  const model = 3 * KLM.decision + 2 * KLM.pointing + (7 + 2) * KLM.character;
  assert.equal(used.interactions, 3);
  assert.ok(used.seconds >= model && used.seconds < model + 0.5, `${used.seconds} s for ${model}`);
});

test("over budget fails: an interaction too many, a second too many, a wait that is real", async () => {
  const twice = async (hand) => {
    await hand.click(thing);
    await hand.click(thing);
  };
  await assert.rejects(withBudget("clics", { interactions: 1 }, twice), /2 interactions, 1 allowed/);
  await assert.rejects(withBudget("temps", { interactions: 2, seconds: 4.8 }, twice), /4.8 allowed/);
  await withBudget("attente", { interactions: 1, seconds: 1 }, (hand) => hand.sees(thing));
  await assert.rejects(withBudget("attente", { interactions: 1, seconds: 0.1 }, (hand) => hand.sees(slow)), /0.1 allowed/);
});
