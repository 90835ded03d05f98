import { describe, expect, it } from "vitest";
import type { AuditIntegrity, VerificationView } from "#db/audit/model.ts";
import { countProblems, sayIntegrity, verifiedBelow } from "./integrity-words.ts";

const now = "2026-11-21T10:10:00.000Z";
const verification = (changes: Partial<VerificationView>): VerificationView => ({
  id: "ver_1",
  ok: true,
  from: 0,
  to: 81_205,
  problems: [],
  startedAt: "2026-11-21T10:08:58.000Z",
  endedAt: "2026-11-21T10:09:00.000Z",
  ...changes,
});
const integrity = (changes: Partial<AuditIntegrity>): AuditIntegrity => ({
  state: "sound",
  reasons: [],
  sealed: 81_205,
  batches: 12,
  lastSealedAt: "2026-11-21T10:09:30.000Z",
  pending: { count: 0, atLeast: false, oldestAt: null },
  blockedBy: null,
  checkpoint: null,
  anchors: [],
  verification: { all: null, tail: verification({}) },
  ...changes,
});
const problem = { kind: "changed", position: 7, detail: "It says something else." } as const;

describe("sayIntegrity", () => {
  it.each<[string, Partial<AuditIntegrity>]>([
    ["Sealed to #81,204, verified 1 minute ago", {}],
    ["Sealed to #81,204, not verified yet", { state: "unproven", verification: { all: null, tail: null } }],
    ["Nothing is sealed yet", { state: "unproven", sealed: 0, verification: { all: null, tail: null } }],
    [
      "12 not sealed yet",
      { state: "behind", pending: { count: 12, atLeast: false, oldestAt: "2026-11-21T10:00:00.000Z" } },
    ],
    [
      "10,000 or more not sealed yet",
      { state: "behind", pending: { count: 10_000, atLeast: true, oldestAt: "2026-11-21T10:00:00.000Z" } },
    ],
    [
      "Something in the trail is wrong",
      {
        state: "broken",
        verification: { all: null, tail: verification({ ok: false, problems: [problem] }) },
      },
    ],
    [
      "2 things in the trail are wrong",
      {
        state: "broken",
        verification: {
          all: verification({ ok: false, problems: [problem, { ...problem, position: 9 }] }),
          tail: verification({ ok: false, problems: [problem] }),
        },
      },
    ],
  ])("%s", (said, changes) => {
    expect(sayIntegrity(integrity(changes), now)).toBe(said);
  });
});

it("counts what both verifications found once, and nothing of one that found all well", () => {
  const bad = verification({ ok: false, problems: [problem] });
  expect([
    countProblems({ all: bad, tail: bad }),
    countProblems({ all: verification({}), tail: null }),
    verifiedBelow({ all: verification({ to: 5 }), tail: verification({ to: 9 }) }),
    verifiedBelow({ all: bad, tail: null }),
  ]).toEqual([1, 0, 9, null]);
});
