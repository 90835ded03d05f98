import { describe, expect, it } from "vitest";
import { open, rehearse } from "../test-journal.ts";
import { startAcme } from "./test-acme.ts";

const acme = await startAcme();
const both = ["aws.s3.bucket-public-access", "aws.s3.bucket-block-public-access"];
const buckets: [account: string, region: string, name: string, checks: string[]][] = [
  ["Acme Production", "eu-west-1", "acme-prod-customer-exports", both],
  ["Acme Production", "us-east-1", "acme-prod-half-the-internet", both],
  ["Acme Production", "us-east-1", "acme-prod-old-uploads", both],
  ["Acme Production", "eu-west-1", "acme-prod-office-downloads", ["aws.s3.bucket-block-public-access"]],
  // The account blocks public ACLs, and the bucket's own switches are to hold without it, too.
  ["Acme Staging", "eu-west-1", "acme-staging-test-data", ["aws.s3.bucket-block-public-access"]],
  ["Acme Production", "us-east-1", "acme-prod-thumbnails", ["aws.s3.bucket-block-public-access"]],
];

describe("blocking public access", { timeout: 120_000 }, () => {
  it.each(buckets)("%s %s: %s is closed, and restored", async (account, region, name, checks) => {
    const { plan, after } = await rehearse({
      account: acme.accountNamed(account),
      target: acme.bucketNamed(account, region, name),
      operation: "aws.s3.block-public-access",
      checks,
    });
    const on = { BlockPublicAcls: true, IgnorePublicAcls: true };
    expect(after).toEqual({
      PublicAccessBlockConfiguration: { ...on, BlockPublicPolicy: true, RestrictPublicBuckets: true },
    });
    // One that never had the setting has none again.
    const none = name !== "acme-prod-thumbnails";
    expect(plan.before).toEqual({
      PublicAccessBlockConfiguration: none
        ? null
        : { ...on, BlockPublicPolicy: false, RestrictPublicBuckets: false },
    });
  });
});

describe("taking public grants out", { timeout: 120_000 }, () => {
  const operation = "aws.s3.remove-public-grants";
  const isPublic = ["aws.s3.bucket-public-access"];

  it("leaves the policy's other statements, and restores it whole", async () => {
    const { plan, after } = await rehearse({
      account: acme.accountNamed("Acme Production"),
      target: acme.bucketNamed("Acme Production", "eu-west-1", "acme-www-assets"),
      ...{ operation, checks: isPublic },
    });
    const { policy } = plan.before as { policy: { Statement: { Effect: string }[] } };
    expect(policy.Statement.map(({ Effect }) => Effect)).toEqual(["Deny", "Allow"]);
    expect(after).toEqual({
      ...(plan.before as object),
      policy: { ...policy, Statement: policy.Statement.slice(0, 1) },
    });
    expect(plan.calls.map(({ api }) => api)).toEqual(["aws.s3.PutBucketPolicy"]);
  });

  it("deletes a policy of which nothing is left", async () => {
    const { plan, after } = await rehearse({
      account: acme.accountNamed("Acme Production"),
      target: acme.bucketNamed("Acme Production", "eu-west-1", "acme-prod-customer-exports"),
      ...{ operation, checks: isPublic },
    });
    expect(after).toMatchObject({ policy: null });
    expect(plan.calls.map(({ api }) => api)).toEqual(["aws.s3.DeleteBucketPolicy"]);
  });

  it("leaves the owner's grant of an ACL", async () => {
    const { plan, after } = await rehearse({
      account: acme.accountNamed("Acme Production"),
      target: acme.bucketNamed("Acme Production", "us-east-1", "acme-prod-old-uploads"),
      ...{ operation, checks: isPublic },
    });
    const { owner, grants } = plan.before as { owner: string; grants: object[] };
    expect(grants).toEqual([
      { id: owner, permission: "FULL_CONTROL" },
      { uri: "http://acs.amazonaws.com/groups/global/AllUsers", permission: "READ" },
    ]);
    expect(after).toMatchObject({ grants: [{ id: owner, permission: "FULL_CONTROL" }] });
  });

  it.each([
    ["acme-prod-office-downloads", "eu-west-1", /under conditions, stay/],
    ["acme-prod-thumbnails", "us-east-1", /could not be put back/],
    ["acme-prod-payment-receipts", "eu-west-1", /No public grant/],
  ])("%s is left alone, and why is said", async (name, region, reason) => {
    const target = acme.bucketNamed("Acme Production", region, name);
    const { handler, context, close } = open({ account: acme.accountNamed("Acme Production"), target });
    const planned = await handler.plan({ kind: "aws", operation, with: {} }, context());
    close();
    expect(planned).toMatchObject({ outcome: "nothing", reason: expect.stringMatching(reason) });
  });
});

it("both together are undone in reverse, since blocked grants can't be put back", async () => {
  const account = acme.accountNamed("Acme Production");
  const target = acme.bucketNamed("Acme Production", "eu-west-1", "acme-www-assets");
  const { handler, context, close } = open({ account, target });
  const done = [];
  for (const operation of ["aws.s3.remove-public-grants", "aws.s3.block-public-access"]) {
    const spec = { kind: "aws", operation, with: {} };
    const plan = await handler.plan(spec, context());
    if (plan.outcome !== "change") throw new Error(plan.reason);
    const action = { ...spec, action: operation, title: operation, timeoutSeconds: 60, plan };
    const step = context();
    const { after, differs } = await handler.apply(action, step, plan.before);
    expect(differs).toBeNull();
    done.unshift({ action, images: { before: plan.before, after, calls: step.journal.records } });
  }
  for (const { action, images } of done) {
    expect(await handler.rollback(action, context(), images)).toEqual({
      after: images.before,
      differs: null,
    });
  }
  close();
});
