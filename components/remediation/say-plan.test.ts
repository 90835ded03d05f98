import { describe, expect, test } from "vitest";
import type { PlanDetail } from "#db/remediation/model.ts";
import { sayPlan } from "./say-plan.ts";
import { planOf } from "./test-plan.ts";

const said = (given: Partial<PlanDetail>, opens?: string) => sayPlan(planOf(given), opens);
const approval = (name: string) => ({
  ...{ by: { id: name, name }, decision: "approve" as const, reason: "", at: "2026-03-01T12:00:00.000Z" },
});

describe("sayPlan", () => {
  test("a draft is being planned, could not be, or can be sent", () => {
    expect(said({ state: "draft", plannedAt: null })).toMatch(/^Being planned/);
    expect(said({ state: "draft", plannedAt: null, error: "Denied." })).toBe(
      "It could not be planned: Denied.",
    );
    expect(said({ state: "draft" })).toMatch(/^Planned for 2 resources, and nothing is changed yet/);
  });

  test("what waits says how many are still to approve it", () => {
    expect(said({})).toBe("It needs somebody else's approval. Until then nothing is changed.");
    expect(said({ approvalsNeeded: 2 })).toMatch(/^It needs the approval of 2 others/);
    expect(said({ approvalsNeeded: 2, decisions: [approval("Ingrid")] })).toMatch(
      /^Approved by 1; it needs 1 more/,
    );
  });

  test("what is approved says what it waits for, with the time", () => {
    const approved = { state: "approved" } as const;
    expect(said(approved)).toBe("Approved. It begins by itself in a moment.");
    expect(said({ ...approved, waitsFor: { what: "freeze", until: null } })).toMatch(/changes are frozen/);
    const waitsFor = { what: "window", until: "2026-03-02T21:00:00.000Z" } as const;
    expect(said({ ...approved, waitsFor }, "Mon 2 Mar, 22:00 (Europe/Berlin)")).toBe(
      "Approved. It begins by itself when its change window opens on Mon 2 Mar, 22:00 (Europe/Berlin).",
    );
    expect(said({ ...approved, waitsFor: { what: "start", until: null }, runWhenApproved: false })).toBe(
      "Approved. Whoever may run changes starts it.",
    );
  });

  test("what runs says how far it is, and what failed", () => {
    expect(said({ state: "running", resources: 5, progress: { succeeded: 2, failed: 1, running: 2 } })).toBe(
      "2 of 5 resources changed so far. 1 resource failed.",
    );
  });

  test("what could not be verified says how much of it", () => {
    expect(said({ state: "changed_unverified", progress: { changed_unverified: 2 } })).toMatch(
      /no check could confirm them/,
    );
    expect(said({ state: "changed_unverified", progress: { succeeded: 1, changed_unverified: 1 } })).toMatch(
      /only 1 of 2 could be confirmed/,
    );
  });

  test("a rejection names who rejected", () => {
    const rejection = { ...approval("Marcus"), decision: "reject" as const };
    expect(said({ state: "rejected", decisions: [rejection] })).toBe(
      "Marcus rejected it. Nothing was changed.",
    );
  });
});
