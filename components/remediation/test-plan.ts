import type { PlanDetail } from "#db/remediation/model.ts";

const at = "2026-03-01T12:00:00.000Z";

/** For tests: a plan that waits for the approval of one other person, but for what is given. */
export const planOf = (given: Partial<PlanDetail> = {}): PlanDetail => ({
  ...{ id: "pln_1", playbook: "AWS-PUBLIC-S3", title: "Close a public S3 bucket", reason: "It is open." },
  ...{ state: "awaiting_approval", risk: "medium", reversible: true, approvalsNeeded: 1, decisions: [] },
  ...{
    autoApproval: null,
    requestedBy: { id: "usr_1", name: "Priya Raman" },
    requestedAt: at,
    plannedAt: at,
  },
  ...{ submittedAt: at, expiresAt: "2026-03-02T12:00:00.000Z", startedAt: null, finishedAt: null },
  ...{ hash: "a".repeat(64), error: null, resources: 2, progress: { waiting: 2 }, severity: "high" },
  ...{ findings: 2, accountNames: ["production"], follows: null, revision: 3, cannotDecide: null },
  can: { submit: false, decide: false, run: false, cancel: false, rollBack: false },
  ...{ parameters: {}, document: null, targets: [], runWhenApproved: true, waitsFor: null, rollback: null },
  blastRadius: { resources: 2, accounts: [], dependents: 0, dependentSamples: [], tags: [] },
  secrets: [],
  ...given,
});
