import type { StepContext } from "../action-handler.ts";
import type { Json, PlannedAction, PlannedTarget, Target } from "../model.ts";
import { TestJournal } from "../test-journal.ts";

export const testTarget: Target = {
  uid: "arn:aws:s3:::acme-site",
  kind: "aws.s3.bucket",
  cloud: "aws",
  account: "111122223333",
  region: "eu-west-1",
  name: "acme-site",
};

/** A step's context for actions that are about no resource. */
export function testStep(
  change: Partial<StepContext> & { journal?: TestJournal } = {},
): StepContext & { journal: TestJournal } {
  const planned: PlannedTarget = {
    ...testTarget,
    resourceId: "res_1",
    accountId: "acc_1",
    findings: [{ id: "fnd_1", checkId: "aws.s3.bucket-public-access" }],
    actions: [],
  };
  return {
    organisationId: "org_1",
    planId: "pln_1",
    target: testTarget,
    access: () => Promise.reject(new Error("No account is needed.")),
    signal: new AbortController().signal,
    planned,
    token: "stp_1",
    journal: new TestJournal(),
    ...change,
  };
}

export const plannedAction = (
  kind: string,
  operation: string,
  given: Record<string, Json>,
  plan: PlannedAction["plan"],
): PlannedAction => ({ action: "act", title: "Act", kind, operation, with: given, timeoutSeconds: 60, plan });
