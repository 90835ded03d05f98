import { expect, it } from "vitest";
import { createUser } from "#db/factories.ts";
import { Scope } from "#lib/auth/scope.ts";
import { createTestCloud } from "#lib/scans/test-cloud.ts";
import { createRuns, documentOf } from "../run/test-runs.ts";
import { decidePlan } from "../verbs/decide-plan.ts";
import { rollBackPlan } from "../verbs/roll-back-plan.ts";
import { submitPlan } from "../verbs/submit-plan.ts";

const cloud = await createTestCloud({ accounts: ["Acme Production"] });
const { db } = cloud.database;
const runs = await createRuns(cloud);
await cloud.scan({ services: ["s3", "ec2"] });
const long = 240_000;
const reason = "The rehearsal is over.";

type Case = {
  playbook: string;
  /** By the check, names of resources. */
  findings: [check: string, ...names: string[]][];
  parameters?: Record<string, unknown>;
  /** Calls of each resource, in order of their names. */
  calls: string[][];
};

const cases: Case[] = [
  {
    playbook: "AWS-SG-RESTRICTION",
    findings: [
      ["aws.ec2.security-group-ssh", "jumphost-2019", "ops-port-range"],
      ["aws.ec2.security-group-cifs", "legacy-fileshare"],
    ],
    parameters: { exceptions: ["203.0.113.0/24"] },
    calls: [
      ["aws.ec2.AuthorizeSecurityGroupIngress", "aws.ec2.RevokeSecurityGroupIngress"],
      ["aws.ec2.AuthorizeSecurityGroupIngress", "aws.ec2.RevokeSecurityGroupIngress"],
      ["aws.ec2.AuthorizeSecurityGroupIngress", "aws.ec2.RevokeSecurityGroupIngress"],
    ],
  },
  {
    playbook: "AWS-PUBLIC-S3",
    findings: [["aws.s3.bucket-public-access", "acme-prod-customer-exports", "acme-prod-old-uploads"]],
    parameters: { removeAclGrants: true, removePolicyStatements: true },
    calls: [
      ["aws.s3.DeleteBucketPolicy"],
      ["aws.s3.PutPublicAccessBlock"],
      ["aws.s3.PutBucketAcl"],
      ["aws.s3.PutPublicAccessBlock"],
    ],
  },
  {
    playbook: "AWS-EBS-ENCRYPTION",
    findings: [["aws.ec2.ebs-default-encryption", "us-east-1"]],
    calls: [["aws.ec2.EnableEbsEncryptionByDefault"]],
  },
];

it.each(cases)("$playbook is carried out, verified and undone", { timeout: long }, async (story) => {
  const ids: string[] = [];
  for (const [check, ...names] of story.findings) ids.push(...(await runs.findings(check, names)));
  const draft = await runs.propose(story.playbook, ids, story.parameters);
  const { id: planId, hash, revision } = draft;
  expect(draft.error).toBeNull();
  const second = Scope.ofUser(
    await createUser(db, { organisationId: cloud.scope.organisationId, role: "manager" }),
  );
  await submitPlan(db, runs.analyst, { planId, revision, runWhenApproved: true });
  for (const manager of [runs.manager, second].slice(0, story.playbook === "AWS-EBS-ENCRYPTION" ? 2 : 1)) {
    await decidePlan(db, manager, { planId, hash: hash ?? "", decision: "approve" });
  }
  const ended = await runs.reaches(planId, "succeeded", "failed", "changed_unverified");
  expect({ state: ended.state, targets: await runs.targets(planId), errors: cloud.errors }).toEqual({
    state: "succeeded",
    targets: documentOf(ended)
      .targets.map(({ name, findings }) => ({
        ...{ name, state: "succeeded", error: null },
        verdicts: Object.fromEntries(findings.map(({ checkId }) => [checkId, "pass"])),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    errors: [],
  });
  expect((await runs.steps(planId)).map(({ calls }) => calls)).toEqual(story.calls);

  await rollBackPlan(db, runs.analyst, { planId, reason });
  const back = await runs.reaches(planId, "rolled_back", "rollback_failed");
  expect({ state: back.state, targets: await runs.targets(planId) }).toMatchObject({
    state: "rolled_back",
    targets: documentOf(ended).targets.map(() => ({ state: "rolled_back", error: null })),
  });
});
