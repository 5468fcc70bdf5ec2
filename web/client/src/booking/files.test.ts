import { describe, expect, it } from "vitest";
import type { Territory } from "../api/contract";
import { testSlot } from "../live/testing";
import { readDossier } from "../dossier/dossier";
import type { LinkedRequest } from "../requests/prefill";
import { type FileMark, type Files, NO_FILES, closeFile, openSlot, retarget, startOf } from "./files";

const T = { id: "t" } as Territory;
const marks = new Map<number, FileMark>();
const open = (files: Files, slot: string): Files | null => openSlot(files, marks, testSlot(slot), T);
const told = ({ list, front }: Files): string => list.map(({ id, slot }) => `${id === front ? "*" : ""}${id}:${slot.id}`).join(" ");

describe("bookings under way", () => {
  it("open, change slot while untouched, and stay in their tab once begun", () => {
    marks.clear();
    let files = open(NO_FILES, "a")!;
    expect(told(files)).toBe("*1:a");
    files = open(files, "b")!;
    expect(told(files)).toBe("*1:b");
    marks.set(1, { stage: "form", dirty: true });
    files = open(files, "c")!;
    expect(told(files)).toBe("1:b *2:c");
    expect(told(open(files, "b")!)).toBe("*1:b 2:c"); // its own tab comes to the front
    marks.set(2, { stage: "form", dirty: true });
    files = open(files, "d")!;
    expect(told(files)).toBe("1:b *2:d"); // a third one moves the file in front, with what was typed
    expect(told(closeFile(files, 2))).toBe("*1:b");
    expect(told(closeFile(files, 1))).toBe("*2:d");
    expect(told(retarget(files, 1, testSlot("e")))).toBe("1:e *2:d");
  });

  it("a dossier fills a file that has not been begun, and stays with one that has", () => {
    marks.clear();
    const dossier = readDossier("numero=7&nom=Essai")!;
    const files = openSlot(NO_FILES, marks, testSlot("a"), T, undefined, dossier)!;
    expect(startOf(files.list[0]).lastName).toBe("Essai");
    expect(openSlot(files, marks, testSlot("b"), T)!.list).toEqual([{ id: 1, slot: testSlot("b"), territory: T }]); // closed meanwhile
    marks.set(1, { stage: "form", dirty: true });
    const two = openSlot(files, marks, testSlot("b"), T, undefined, readDossier("numero=8")!)!;
    expect(two.list.map((file) => file.dossier?.number)).toEqual(["7", "8"]);
    marks.set(2, { stage: "form", dirty: true });
    expect(openSlot(two, marks, testSlot("c"), T)!.list.map((file) => file.dossier?.number)).toEqual(["7", "8"]);
  });

  it("a sent file is left alone, a finished one makes room", () => {
    marks.clear();
    const files = open(NO_FILES, "a")!;
    marks.set(1, { stage: "sending", dirty: true });
    expect(open(files, "b")).toBeNull();
    marks.set(1, { stage: "done", dirty: true });
    expect(told(open(files, "b")!)).toBe("*2:b");
    expect(told(open(files, "a")!)).toBe("*2:a");
  });
});

describe("a file for a request", () => {
  const link = (id: string): LinkedRequest => ({ id, territoryId: "t", stream: "gp", deadline: "", reason: "M03.14", patient: "", commune: "", draft: { lastName: `P${id}`, careRequestId: id } });
  const mark = (dirty: boolean, stage: FileMark["stage"] = "form"): FileMark => ({ dirty, stage });

  it("starts with what the request said, and moves with another slot", () => {
    const first = openSlot(NO_FILES, new Map(), testSlot("a"), T, link("r"))!;
    expect(startOf(first.list[0])).toMatchObject({ lastName: "Pr", careRequestId: "r", phone: "" });
    const moved = openSlot(first, new Map([[1, mark(false)]]), testSlot("b"), T, link("r"))!;
    expect(moved.list.map(({ id, slot: { id: at }, request }) => [id, at, request?.id])).toEqual([[1, "b", "r"]]);
  });

  it("never takes another patient's place, and gives up its own to none", () => {
    const typed = openSlot(NO_FILES, new Map(), testSlot("a"), T)!;
    const both = openSlot(typed, new Map([[1, mark(true)]]), testSlot("b"), T, link("r"))!;
    expect(both.list.map(({ request }) => request?.id)).toEqual([undefined, "r"]);
    const marks = new Map([[1, mark(true)], [2, mark(false)]]);
    expect(openSlot(both, marks, testSlot("c"), T, link("other"))).toBeNull();
    const idle = openSlot(NO_FILES, new Map(), testSlot("a"), T, link("r"))!;
    expect(openSlot(idle, new Map([[1, mark(false)]]), testSlot("b"), T)!.list.map(({ request }) => request?.id)).toEqual(["r", undefined]);
  });

  it("takes the place of a file nobody has begun, or that is done", () => {
    const empty = openSlot(NO_FILES, new Map(), testSlot("a"), T)!;
    expect(openSlot(empty, new Map([[1, mark(false)]]), testSlot("b"), T, link("r"))!.list.map(({ request }) => request?.id)).toEqual(["r"]);
    expect(openSlot(empty, new Map([[1, mark(true, "done")]]), testSlot("b"), T, link("r"))!.list).toHaveLength(1);
    const its = openSlot(NO_FILES, new Map(), testSlot("a"), T, link("r"))!;
    expect(openSlot(its, new Map([[1, mark(false, "sending")]]), testSlot("b"), T, link("r"))).toBeNull();
  });
});
