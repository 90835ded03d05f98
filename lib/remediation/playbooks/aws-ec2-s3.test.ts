import { expect, it } from "vitest";
import { createUser } from "#db/factories.ts";
import { Scope } from "#lib/auth/scope.ts";
import { createTestCloud } from "#lib/scans/test-cloud.ts";
import { ec2State } from "#sandbox/aws/handlers/ec2/state.ts";
import { createRuns, documentOf, type PlanRow } from "../run/test-runs.ts";
import { decidePlan } from "../verbs/decide-plan.ts";
import { rollBackPlan } from "../verbs/roll-back-plan.ts";

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

/** Its effects that can't be undone take two. */
async function approveTwice(draft: PlanRow): Promise<void> {
  await runs.approve(draft);
  expect((await runs.plan(draft.id)).state).toBe("awaiting_approval");
  const second = await createUser(db, { organisationId: cloud.scope.organisationId, role: "manager" });
  await decidePlan(db, Scope.ofUser(second), {
    ...{ planId: draft.id, hash: draft.hash ?? "", decision: "approve" },
  });
}

it.each(cases)("$playbook is carried out, verified and undone", { timeout: long }, async (story) => {
  const ids: string[] = [];
  for (const [check, ...names] of story.findings) ids.push(...(await runs.findings(check, names)));
  const draft = await runs.propose(story.playbook, ids, story.parameters);
  const planId = draft.id;
  if (story.playbook === "AWS-EBS-ENCRYPTION") await approveTwice(draft);
  else await runs.approve(draft);
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

it("a swapped volume's finding stays until somebody deletes the old volume", { timeout: long }, async () => {
  const state = ec2State(cloud.estateOf("Acme Production"), "eu-west-1");
  state.settleAfterMs = 10;
  const [volume] = [...state.volumes.values()].filter(
    ({ Encrypted, VolumeType, Attachments = [] }) =>
      !Encrypted && VolumeType === "gp2" && Attachments.length > 0,
  );
  const name = volume?.VolumeId ?? "";
  const check = "aws.ec2.volume-encrypted";
  const ids = await runs.findings(check, [name]);
  const refused = await runs.propose("AWS-EBS-ENCRYPTION", ids);
  expect(documentOf(refused).targets[0]?.actions[0]?.plan).toEqual({
    ...{ outcome: "refused", reason: expect.stringMatching(/wasn't consented to/) },
  });
  const draft = await runs.propose("AWS-EBS-ENCRYPTION", ids, { stopInstance: true });
  const planId = draft.id;
  await approveTwice(draft);
  const ended = await runs.reaches(planId, "succeeded", "failed", "changed_unverified");
  expect({ state: ended.state, targets: await runs.targets(planId) }).toEqual({
    state: "changed_unverified",
    targets: [
      { name, state: "changed_unverified", verdicts: { [check]: "fail" }, error: `Still fails: ${check}.` },
    ],
  });
  expect(documentOf(ended).targets[0]?.actions[0]?.plan).toMatchObject({
    notes: expect.arrayContaining([expect.stringContaining("Its finding stays until somebody deletes it.")]),
  });
  const copy = [...state.volumes.values()].find(({ Tags }) => Tags?.some((tag) => tag.Value === name));
  expect(copy).toMatchObject({ Encrypted: true, State: "in-use", Attachments: [{ Device: "/dev/xvda" }] });
  await rollBackPlan(db, runs.analyst, { planId, reason });
  expect(await runs.reaches(planId, "rolled_back", "rollback_failed")).toMatchObject({
    state: "rolled_back",
  });
  expect(state.volumes.get(name)).toMatchObject({ State: "in-use", Attachments: [{ Device: "/dev/xvda" }] });
});
