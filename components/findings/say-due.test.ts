import { describe, expect, it } from "vitest";
import { sayDue } from "./say-due.ts";

const now = "2026-03-10T12:00:00.000Z";

describe("sayDue", () => {
  it.each([
    ["2026-03-13T13:00:00.000Z", { text: "3 d left", tone: "soon" }],
    ["2026-03-17T11:59:00.000Z", { text: "6 d left", tone: "soon" }],
    ["2026-03-17T12:00:00.000Z", { text: "7 d left", tone: "later" }],
    ["2026-03-10T18:00:00.000Z", { text: "due today", tone: "soon" }],
    ["2026-03-10T11:00:00.000Z", { text: "overdue today", tone: "overdue" }],
    ["2026-03-08T11:00:00.000Z", { text: "overdue 2 d", tone: "overdue" }],
  ])("says of %s how long there is", (dueAt, said) => {
    expect(sayDue(dueAt, now)).toEqual(said);
  });
});
