import { describe, expect, it } from "vitest";
import type { FindingRow } from "#db/findings/model.ts";
import { belongs, foresee } from "./foresee.ts";

const row: FindingRow = {
  id: "fnd_1",
  checkId: "aws.s3.one",
  severity: "high",
  status: "open",
  state: "new",
  source: "parapet",
  reason: "It is off.",
  account: { id: "acc_1", name: "prod", cloud: "aws", disabled: false },
  service: "s3",
  region: "eu-west-1",
  resource: { id: "res_1", name: "bucket", uid: "arn:aws:s3:::bucket" },
  assignee: null,
  owner: "",
  openedAt: "2026-01-01T00:00:00.000Z",
  dueAt: null,
  resolvedAt: null,
  suppressedUntil: null,
  acceptanceAsked: false,
  reopened: 0,
  unverifiedSince: null,
  revision: 1,
};
const ann = { id: "usr_1", name: "Ann" };
const until = "2026-06-01T00:00:00.000Z";

describe("foresee", () => {
  it.each([
    [{ act: "assign", assigneeId: "usr_1" } as const, { assignee: ann }],
    [{ act: "workflow", workflow: "in_progress" } as const, { state: "in_progress" }],
    [{ act: "due", dueAt: until } as const, { dueAt: until }],
    [{ act: "mute", reason: "noise", until } as const, { state: "muted", suppressedUntil: until }],
    [{ act: "ask_acceptance", reason: "known", until } as const, { acceptanceAsked: true }],
  ])("shows what %o will have made of a row", (change, changes) => {
    expect(foresee(row, change, [ann])).toEqual({ ...row, ...changes });
  });
  it("leaves alone what only a scan changes, and what is muted", () => {
    const resolved: FindingRow = { ...row, status: "resolved", state: "resolved" };
    expect(foresee(resolved, { act: "assign", assigneeId: "usr_1" }, [ann])).toBe(resolved);
    const muted: FindingRow = { ...row, state: "muted", suppressedUntil: until };
    expect(foresee(muted, { act: "workflow", workflow: "in_progress" }, [])).toBe(muted);
    expect(foresee(muted, { act: "unmute" }, [])).toEqual(row);
  });
});

describe("belongs", () => {
  it("tells rows that their list was not asked for", () => {
    const open = { states: ["new", "in_progress"] as const, assigneeIds: [] };
    expect(belongs(row, open)).toBe(true);
    expect(belongs({ ...row, state: "muted" }, open)).toBe(false);
    expect(belongs(row, { states: [], assigneeIds: [""] })).toBe(true);
    expect(belongs({ ...row, assignee: ann }, { states: [], assigneeIds: [""] })).toBe(false);
  });
});
