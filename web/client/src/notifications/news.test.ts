import { expect, it } from "vitest";
import type { Notice, NoticeKind, NoticeList } from "./contract";
import { merged, saidBy } from "./news";

const notice = (id: string, kind: NoticeKind = "booked", start = "2026-11-24T10:00:00Z"): Notice => ({
  id, kind, agendaId: "gp-1", territoryId: "t", stream: "gp", start, end: start, place: "Cabinet", at: start, escalated: false,
});
const list = (...notices: Notice[]): NoticeList => ({ notices, unseen: notices.filter(({ seenAt }) => !seenAt).length });

const PRACTICE = { mine: true, looksAfter: false };
const DESK = { mine: false, looksAfter: true };
const REQUESTER = { mine: false, looksAfter: false };

it("says that a booking is to replace to those whose task it is", () => {
  expect([PRACTICE, DESK, REQUESTER].map((who) => saidBy("queued", notice("n", "toReplace"), who))).toEqual(["happened", "toReplace", "toReplace"]);
  expect([PRACTICE, DESK, REQUESTER].map((who) => saidBy("queued", notice("n"), who))).toEqual(["happened", null, null]);
});

it("tells who booked that the practice has seen it, and nobody that something was settled", () => {
  expect([PRACTICE, DESK, REQUESTER].map((who) => saidBy("seen", notice("n"), who))).toEqual([null, null, "seenByPractice"]);
  expect([PRACTICE, DESK, REQUESTER].map((who) => saidBy("seen", notice("n", "toReplace"), who))).toEqual([null, null, null]);
  expect([PRACTICE, DESK, REQUESTER].map((who) => saidBy("unseen", notice("n"), who))).toEqual([null, "escalated", null]);
});

it("gives a telesecretary who is a delegate both lists, each notice once", () => {
  const both = notice("n1");
  const answer = merged(list(both, { ...notice("n2"), seenAt: "2026-11-24T09:00:00Z" }), [
    list(notice("n4", "booked", "2026-11-24T12:00:00Z"), both),
    list(notice("n3", "booked", "2026-11-24T11:00:00Z")),
  ]);
  expect(answer.notices.map(({ id }) => id)).toEqual(["n1", "n2", "n3", "n4"]);
  expect(answer.unseen).toBe(3);
  expect(merged(null, [list(both)])).toEqual(list(both));
});
