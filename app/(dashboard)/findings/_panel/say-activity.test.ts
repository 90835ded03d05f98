import { describe, expect, it } from "vitest";
import { sayActivity } from "./say-activity.ts";

const people = [{ id: "usr_1", name: "Ann" }];
const until = "2026-06-01T23:59:59.000Z";

describe("sayActivity", () => {
  it.each([
    ["assign", { assigneeId: "usr_1" }, "assigned it to Ann"],
    ["assign", { assigneeId: "usr_9" }, "assigned it to somebody"],
    ["assign", { assigneeId: null }, "took it from its assignee"],
    ["workflow", { workflow: "in_progress" }, "set it to in progress"],
    ["due", { dueAt: until, dueByHand: true }, "made it due on 1 Jun 2026"],
    ["due", { dueAt: until, dueByHand: false }, "gave it the due date of the policy again"],
    ["mute", { suppressedUntil: until }, "muted it until 1 Jun 2026"],
    ["undo", {}, "undid a change"],
    ["something new", {}, "changed it"],
  ])("says of %s what it did", (act, after, said) => {
    expect(sayActivity({ act, after, people })).toBe(said);
  });
});
